package events

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/segmentio/kafka-go"
)

// BeforeNoting puts fn between the publishing of a batch and its note in the table; its error is a crash there.
func (r *Relay) BeforeNoting(fn func() error) { r.noting = fn }

// AroundWrite replaces the write to Kafka; write is the real one.
func (r *Relay) AroundWrite(fn func(ctx context.Context, write func(context.Context, ...kafka.Message) error, msgs []kafka.Message) error) {
	write := r.write
	r.write = func(ctx context.Context, msgs ...kafka.Message) error { return fn(ctx, write, msgs) }
}

// PauseAfter is the pause after n failures.
func PauseAfter(first, most time.Duration, n int) time.Duration {
	return doubling{first, most}.after(n)
}

// Quiet is the rate-limited logger of the Kafka client.
var Quiet = quiet

// DialPatiently makes the connections of readers and groups.
var DialPatiently = dialPatiently

// PayloadLimit is the most bytes of one event.
const PayloadLimit = payloadLimit

// The tests' own group has retry topics too.
func init() { Groups = append(Groups, "test") }

// Trust makes connections by TLS believe in other authorities than the system's.
func Trust(authorities *x509.CertPool) { roots = authorities }
