package identity_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

const password = "correct horse battery"

// house is the room on real servers, with a clock that stands still until it is moved.
type house struct {
	*identity.Service
	t      *testing.T
	pool   *pgxpool.Pool
	redis  *redis.Client
	conf   *config.Config
	client identity.Client

	mu   sync.Mutex
	time time.Time
}

func newHouse(t *testing.T, change ...func(*house)) *house {
	t.Helper()
	h := &house{t: t, pool: testkit.DB(t), time: time.Date(2026, 3, 1, 12, 1, 0, 0, time.UTC),
		client: identity.Client{Address: netip.MustParseAddr("203.0.113.7"), UserAgent: "test"}}
	h.conf = &config.Config{PublicURL: "https://rentora.test"}
	h.conf.Redis = testkit.Redis(t)
	h.redis = openRedis(t, h.conf.Redis)
	h.conf.Identity = config.Identity{SigningKeys: []string{seed(1)}, AccessLife: 15 * time.Minute, RefreshLife: 168 * time.Hour,
		LinkLife: 24 * time.Hour, BcryptCost: 4, BcryptSlots: 4, LoginLimit: 10, SecretKey: seed(200)}
	for _, f := range change {
		f(h)
	}
	h.Service = h.another()
	return h
}

// another is a second process on the same servers.
func (h *house) another() *identity.Service {
	h.t.Helper()
	s := h.process(h.redis)
	s.WaitForRedis(30 * time.Second)
	return s
}

// process is one that reaches Redis its own way, and does in the background what the API does.
func (h *house) process(rdb *redis.Client) *identity.Service {
	h.t.Helper()
	s, err := identity.New(h.pool, rdb, h.conf, h.now)
	must(h.t, err)
	must(h.t, s.Look(h.t.Context()))
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	h.t.Cleanup(func() {
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			h.t.Error(err)
		}
	})
	return s
}

func openRedis(t *testing.T, c config.Redis) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	options.ContextTimeoutEnabled, options.ReadTimeout, options.DialTimeout = true, 30*time.Second, 30*time.Second
	client := redis.NewClient(options)
	t.Cleanup(func() { client.Close() })
	return client
}

// withoutRedis puts a client in place that reaches nothing.
func withoutRedis(h *house) { h.redis = unreachable(h.t) }

func unreachable(t *testing.T) *redis.Client {
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1, DialerRetries: 1, ContextTimeoutEnabled: true})
	t.Cleanup(func() { client.Close() })
	return client
}

func seed(n byte) string {
	raw := make([]byte, 32)
	raw[0] = n
	return base64.StdEncoding.EncodeToString(raw)
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.time
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.time = h.time.Add(d)
}

// user makes a verified account with the password.
func (h *house) user(email string, role identity.Role) identity.User {
	h.t.Helper()
	u, err := h.Create(h.t.Context(), identity.NewUser{Email: email, Name: "Somebody", Password: password, Role: role, Verified: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func (h *house) login(email string) identity.Tokens {
	h.t.Helper()
	tokens, err := h.Login(h.t.Context(), email, password, h.client)
	if err != nil {
		h.t.Fatal(err)
	}
	return tokens
}

// actor makes an account and signs it in.
func (h *house) actor(email string, role identity.Role) (identity.Actor, identity.Tokens) {
	h.t.Helper()
	h.user(email, role)
	tokens := h.login(email)
	return h.mustAuthenticate(tokens), tokens
}

func (h *house) mustAuthenticate(tokens identity.Tokens) identity.Actor {
	h.t.Helper()
	a, err := h.Authenticate(h.t.Context(), tokens.Access, h.client.Address)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (h *house) authenticate(tokens identity.Tokens) error {
	_, err := h.Authenticate(context.Background(), tokens.Access, h.client.Address)
	return err
}

// events gives the types of the outbox, in order.
func (h *house) events() []string {
	h.t.Helper()
	rows, err := h.pool.Query(h.t.Context(), "select type from outbox order by id")
	if err != nil {
		h.t.Fatal(err)
	}
	types, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		h.t.Fatal(err)
	}
	return types
}

func (h *house) count(sql string, args ...any) (n int) {
	h.t.Helper()
	if err := h.pool.QueryRow(h.t.Context(), sql, args...).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	if _, err := h.pool.Exec(h.t.Context(), sql, args...); err != nil {
		h.t.Fatal(err)
	}
}

// keys gives the keys of this test in Redis.
func (h *house) keys() []string {
	h.t.Helper()
	keys, err := h.redis.Keys(h.t.Context(), h.conf.Redis.Prefix+"*").Result()
	if err != nil {
		h.t.Fatal(err)
	}
	return keys
}

func (h *house) emptyRedis() {
	h.t.Helper()
	if keys := h.keys(); len(keys) > 0 {
		if err := h.redis.Del(h.t.Context(), keys...).Err(); err != nil {
			h.t.Fatal(err)
		}
	}
}

func wantCode(t *testing.T, err error, kind errs.Kind, code string) {
	t.Helper()
	known, _ := err.(*errs.Error) //nolint:errorlint // the room's errors are not wrapped
	if known == nil || known.Kind != kind || known.Code != code {
		t.Errorf("error = %v, want %s with code %s", err, kind, code)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
