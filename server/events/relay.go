package events

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/trace"
)

// The relay asks the table instead of listening to it: NOTIFY takes a lock over the whole database at commit, which
// makes every booking wait for every other one's.
const (
	batchRows = 500
	busyPause = 25 * time.Millisecond
	idlePause = 250 * time.Millisecond
)

// RelayOptions are what a Relay needs.
type RelayOptions struct {
	DirectURL     string // of the database, without a pooler between
	Kafka         config.Kafka
	Shard, Shards int // this relay publishes the keys of shard Shard of Shards; Shards 0 means one shard
	Log           *slog.Logger
	Metrics       *Metrics
	Tracing       *trace.Tracing
}

// Relay publishes the outbox of one shard in the order of its rows, alone under a lock of the database. It publishes at
// least once: a crash between the publishing and its note in the table publishes again, and consumers know an event by
// its id. Change the number of shards only while no relay runs, else two may publish one key.
type Relay struct {
	RelayOptions
	writer *kafka.Writer
	write  func(ctx context.Context, msgs ...kafka.Message) error
	noting func() error // stands between publishing and noting it, for tests
}

// NewRelay makes a relay; it connects when it runs.
func NewRelay(o RelayOptions) *Relay {
	o.Shards = max(o.Shards, 1)
	r := &Relay{RelayOptions: o, writer: newWriter(o.Kafka, o.Log), noting: func() error { return nil }}
	r.write = r.writer.WriteMessages
	return r
}

// Run publishes until ctx ends, and then finishes the batch that it has begun. It stands by while another holds the
// lock; what fails is logged and tried again. It may be called once.
func (r *Relay) Run(ctx context.Context) error {
	defer r.close()
	lock := fmt.Sprintf("relay %d/%d", r.Shard, r.Shards)
	failures := 0
	for ctx.Err() == nil {
		err := postgres.Alone(ctx, r.DirectURL, lock, func(ctx context.Context, conn *pgx.Conn) error {
			r.Log.Info("the relay holds its lock", "shard", r.Shard)
			failures = 0
			return r.publish(ctx, conn)
		})
		if err != nil {
			failures++
			r.Log.Warn("the relay lost its lock or cannot reach the database; it tries again", "error", err)
			wait(ctx, doubling{busyPause, 5 * time.Second}.after(failures))
		}
	}
	return nil
}

func (r *Relay) close() { closeWriter(r.writer) }

// retryPause is how long events that could not be published wait, by the number of failures in a row.
var retryPause = doubling{100 * time.Millisecond, 5 * time.Second}

// publish works on the lock's own connection, so that a relay which lost its lock can neither read nor note any more.
func (r *Relay) publish(ctx context.Context, conn *pgx.Conn) error {
	idle, failures := busyPause, 0
	var over held
	complain := quiet(r.Log, "publishing")
	for ctx.Err() == nil {
		b, err := r.step(ctx, conn, over.list())
		if conn.IsClosed() {
			return err
		}
		if err != nil {
			complain("the relay tries again: %v", err)
		}
		if over.release(b, time.Now()); b.published > 0 || (err == nil && len(over.keys) == 0) {
			failures = 0
		}
		switch {
		case err != nil && b.published > 0:
			over.add(b.failed, time.Now().Add(heldFor))
		case err != nil:
			failures++
			pause := retryPause.after(failures)
			if len(b.failed) > 0 { // others may be published meanwhile
				over.add(b.failed, time.Now().Add(pause))
				pause = min(pause, idlePause)
			}
			wait(ctx, pause)
		case b.more:
			idle = busyPause
		default:
			if idle = min(2*idle, idlePause); b.published > 0 {
				idle = busyPause
			}
			wait(ctx, idle)
		}
	}
	return nil
}
