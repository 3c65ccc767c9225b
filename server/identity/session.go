package identity

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

const (
	// copyLife is how long Redis's copy of a session is believed without asking Postgres again.
	copyLife = time.Minute
	// markLife is how long an account's sessions are read from Postgres after one of them changed: longer than any copy that
	// was being written while the change happened can live.
	markLife = copyLife + 30*time.Second
	// catchUpEvery and the patience of a call together stay under the second within which a change acts everywhere.
	catchUpEvery = 200 * time.Millisecond
	maxMarks     = 2000 // of one call
)

// session is what a request must know of its session.
type session struct {
	User    uuid.UUID `json:"user"`
	Role    Role      `json:"role"`
	Active  bool      `json:"active"` // not revoked, and the account is not locked
	Expires time.Time `json:"expires"`
}

func (s session) alive(now time.Time) bool { return s.Active && now.Before(s.Expires) }

// sessionBook reads sessions: from the copy in Redis when it may be believed, else from Postgres, whose word is the last.
//
// Whoever changes what a session may do sets a mark on the account before the change commits. While a mark stands, every
// process reads that account's sessions from Postgres and writes no copy; copies from before the mark die before it does.
// So a change acts at once and in any order of events, even when the process that made it is killed in the middle.
type sessionBook struct {
	queries *query.Queries
	redis   *redis.Client
	circuit *circuit
	prefix  string
	now     func() time.Time

	mu       sync.Mutex
	unmarked map[uuid.UUID]time.Time // marks that Redis could not take, and until when they matter
}

func (b *sessionBook) sessionKey(id uuid.UUID) string { return b.prefix + "session:" + id.String() }
func (b *sessionBook) markKey(user uuid.UUID) string {
	return b.prefix + "account-changed:" + user.String()
}

// find gives a session of an account; pgx.ErrNoRows when there is none.
func (b *sessionBook) find(ctx context.Context, id, user uuid.UUID) (session, error) {
	copied, fresh, mayCopy := b.copyOf(ctx, id, user)
	if fresh {
		return copied, nil
	}
	row, err := b.queries.SessionOf(ctx, id)
	if err != nil {
		return session{}, postgres.Translate(err)
	}
	found := session{User: row.UserID, Role: Role(row.Role), Active: row.RevokedAt == nil && row.Status == statusActive, Expires: row.ExpiresAt}
	if mayCopy {
		b.keepCopy(ctx, id, found)
	}
	return found, nil
}

// copyOf gives Redis's copy, if there is one that may be believed, and whether one may be written.
func (b *sessionBook) copyOf(ctx context.Context, id, user uuid.UUID) (copied session, fresh, mayCopy bool) {
	if b.isUnmarked(user) {
		return session{}, false, false
	}
	var values []any
	err := b.circuit.do(ctx, func(ctx context.Context) (err error) {
		values, err = b.redis.MGet(ctx, b.sessionKey(id), b.markKey(user)).Result()
		return err
	})
	if err != nil || len(values) != 2 || values[1] != nil {
		return session{}, false, false
	}
	raw, ok := values[0].(string)
	if !ok || json.Unmarshal([]byte(raw), &copied) != nil || copied.User != user {
		return session{}, false, true
	}
	// A copy does not learn that a refresh moved the end of its session: past it, ask Postgres.
	return copied, !copied.Active || b.now().Before(copied.Expires), true
}

// keepCopy may fail without harm: the next request reads Postgres again.
func (b *sessionBook) keepCopy(ctx context.Context, id uuid.UUID, s session) {
	raw, err := json.Marshal(s)
	if err != nil {
		return
	}
	_ = b.circuit.do(ctx, func(ctx context.Context) error {
		return b.redis.Set(ctx, b.sessionKey(id), raw, copyLife).Err()
	})
}

// mark makes every process read the account's sessions from Postgres for a while. Call it before the change commits. It asks
// Redis even when that was unreachable a moment ago: other processes may still read their copies there. What Redis cannot
// take is kept here and set by catchUp.
func (b *sessionBook) mark(ctx context.Context, user uuid.UUID) {
	err := b.setMarks(ctx, user)
	if err == nil {
		return
	}
	slog.WarnContext(ctx, "identity: a change of sessions could not be told to Redis yet", "user", user, "error", err)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unmarked[user] = b.now().Add(markLife)
}

// setMarks has a deadline of its own, and goes on when the caller gives up: the change may commit all the same.
func (b *sessionBook) setMarks(ctx context.Context, users ...uuid.UUID) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.circuit.patience)
	defer cancel()
	_, err := b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, user := range users {
			p.Set(ctx, b.markKey(user), "1", markLife)
		}
		return nil
	})
	return err
}

func (b *sessionBook) isUnmarked(user uuid.UUID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.unmarked[user]
	return ok
}

// run repeats the marks that Redis could not take until they are there, so that other processes hear of them without a
// request here. It ends with ctx.
func (b *sessionBook) run(ctx context.Context) error {
	tick := time.NewTicker(catchUpEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			b.catchUp(ctx)
		}
	}
}

// catchUp sets the marks that are missing, several thousand in a call at most.
func (b *sessionBook) catchUp(ctx context.Context) {
	waiting := b.waiting()
	waiting = waiting[:min(len(waiting), maxMarks)]
	if len(waiting) == 0 || b.setMarks(ctx, waiting...) != nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, user := range waiting {
		delete(b.unmarked, user)
	}
}

// waiting gives the accounts whose marks are missing in Redis, and forgets those that no copy can contradict any more.
func (b *sessionBook) waiting() (users []uuid.UUID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for user, until := range b.unmarked {
		if b.now().After(until) {
			delete(b.unmarked, user)
			continue
		}
		users = append(users, user)
	}
	return users
}

// isAbsent tells whether err says that there is no such row.
func isAbsent(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
