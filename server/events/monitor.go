package events

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events/internal/query"
)

// Monitor measures what no single step sees: the backlog of the outbox, the lag of groups, the dead letters.
type Monitor struct {
	Kafka         config.Kafka
	Pool          *pgxpool.Pool
	Subscriptions []Subscription // whose groups' lag is measured
	Every         time.Duration  // 0 means 15 s
	Log           *slog.Logger
	Metrics       *Metrics
}

// Run measures until ctx ends. What cannot be measured keeps its last value, and the log says so.
func (m Monitor) Run(ctx context.Context) error {
	every := m.Every
	if every == 0 {
		every = 15 * time.Second
	}
	client, done := newClient(m.Kafka)
	defer done()
	complain := quiet(m.Log, "measuring")
	for {
		if err := m.Measure(ctx, client); err != nil && ctx.Err() == nil {
			complain("%v", err)
		}
		if !wait(ctx, every) {
			return nil
		}
	}
}

// Measure measures once.
func (m Monitor) Measure(ctx context.Context, client *kafka.Client) error {
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	failed := []error{m.backlog(ctx), m.deadLetters(ctx)}
	groups := map[string][]string{}
	for _, s := range m.Subscriptions {
		if groups[s.Group] == nil {
			groups[s.Group] = topicsOf(s.Group, m.Subscriptions)
		}
	}
	if len(groups) > 0 {
		failed = append(failed, m.lags(ctx, client, groups))
	}
	return errors.Join(failed...)
}

func (m Monitor) backlog(ctx context.Context) error {
	b, err := query.New(m.Pool).Backlog(ctx)
	if err != nil {
		return fmt.Errorf("events: backlog of the outbox: %w", err)
	}
	m.Metrics.unpublished.Set(float64(b.Unpublished))
	m.Metrics.oldest.Set(b.OldestSeconds)
	return nil
}

func (m Monitor) deadLetters(ctx context.Context) error {
	rows, err := query.New(m.Pool).DeadLetters(ctx)
	if err != nil {
		return fmt.Errorf("events: dead letters: %w", err)
	}
	counts := map[string]int64{}
	for _, s := range m.Subscriptions {
		counts[s.Group] = 0 // a group without dead letters says so
	}
	for _, r := range rows {
		counts[r.Consumer] = r.N
	}
	for group, n := range counts {
		m.Metrics.deadLetters.WithLabelValues(group).Set(float64(n))
	}
	return nil
}

func (m Monitor) lags(ctx context.Context, client *kafka.Client, groups map[string][]string) error {
	ends, err := m.ends(ctx, client)
	if err != nil {
		return err
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		partitions := map[string][]int{}
		for _, topic := range groups[group] {
			for _, p := range ends[m.Kafka.TopicPrefix+topic] {
				partitions[m.Kafka.TopicPrefix+topic] = append(partitions[m.Kafka.TopicPrefix+topic], p.Partition)
			}
		}
		answer, err := client.OffsetFetch(ctx, &kafka.OffsetFetchRequest{GroupID: m.Kafka.TopicPrefix + group, Topics: partitions})
		if err != nil {
			return kafkaAway(err)
		}
		for _, topic := range groups[group] {
			m.Metrics.lag.WithLabelValues(group, topic).Set(lag(ends[m.Kafka.TopicPrefix+topic], answer.Topics[m.Kafka.TopicPrefix+topic]))
		}
	}
	return nil
}

// ends asks for the first and the last offset of every partition of every topic.
func (m Monitor) ends(ctx context.Context, client *kafka.Client) (map[string][]kafka.PartitionOffsets, error) {
	metadata, err := client.Metadata(ctx, &kafka.MetadataRequest{Topics: TopicNames(m.Kafka)})
	if err != nil {
		return nil, kafkaAway(err)
	}
	requests := map[string][]kafka.OffsetRequest{}
	for _, topic := range metadata.Topics {
		for _, p := range topic.Partitions {
			requests[topic.Name] = append(requests[topic.Name], kafka.FirstOffsetOf(p.ID), kafka.LastOffsetOf(p.ID))
		}
	}
	answer, err := client.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: requests})
	if err != nil {
		return nil, kafkaAway(err)
	}
	return answer.Topics, nil
}

// lag sums what is between committed and last; where nothing was ever committed, a group begins at the first.
func lag(ends []kafka.PartitionOffsets, committed []kafka.OffsetFetchPartition) float64 {
	at := map[int]int64{}
	for _, p := range committed {
		at[p.Partition] = p.CommittedOffset
	}
	var sum int64
	for _, p := range ends {
		offset, known := at[p.Partition]
		if !known || offset < p.FirstOffset {
			offset = p.FirstOffset
		}
		sum += max(p.LastOffset-offset, 0)
	}
	return float64(sum)
}
