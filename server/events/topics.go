package events

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

// EnsureTopics creates the topics that do not exist, and returns when the cluster shows every one of them with a leader
// for each partition, or when that takes more than a minute. It may run again, and at the same time elsewhere. A topic that exists keeps its partitions: another
// number would send a key to another partition, and its order would be lost.
func EnsureTopics(ctx context.Context, c config.Kafka) error {
	client, done := newClient(c)
	defer done()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := insistently(ctx, func() error { return createTopics(ctx, client, c) }); err != nil {
		return err
	}
	return insistently(ctx, func() error { return missingTopics(ctx, client, c) })
}

// insistently repeats what fails because a part is away: a broker answers before it is ready to work.
func insistently(ctx context.Context, try func() error) error {
	for {
		err := try()
		if !errs.Is(err, errs.Unavailable) || !wait(ctx, 50*time.Millisecond) {
			return err
		}
	}
}

func createTopics(ctx context.Context, client *kafka.Client, c config.Kafka) error {
	var configs []kafka.TopicConfig
	for _, name := range TopicNames(c) {
		configs = append(configs, kafka.TopicConfig{Topic: name, NumPartitions: c.Partitions, ReplicationFactor: c.Replication})
	}
	for i := len(Topics); i < len(configs); i++ {
		configs[i].NumPartitions = max(1, c.Partitions/3) // few events come here, and every partition has its reader
	}
	answer, err := client.CreateTopics(ctx, &kafka.CreateTopicsRequest{Topics: configs})
	if err != nil {
		return kafkaAway(err)
	}
	for topic, err := range answer.Errors {
		if err != nil && !errors.Is(err, kafka.TopicAlreadyExists) {
			return fmt.Errorf("events: create topic %s: %w", topic, err)
		}
	}
	return nil
}

// Check tells whether the cluster answers and has every topic; it is what readiness asks.
func Check(ctx context.Context, c config.Kafka) error {
	client, done := newClient(c)
	defer done()
	return missingTopics(ctx, client, c)
}

func missingTopics(ctx context.Context, client *kafka.Client, c config.Kafka) error {
	answer, err := client.Metadata(ctx, &kafka.MetadataRequest{Topics: TopicNames(c)})
	if err != nil {
		return kafkaAway(err)
	}
	for _, topic := range answer.Topics {
		if topic.Error != nil || len(topic.Partitions) == 0 {
			return errs.Ef(errs.Unavailable, "topic %s does not exist: run rentora migrate", topic.Name).Because(topic.Error)
		}
		for _, p := range topic.Partitions {
			if p.Error != nil || p.Leader.Host == "" {
				return errs.Ef(errs.Unavailable, "partition %d of topic %s has no leader", p.ID, topic.Name).Because(p.Error)
			}
		}
	}
	return nil
}

// TopicNames are those of all topics: the main ones in the order of Topics, then the retry topics of every group.
func TopicNames(c config.Kafka) []string {
	var names []string
	for _, topic := range Topics {
		names = append(names, c.TopicPrefix+topic)
	}
	for _, group := range Groups {
		for tier := range Tiers {
			names = append(names, c.TopicPrefix+RetryTopic(group, tier+1))
		}
	}
	return names
}

func newClient(c config.Kafka) (client *kafka.Client, done func()) {
	transport := newTransport(c)
	return &kafka.Client{Addr: kafka.TCP(c.Brokers...), Timeout: 10 * time.Second, Transport: transport}, transport.CloseIdleConnections
}

func kafkaAway(err error) error {
	return errs.E(errs.Unavailable, "Kafka is not reachable at the moment").Because(err).After(2 * time.Second)
}
