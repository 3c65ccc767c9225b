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
// for each partition. It may run again, and at the same time elsewhere. A topic that exists keeps its partitions: another
// number would send a key to another partition, and its order would be lost.
func EnsureTopics(ctx context.Context, c config.Kafka) error {
	client, done := newClient(c)
	defer done()
	configs := make([]kafka.TopicConfig, len(Topics))
	for i, topic := range Topics {
		configs[i] = kafka.TopicConfig{Topic: c.TopicPrefix + topic, NumPartitions: c.Partitions, ReplicationFactor: c.Replication}
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
	return awaitTopics(ctx, client, c)
}

func awaitTopics(ctx context.Context, client *kafka.Client, c config.Kafka) error {
	for {
		err := missingTopics(ctx, client, c)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Check tells whether the cluster answers and has every topic; it is what readiness asks.
func Check(ctx context.Context, c config.Kafka) error {
	client, done := newClient(c)
	defer done()
	return missingTopics(ctx, client, c)
}

func missingTopics(ctx context.Context, client *kafka.Client, c config.Kafka) error {
	answer, err := client.Metadata(ctx, &kafka.MetadataRequest{Topics: topicNames(c)})
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

func topicNames(c config.Kafka) []string {
	names := make([]string, len(Topics))
	for i, topic := range Topics {
		names[i] = c.TopicPrefix + topic
	}
	return names
}

func newClient(c config.Kafka) (client *kafka.Client, done func()) {
	transport := newTransport()
	return &kafka.Client{Addr: kafka.TCP(c.Brokers...), Timeout: 10 * time.Second, Transport: transport}, transport.CloseIdleConnections
}

func kafkaAway(err error) error {
	return errs.E(errs.Unavailable, "Kafka is not reachable at the moment").Because(err).After(2 * time.Second)
}
