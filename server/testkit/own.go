package testkit

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/hack/stack/stack"
)

// Own is the whole product on servers that belong to this test alone and flush to disk, so that they may be hurt. The
// product reaches all but Kafka, whose brokers name their own addresses, through Proxies, by the names of the stack's parts.
type Own struct {
	*Program
	Stack   *stack.Session
	Proxies map[string]*Proxy
}

// NewOwn starts the servers with their data in dir and migrates; neither API nor worker runs yet.
func NewOwn(t testing.TB, dir string, settings ...string) *Own {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Minute)
	defer cancel()
	session, err := stack.Join(ctx, dir, stack.Options{Durable: true, Grace: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := session.LeaveAndStop(ctx); err != nil {
			t.Errorf("stop the test's servers: %v", err)
		}
	})
	pool, err := pgxpool.New(t.Context(), session.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	o := &Own{Stack: session, Proxies: map[string]*Proxy{}, Program: &Program{t: t, DB: pool, MailURL: session.MailURL}}
	o.Env = programEnv(t, session.Map())
	for part, variable := range map[string]string{"postgres": "RENTORA_DATABASE_URL", "redis": "RENTORA_REDIS_URL",
		"typesense": "RENTORA_TYPESENSE_URL", "minio": "RENTORA_S3_ENDPOINT"} {
		o.Env[variable] = o.through(part, o.Env[variable])
	}
	o.Proxies["mail"] = NewProxy(t, o.Env["RENTORA_SMTP_ADDR"])
	o.Env["RENTORA_SMTP_ADDR"] = o.Proxies["mail"].Addr
	for i := 0; i+1 < len(settings); i += 2 {
		o.Env[settings[i]] = settings[i+1]
	}
	o.API = o.process("api", o.Env["RENTORA_HTTP_ADDR"], nil, "api")
	o.Command("migrate")
	return o
}

// through puts a proxy before the server of a URL and gives the URL that leads through it.
func (o *Own) through(part, server string) string {
	u, err := url.Parse(server)
	if err != nil {
		o.t.Fatal(err)
	}
	o.Proxies[part] = NewProxy(o.t, u.Host)
	return strings.Replace(server, u.Host, o.Proxies[part].Addr, 1)
}
