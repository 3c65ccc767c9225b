// Package testkit gives tests the real servers, each test its own corner of them.
package testkit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// DB gives the test a migrated database of its own, which goes when the test ends.
func DB(t testing.TB) *pgxpool.Pool {
	t.Helper()
	admin := postgresURL(t)
	template := ensureTemplate(t, admin)
	name := own()
	execute(t, admin, fmt.Sprintf("create database %s template %s strategy file_copy", name, template))
	conf, err := pgxpool.ParseConfig(withDatabase(admin, name))
	if err != nil {
		t.Fatal(err)
	}
	conf.MaxConns = 8 // set here, so that the pool's ConnString serves for a single connection too
	pool, err := pgxpool.NewWithConfig(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		pool.Close()
		execute(t, admin, "drop database if exists "+name+" with (force)")
	})
	return pool
}

// User inserts a verified account of a role and gives it as an actor.
func User(t testing.TB, pool *pgxpool.Pool, role identity.Role) identity.Actor {
	t.Helper()
	id := uuid.Must(uuid.NewV7())
	_, err := pool.Exec(t.Context(), `insert into users (id, email, name, role, email_verified_at) values ($1, $2, $3, $4, now())`,
		id, fmt.Sprintf("%s-%s@example.test", role, id), "Test "+string(role), role)
	if err != nil {
		t.Fatal(err)
	}
	return identity.Actor{ID: id, SessionID: uuid.Must(uuid.NewV7()), Role: role}
}

func postgresURL(t testing.TB) string {
	t.Helper()
	return address(t, "RENTORA_STACK_POSTGRES_URL", func(a stack.Addresses) string { return a.DatabaseURL })
}

// ensureTemplate makes the migrated template once per set of migrations, whichever test process comes first.
func ensureTemplate(t testing.TB, admin string) string {
	t.Helper()
	name := "tpl_" + migrationsHash(t)
	conn, err := pgx.Connect(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(t.Context(), "select pg_advisory_lock(hashtext($1))", name); err != nil {
		t.Fatal(err)
	}
	var ready bool
	if err := conn.QueryRow(t.Context(), "select exists (select from pg_database where datname = $1 and datistemplate)", name).Scan(&ready); err != nil {
		t.Fatal(err)
	}
	if ready {
		return name
	}
	for _, sql := range []string{"drop database if exists " + name, "create database " + name} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := postgres.Migrate(t.Context(), withDatabase(admin, name), func(string, time.Duration) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "alter database "+name+" with is_template true"); err != nil {
		t.Fatal(err)
	}
	return name
}

func migrationsHash(t testing.TB) string {
	t.Helper()
	h := sha256.New()
	err := fs.WalkDir(postgres.Migrations(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(postgres.Migrations(), path)
		fmt.Fprintf(h, "%s %d ", path, len(content))
		h.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func execute(t testing.TB, admin, sql string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Errorf("%s: %v", sql, err)
	}
}

func withDatabase(admin, name string) string {
	u, err := url.Parse(admin)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + name
	if u.RawQuery == "" {
		u.RawQuery = "sslmode=disable"
	}
	return u.String()
}

func randomBytes() []byte {
	id := uuid.New()
	return id[:8]
}
