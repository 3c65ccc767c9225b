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
	b.catchUp(ctx)
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

// mark makes every process read the account's sessions from Postgres for a while. Call it before the change commits. With
// Redis unreachable the mark is kept here and set when Redis is back.
func (b *sessionBook) mark(ctx context.Context, user uuid.UUID) {
	b.catchUp(ctx)
	err := b.circuit.do(ctx, func(ctx context.Context) error {
		return b.redis.Set(ctx, b.markKey(user), "1", markLife).Err()
	})
	if err == nil {
		return
	}
	slog.WarnContext(ctx, "identity: a change of sessions could not be told to Redis yet", "user", user, "error", err)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unmarked[user] = b.now().Add(markLife)
}

func (b *sessionBook) isUnmarked(user uuid.UUID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.unmarked[user]
	return ok
}

// catchUp sets the marks that an unreachable Redis could not take, before anything in it is believed again.
func (b *sessionBook) catchUp(ctx context.Context) {
	waiting := b.waiting()
	if len(waiting) == 0 {
		return
	}
	err := b.circuit.do(ctx, func(ctx context.Context) error {
		_, err := b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, user := range waiting {
				p.Set(ctx, b.markKey(user), "1", markLife)
			}
			return nil
		})
		return err
	})
	if err != nil {
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
