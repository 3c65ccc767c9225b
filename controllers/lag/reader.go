// Package lag runs as many workers of a group as the messages that wait for it ask for.
package lag

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl/scram"
)

// patience bounds one look at Kafka.
const patience = 5 * time.Second

// Kafka says how a platform's brokers are reached.
type Kafka struct {
	Brokers            []string
	TLS                bool
	Authority          *x509.CertPool // whom TLS believes; those of the system when nil
	Username, Password string         // no log-in when empty
	Prefix             string         // of topics and groups
}

// Read gives, by group, how many messages are not committed yet. A group that never committed anything is not in the answer:
// it has no topics that anybody knows of.
func (k Kafka) Read(ctx context.Context, groups []string) (map[string]int64, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	transport, err := k.transport()
	if err != nil {
		return nil, err
	}
	defer transport.CloseIdleConnections()
	client := &kafka.Client{Addr: kafka.TCP(k.Brokers...), Timeout: patience, Transport: transport}
	lags := map[string]int64{}
	for _, group := range groups {
		lag, known, err := read(ctx, client, k.Prefix+group)
		if err != nil {
			return nil, fmt.Errorf("read the lag of %s: %w", group, err)
		}
		if known {
			lags[group] = lag
		}
	}
	return lags, nil
}

func (k Kafka) transport() (*kafka.Transport, error) {
	t := &kafka.Transport{DialTimeout: patience}
	if k.TLS {
		t.TLS = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: k.Authority}
	}
	if k.Username != "" {
		m, err := scram.Mechanism(scram.SHA512, k.Username, k.Password)
		if err != nil {
			return nil, fmt.Errorf("log in to Kafka: %w", err)
		}
		t.SASL = m
	}
	return t, nil
}

func read(ctx context.Context, client *kafka.Client, group string) (lag int64, known bool, err error) {
	committed, err := client.OffsetFetch(ctx, &kafka.OffsetFetchRequest{GroupID: group})
	if err != nil {
		return 0, false, err
	}
	if committed.Error != nil || len(committed.Topics) == 0 {
		return 0, false, committed.Error
	}
	ends, err := ends(ctx, client, committed.Topics)
	if err != nil {
		return 0, false, err
	}
	for topic, partitions := range ends {
		for _, p := range partitions {
			waiting, err := behind(p, committed.Topics[topic])
			if err != nil {
				return 0, false, fmt.Errorf("%s/%d: %w", topic, p.Partition, err)
			}
			lag += waiting
		}
	}
	return lag, true, nil
}

// behind gives how many messages of a partition are not committed yet.
func behind(p kafka.PartitionOffsets, committed []kafka.OffsetFetchPartition) (int64, error) {
	if p.Error != nil {
		return 0, p.Error
	}
	at := p.FirstOffset // where a group begins that committed nothing of this partition
	if i := slices.IndexFunc(committed, func(c kafka.OffsetFetchPartition) bool { return c.Partition == p.Partition }); i >= 0 {
		if committed[i].Error != nil {
			return 0, committed[i].Error
		}
		at = max(at, committed[i].CommittedOffset)
	}
	return max(0, p.LastOffset-at), nil
}

// ends gives the first and the last offset of every partition of the topics.
func ends(ctx context.Context, client *kafka.Client, topics map[string][]kafka.OffsetFetchPartition) (map[string][]kafka.PartitionOffsets, error) {
	names := make([]string, 0, len(topics))
	for topic := range topics {
		names = append(names, topic)
	}
	metadata, err := client.Metadata(ctx, &kafka.MetadataRequest{Topics: names})
	if err != nil {
		return nil, err
	}
	requests := map[string][]kafka.OffsetRequest{}
	for _, t := range metadata.Topics {
		if t.Error != nil {
			if errors.Is(t.Error, kafka.UnknownTopicOrPartition) {
				continue // it was deleted: nothing of it waits
			}
			return nil, fmt.Errorf("%s: %w", t.Name, t.Error)
		}
		for _, p := range t.Partitions {
			requests[t.Name] = append(requests[t.Name], kafka.FirstOffsetOf(p.ID), kafka.LastOffsetOf(p.ID))
		}
	}
	if len(requests) == 0 {
		return nil, nil
	}
	answer, err := client.ListOffsets(ctx, &kafka.ListOffsetsRequest{Topics: requests})
	if err != nil {
		return nil, err
	}
	return answer.Topics, nil
}
