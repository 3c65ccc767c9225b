package events

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/events/internal/query"
)

// patience bounds each use of the lock's connection; pgx closes a connection whose statement runs out of it.
const patience = 5 * time.Second

// progress is what one step did.
type progress struct {
	published int
	failed    []string // the keys of what did not arrive
	more      bool     // the table holds more than the step took
	idle      bool     // it held nothing but what is passed over
}

// step reads the oldest rows but those of keys to pass over, writes them in one call and notes which arrived. A partition takes
// its share of a call whole or not at all, and a key is passed over or starts again at its oldest row that did not arrive:
// nothing overtakes it.
func (r *Relay) step(ctx context.Context, conn *pgx.Conn, over []string) (progress, error) {
	ctx = context.WithoutCancel(ctx) // a step that has begun is finished; each part of it has its own deadline
	rows, err := r.unpublished(ctx, conn, over)
	if err != nil || len(rows) == 0 {
		return progress{idle: err == nil}, err
	}
	msgs, err := r.messages(rows)
	if err != nil {
		return progress{}, err
	}
	spans := r.traced(ctx, rows[:len(msgs)], msgs)
	failed := r.write(ctx, msgs...)
	endSpans(spans, failed)
	ids, lost := arrived(rows[:len(msgs)], failed)
	if len(ids) == 0 {
		return progress{failed: lost}, brief(failed)
	}
	r.Metrics.published(rows[:len(msgs)], failed)
	if err := r.note(ctx, conn, ids); err != nil {
		return progress{}, errors.Join(failed, err)
	}
	return progress{published: len(ids), failed: lost, more: len(msgs) < len(rows) || len(rows) == batchRows}, brief(failed)
}

func (r *Relay) unpublished(ctx context.Context, conn *pgx.Conn, over []string) ([]query.UnpublishedRow, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	rows, err := query.New(conn).Unpublished(ctx, query.UnpublishedParams{Shards: int32(r.Shards), Shard: int32(r.Shard), Held: over, N: batchRows})
	if err != nil {
		return nil, fmt.Errorf("events: read the outbox: %w", err)
	}
	return rows, nil
}

// messages gives those of the first rows that fit into one request together; the first always does.
func (r *Relay) messages(rows []query.UnpublishedRow) ([]kafka.Message, error) {
	msgs, size := make([]kafka.Message, 0, len(rows)), 0
	for _, row := range rows {
		m, err := newMessage(r.Kafka.TopicPrefix, row)
		if err != nil {
			return nil, fmt.Errorf("events: encode row %d of the outbox: %w", row.ID, err)
		}
		if size += len(m.Value) + len(m.Key) + 128; size > produceLimit && len(msgs) > 0 {
			break
		}
		msgs = append(msgs, m)
	}
	return msgs, nil
}

// note marks what arrived. A crash before it publishes the same rows again.
func (r *Relay) note(ctx context.Context, conn *pgx.Conn, ids []int64) error {
	if err := r.noting(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := query.New(conn).MarkPublished(ctx, ids); err != nil {
		return fmt.Errorf("events: note what is published: %w", err)
	}
	return nil
}

// arrived gives the ids of the rows that the write did not refuse, and the keys of those that it did.
func arrived(rows []query.UnpublishedRow, failed error) (ids []int64, lost []string) {
	for i, row := range rows {
		if reached(i, failed) {
			ids = append(ids, row.ID)
		} else {
			lost = append(lost, row.Key)
		}
	}
	return ids, lost
}

// brief says of many messages that could not be written what was wrong with the first.
func brief(failed error) error {
	var each kafka.WriteErrors
	if !errors.As(failed, &each) {
		return failed
	}
	for _, err := range each {
		if err != nil {
			return fmt.Errorf("%d of %d messages could not be written: %w", each.Count(), len(each), err)
		}
	}
	return failed
}

// reached tells whether message i of a call arrived; an error that does not say which ones failed means all.
func reached(i int, failed error) bool {
	if failed == nil {
		return true
	}
	var each kafka.WriteErrors
	return errors.As(failed, &each) && i < len(each) && each[i] == nil
}
