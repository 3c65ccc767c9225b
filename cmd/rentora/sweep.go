package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/worker"
)

// sweeps are the tables that would grow for ever, and how long their rows are good for.
func (p *program) sweeps() []worker.Job {
	keep := p.config.Worker.Keep
	return worker.Sweeps(p.registry, time.Now,
		worker.Sweep{Table: "outbox", Keep: keep.Outbox, Batch: p.pooled(events.SweepOutbox)},
		worker.Sweep{Table: "inbox", Keep: keep.Inbox, Batch: p.pooled(events.SweepInbox)},
		worker.Sweep{Table: "dead_letters", Keep: keep.DeadLetters, Batch: p.pooled(events.SweepLetters)},
		worker.Sweep{Table: "idempotency_keys", Keep: keep.Keys, Batch: p.pooled(idempotency.Sweep)},
		worker.Sweep{Table: "mails", Keep: keep.Mails, Batch: p.notify.Sweep},
		worker.Sweep{Table: "uploads", Keep: keep.Uploads, Batch: p.media.SweepPending},
		worker.Sweep{Table: "objects", Keep: keep.Uploads, Batch: p.media.Orphans().Sweep, Whole: true},
		worker.Sweep{Table: "sessions", Batch: func(ctx context.Context, _ time.Time, limit int) (int, error) { return p.identity.Sweep(ctx, limit) }},
	)
}

type batch = func(ctx context.Context, before time.Time, limit int) (int, error)

func (p *program) pooled(sweep func(context.Context, *pgxpool.Pool, time.Time, int) (int, error)) batch {
	return func(ctx context.Context, before time.Time, limit int) (int, error) {
		return sweep(ctx, p.pool, before, limit)
	}
}
