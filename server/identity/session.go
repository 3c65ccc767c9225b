package identity

import (
	"context"
	"encoding/json"
	"errors"
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
// So a change acts at once and in any order of events, even when the process that made it is killed in the middle. The mark
// stands in Redis beside the copies; what Redis cannot take stands in Postgres, where every process looks (see marks).
type sessionBook struct {
	queries *query.Queries
	redis   *redis.Client
	circuit *circuit
	prefix  string
	now     func() time.Time
	marks   marks
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
	if !b.marks.allow(user, b.now()) {
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

// isAbsent tells whether err says that there is no such row.
func isAbsent(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
