package identity

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

const (
	lookEvery = 250 * time.Millisecond
	// lookLife is how long a look at the marks in Postgres is good for. It is the time within which a change acts everywhere,
	// however Redis fails: a process that could not look since then believes no copy.
	lookLife = 900 * time.Millisecond
	maxMarks = 10_000 // with more accounts marked no copy is believed
)

// marks are the accounts whose copies in Redis must not be believed, for Redis itself could not be told. They are safe for
// concurrent use; the zero value believes nothing until the first look.
type marks struct {
	mu     sync.Mutex
	own    map[uuid.UUID]time.Time // set by this process, and until when they matter
	found  map[uuid.UUID]bool      // in Postgres, at the last look
	looked time.Time               // when that look began
}

// allow tells whether the account's copies may be believed and written.
func (m *marks) allow(user uuid.UUID, now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	age := now.Sub(m.looked)
	return age >= 0 && age <= lookLife && !m.found[user] && now.After(m.own[user])
}

func (m *marks) add(user uuid.UUID, until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.own == nil {
		m.own = map[uuid.UUID]time.Time{}
	}
	m.own[user] = until
}

func (m *marks) learn(users []uuid.UUID, began time.Time) {
	found := make(map[uuid.UUID]bool, len(users))
	for _, user := range users {
		found[user] = true
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.found, m.looked = found, began
	for user, until := range m.own {
		if began.After(until) {
			delete(m.own, user)
		}
	}
}

// mark makes every process read the account's sessions from Postgres for a while. Call it before the change commits, and do
// not change anything when it fails: then somebody might not hear of it. It asks Redis even when that was unreachable a
// moment ago, for other processes may still read their copies there.
func (b *sessionBook) mark(ctx context.Context, user uuid.UUID) error {
	err := b.setMark(ctx, user)
	if err == nil {
		return nil
	}
	slog.WarnContext(ctx, "identity: a change of sessions goes round Redis, which cannot be told", "user", user, "error", err)
	b.marks.add(user, b.now().Add(markLife))
	return postgres.Translate(b.queries.MarkAccount(ctx, query.MarkAccountParams{UserID: user, Seconds: markLife.Seconds()}))
}

// setMark has a deadline of its own, and goes on when the caller gives up: the change may commit all the same.
func (b *sessionBook) setMark(ctx context.Context, user uuid.UUID) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.circuit.patience)
	defer cancel()
	return b.redis.Set(ctx, b.markKey(user), "1", markLife).Err()
}

// run looks at the marks in Postgres until ctx ends.
func (b *sessionBook) run(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for failed := false; ; {
		err := b.look(ctx)
		if err != nil && !failed && ctx.Err() == nil {
			slog.WarnContext(ctx, "identity: sessions are read from Postgres alone until their marks can be read", "error", err)
		}
		failed = err != nil
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func (b *sessionBook) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookLife)
	defer cancel()
	began := b.now()
	users, err := b.queries.ChangedAccounts(ctx, maxMarks+1)
	if err != nil {
		return postgres.Translate(err)
	}
	if len(users) > maxMarks {
		return errs.Ef(errs.Unavailable, "More than %d accounts are marked.", maxMarks)
	}
	b.marks.learn(users, began)
	return nil
}
