package postgres_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/testkit"
)

// strict is a server of the test's own that wants passwords and logs every statement.
type strict struct {
	t       *testing.T
	address string
	log     string
}

const superPassword = "super"

func newStrict(t *testing.T) *strict {
	t.Helper()
	var bin string
	if err := testkit.DB(t).QueryRow(t.Context(), "select setting from pg_config where name = 'BINDIR'").Scan(&bin); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := &strict{t: t, address: freeAddress(t), log: filepath.Join(dir, "log")}
	log, err := os.Create(s.log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	password, data := filepath.Join(dir, "password"), filepath.Join(dir, "data")
	if err := os.WriteFile(password, []byte(superPassword+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	initdb := process.Spec{Path: filepath.Join(bin, "initdb"), Log: log, Dir: dir, Env: []string{"LC_ALL=C"}, Rootless: true,
		Args: []string{"-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--no-sync", "--locale=C"}}
	if uid, gid, change := process.RootlessOwner(); change {
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if err := process.Run(initdb); err != nil {
		t.Fatalf("initdb: %v\n%s", err, s.logged())
	}
	_, port, _ := net.SplitHostPort(s.address)
	server, err := process.Start(process.Spec{Path: filepath.Join(bin, "postgres"), Log: log, Dir: data, Env: []string{"LC_ALL=C"}, Rootless: true,
		Args: []string{"-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "log_statement=all"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop(syscall.SIGQUIT, 5*time.Second) })
	testkit.Eventually(t, 20*time.Second, func() error {
		conn, err := pgx.Connect(t.Context(), s.url("postgres", superPassword, "postgres"))
		if err == nil {
			_ = conn.Close(t.Context())
		}
		return err
	})
	return s
}

func (s *strict) url(user, password, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(user, password), Host: s.address, Path: database, RawQuery: "sslmode=disable"}
	return u.String()
}

func (s *strict) logged() string {
	content, err := os.ReadFile(s.log)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(content)
}

// do runs statements as somebody and gives the first error.
func (s *strict) do(as string, statements ...string) error {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, as)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// database makes a database whose owner may create roles, as the operator does, and lets nobody else in.
func (s *strict) database(name string) (owner string) {
	s.t.Helper()
	super := s.url("postgres", superPassword, "postgres")
	err := s.do(super, "create role "+name+"_owner login createrole password 'owner'", "create database "+name+" owner "+name+"_owner",
		"revoke connect on database "+name+" from public")
	if err != nil {
		s.t.Fatal(err)
	}
	return s.url(name+"_owner", "owner", name)
}

func TestTheApplicationsRole(t *testing.T) {
	t.Parallel()
	s := newStrict(t)
	owner := s.database("one")
	if err := postgres.Migrate(t.Context(), owner, func(string, time.Duration) {}); err != nil {
		t.Fatal(err)
	}
	const password = `se'cret \ pässword` + "\u00a0" // a no-break space is written as another one when it is prepared
	app := s.url("one app", password, "one")
	made, err := postgres.EnsureRole(t.Context(), owner, app)
	if err != nil || !made.Created || made.Altered || made.Granted == 0 {
		t.Fatalf("%+v %v", made, err)
	}
	again, err := postgres.EnsureRole(t.Context(), owner, app)
	if err != nil || again.Created || again.Altered || again.Granted != 0 {
		t.Fatalf("again: %+v %v", again, err)
	}
	allowed := []string{"select count(*) from users", "select version_id from goose_db_version",
		"insert into outbox (event_id, topic, key, type, payload, request_id, traceparent) values (gen_random_uuid(), 'bookings', 'k', 't', '{}', '', '')",
		"update outbox set key = 'l'", "delete from outbox"}
	if err := s.do(app, allowed...); err != nil {
		t.Error(err)
	}
	for _, forbidden := range []string{"truncate users", "drop table users", "alter table users add column x int", "create table x (i int)", "delete from goose_db_version",
		"create role x", "create database x", "select count(*) from pg_authid", "alter role one_owner password 'x'", "copy (select 1) to program 'true'"} {
		if err := s.do(app, forbidden); err == nil {
			t.Errorf("the application may %s", forbidden)
		}
	}
	// What a later release makes can be read by the one that runs, and written, too.
	if err := s.do(owner, "create table later (id bigint generated always as identity, i int)"); err != nil {
		t.Fatal(err)
	}
	if err := s.do(app, "insert into later (i) values (1)"); err != nil {
		t.Error(err)
	}
	if log := s.logged(); strings.Contains(log, "cret") || !strings.Contains(log, "SCRAM-SHA-256$4096:") {
		t.Error("the server's log has the password, or does not log at all")
	}
}

func TestTheApplicationsRoleGetsItsNewPassword(t *testing.T) {
	t.Parallel()
	s := newStrict(t)
	owner := s.database("two")
	old, fresh := s.url("two_app", "old", "two"), s.url("two_app", "new", "two")
	if _, err := postgres.EnsureRole(t.Context(), owner, old); err != nil {
		t.Fatal(err)
	}
	change, err := postgres.EnsureRole(t.Context(), owner, fresh)
	if err != nil || change.Created || !change.Altered {
		t.Errorf("%+v %v", change, err)
	}
	if err := s.do(fresh, "select 1"); err != nil {
		t.Error(err)
	}
	if err := s.do(old, "select 1"); postgres.Code(err) != "28P01" {
		t.Errorf("the old password: %v", err)
	}
}

func TestARoleThatIsNotOursStaysAsItIs(t *testing.T) {
	t.Parallel()
	s := newStrict(t)
	owner := s.database("three")
	super := s.url("postgres", superPassword, "three")
	if err := s.do(super, "create role theirs login password 'theirs'", "create role mighty login superuser password 'theirs'"); err != nil {
		t.Fatal(err)
	}
	if err := s.do(owner, "create table things (i int)"); err != nil {
		t.Fatal(err)
	}
	// Whoever made it gave it the right password: it only lacks rights.
	change, err := postgres.EnsureRole(t.Context(), owner, s.url("theirs", "theirs", "three"))
	if err != nil || change.Created || change.Altered || change.Granted == 0 {
		t.Errorf("%+v %v", change, err)
	}
	if err := s.do(s.url("theirs", "theirs", "three"), "insert into things values (1)"); err != nil {
		t.Error(err)
	}
	for what, c := range map[string]struct{ owner, app, said string }{
		"it belongs to somebody else": {owner, s.url("theirs", "wrong-one", "three"), "permission denied"},
		"it is a superuser":           {super, s.url("mighty", "wrong-one", "three"), "more rights than an application needs"},
		"the owner makes no roles":    {s.url("theirs", "theirs", "three"), s.url("nobody", "wrong-one", "three"), "permission denied"},
	} {
		_, err := postgres.EnsureRole(t.Context(), c.owner, c.app)
		if !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), c.said) || strings.Contains(err.Error(), "wrong-one") {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, name := range []string{"theirs", "mighty"} {
		if err := s.do(s.url(name, "theirs", "three"), "select 1"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyMayMakeTheRoleAtOnce(t *testing.T) {
	t.Parallel()
	s := newStrict(t)
	owner := s.database("four")
	if err := s.do(owner, "create table things (i int)"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := postgres.EnsureRole(t.Context(), owner, s.url("four_app", "app", "four")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := s.do(s.url("four_app", "app", "four"), "insert into things values (1)"); err != nil {
		t.Error(err)
	}
}

func TestOneUserForAllNeedsNoRole(t *testing.T) {
	t.Parallel()
	const one = "postgres://u:p@127.0.0.1:1/d"
	if change, err := postgres.EnsureRole(t.Context(), one, one+"?application_name=x"); err != nil || change != (postgres.RoleChange{}) {
		t.Errorf("%+v %v", change, err)
	}
}
