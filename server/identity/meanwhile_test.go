package identity_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// meanwhile does something once, when a statement is about to be sent.
type meanwhile struct {
	statement string
	do        func()
	once      sync.Once
}

func (m *meanwhile) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	if strings.Contains(q.SQL, m.statement) {
		m.once.Do(m.do)
	}
	return ctx
}

func (m *meanwhile) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// before is a process that lets something happen elsewhere before it sends a statement.
func (h *house) before(statement string, do func()) *identity.Service {
	h.t.Helper()
	conf := h.pool.Config()
	conf.ConnConfig.Tracer = &meanwhile{statement: statement, do: do}
	pool, err := pgxpool.NewWithConfig(h.t.Context(), conf)
	must(h.t, err)
	h.t.Cleanup(pool.Close)
	s, err := identity.New(pool, h.redis, h.conf, h.now)
	must(h.t, err)
	return s
}

// TestALogInDoesNotOutliveWhatHappensMeanwhile changes an account after its password was found right and before its session
// is opened.
func TestALogInDoesNotOutliveWhatHappensMeanwhile(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(h *house, u identity.User){
		"a new password": func(h *house, u identity.User) {
			must(h.t, h.reset(h.link(u.Email, identity.LinkResetPassword), "a new password", h.client))
		},
		"a lock": func(h *house, u identity.User) {
			admin, _ := h.actor("admin-0001@example.test", identity.Admin)
			_, err := h.Lock(h.t.Context(), admin, u.ID, "Reported by a host.")
			must(h.t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			u := h.user("guest-0001@example.test", identity.Guest)
			slow := h.before("name: OpenSession ", func() { change(h, u) })
			_, err := slow.Login(t.Context(), u.Email, password, h.client)
			wantCode(t, err, errs.Unauthenticated, "invalid_credentials")
			if n := h.count("select count(*) from sessions where user_id = $1", u.ID); n != 0 {
				t.Errorf("%d sessions were opened with what was true before", n)
			}
		})
	}
}
