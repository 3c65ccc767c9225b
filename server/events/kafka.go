package events

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
)

// produceLimit bounds the bytes of one call to the writer. The broker takes 1 MiB in one request; what fits into one
// request goes to a partition whole or not at all, which is what keeps the order of a key when a write fails.
const produceLimit = 900_000

func newTransport(c config.Kafka) *kafka.Transport {
	return &kafka.Transport{ClientID: "rentora", DialTimeout: 3 * time.Second, IdleTimeout: time.Minute, TLS: tlsOf(c), SASL: loginOf(c)}
}

// newWriter gives up early (the relay comes again) and never waits for company: a call brings its own batch.
func newWriter(c config.Kafka, log *slog.Logger) *kafka.Writer {
	return &kafka.Writer{
		Addr: kafka.TCP(c.Brokers...), Balancer: &kafka.Hash{}, RequiredAcks: kafka.RequireAll,
		MaxAttempts: 3, WriteTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second,
		BatchSize: 10 * batchRows, BatchBytes: 2 * produceLimit, BatchTimeout: time.Millisecond,
		Transport: newTransport(c), ErrorLogger: quiet(log, "kafka writer"),
	}
}

// The reader's settings were measured: a shorter maxWait runs into time-outs, a longer one makes Close slow, and the
// default back-off makes the first join of a group take seconds.
const (
	maxWait    = 250 * time.Millisecond
	readAhead  = 100     // messages that one partition's reader holds
	fetchBytes = 1 << 20 // of one answer of the broker; a larger message comes alone
)

func newDialer(c config.Kafka) *kafka.Dialer {
	return &kafka.Dialer{ClientID: "rentora", Timeout: 3 * time.Second, DialFunc: dialPatiently, TLS: tlsOf(c), SASLMechanism: loginOf(c)}
}

// newReader reads one partition, without the group, which watches over the offsets.
func newReader(c config.Kafka, at place, log *slog.Logger) *kafka.Reader {
	return kafka.NewReader(kafka.ReaderConfig{
		Brokers: c.Brokers, Topic: at.topic, Partition: at.partition, Dialer: newDialer(c), QueueCapacity: readAhead,
		MinBytes: 1, MaxBytes: fetchBytes, MaxWait: maxWait, ReadLagInterval: -1, ErrorLogger: quiet(log, "kafka reader"),
	})
}

func groupConfig(c config.Kafka, group string, topics []string, log *slog.Logger) kafka.ConsumerGroupConfig {
	names := make([]string, len(topics))
	for i, topic := range topics {
		names[i] = c.TopicPrefix + topic
	}
	return kafka.ConsumerGroupConfig{
		ID: c.TopicPrefix + group, Brokers: c.Brokers, Topics: names, Dialer: newDialer(c), StartOffset: kafka.FirstOffset,
		HeartbeatInterval: 500 * time.Millisecond, SessionTimeout: 6 * time.Second, JoinGroupBackoff: 200 * time.Millisecond,
		WatchPartitionChanges: true, ErrorLogger: quiet(log, "kafka group"),
	}
}

// closeWriter lets go of the connections too, which Close does not.
func closeWriter(w *kafka.Writer) {
	_ = w.Close() // nothing is pending: every write waits for its acknowledgement
	if transport, ok := w.Transport.(*kafka.Transport); ok {
		transport.CloseIdleConnections()
	}
}

// connPatience is how much later than the client wants a connection gives up. The client sets one deadline for a question and
// its answer, not a moment later than it lets the broker wait for messages (MaxWait): a broker that is busy for longer, or a
// worker that gets no processor for so long, would make every partition leave and dial again at once, which makes it busier.
const connPatience = 5 * time.Second

type patientConn struct{ net.Conn }

func later(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(connPatience)
}

func (c patientConn) SetReadDeadline(t time.Time) error  { return c.Conn.SetReadDeadline(later(t)) }
func (c patientConn) SetWriteDeadline(t time.Time) error { return c.Conn.SetWriteDeadline(later(t)) }

func dialPatiently(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{KeepAlive: 15 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return patientConn{conn}, nil
}

// quietPeriod is how long the lines of one part of the Kafka client are held back after one was written.
const quietPeriod = 10 * time.Second

// quiet writes at most one line in a period and says how many it left out: in an outage the client says ten a second.
func quiet(log *slog.Logger, part string) kafka.LoggerFunc {
	var mu sync.Mutex
	var last time.Time
	var held int
	return func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(last) >= quietPeriod {
			log.Warn(part+": "+fmt.Sprintf(format, args...), "held_back", held)
			last, held = now, 0
			return
		}
		held++
	}
}
