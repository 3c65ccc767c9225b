package testkit

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
)

// Kafka gives the test topics and groups of its own, which go when the test ends. Stop what uses them first.
func Kafka(t testing.TB) config.Kafka {
	t.Helper()
	brokers := address(t, "RENTORA_STACK_KAFKA_BROKERS", func(a stack.Addresses) string { return strings.Join(a.KafkaBrokers, ",") })
	c := config.Kafka{Brokers: strings.Split(brokers, ","), TopicPrefix: own() + ".", Partitions: 3, Replication: 1}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := events.EnsureTopics(ctx, c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dropKafka(t, c) })
	return c
}

func dropKafka(t testing.TB, c config.Kafka) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	transport := &kafka.Transport{}
	defer transport.CloseIdleConnections()
	client := &kafka.Client{Addr: kafka.TCP(c.Brokers...), Transport: transport}
	if _, err := client.DeleteTopics(ctx, &kafka.DeleteTopicsRequest{Topics: events.TopicNames(c)}); err != nil {
		t.Errorf("delete the test's topics: %v", err)
	}
	groups, err := client.ListGroups(ctx, &kafka.ListGroupsRequest{})
	if err != nil {
		t.Errorf("list the consumer groups: %v", err)
		return
	}
	var mine []string
	for _, g := range groups.Groups {
		if strings.HasPrefix(g.GroupID, c.TopicPrefix) {
			mine = append(mine, g.GroupID)
		}
	}
	if len(mine) > 0 {
		// A group whose member was killed is not empty until its session ends; the broker forgets it by itself.
		_, _ = client.DeleteGroups(ctx, &kafka.DeleteGroupsRequest{GroupIDs: mine})
	}
}

// Published gives every event of a topic in the order of its partition, one partition after the other.
func Published(t testing.TB, c config.Kafka, topic string) (all []events.Envelope) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for partition := range c.Partitions {
		conn, err := kafka.DialLeader(ctx, "tcp", c.Brokers[0], c.TopicPrefix+topic, partition)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, published(ctx, t, conn)...)
		_ = conn.Close()
	}
	return all
}

func published(ctx context.Context, t testing.TB, conn *kafka.Conn) (all []events.Envelope) {
	t.Helper()
	first, last, err := conn.ReadOffsets()
	if err != nil {
		t.Fatal(err)
	}
	deadline, _ := ctx.Deadline()
	if err := conn.SetDeadline(deadline); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Seek(first, kafka.SeekAbsolute); err != nil {
		t.Fatal(err)
	}
	for at := first; at < last; {
		m, err := conn.ReadMessage(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		var e events.Envelope
		if err := json.Unmarshal(m.Value, &e); err != nil {
			t.Fatal(err)
		}
		all, at = append(all, e), m.Offset+1
	}
	return all
}
