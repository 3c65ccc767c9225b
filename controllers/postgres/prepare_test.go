package postgres

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/rehearsal"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// stage is a folder with what the pod would see.
type stage struct {
	t       *testing.T
	dir     string
	bin     string
	port    int
	sockets string
}

func newStage(t *testing.T, parameters map[string]string) *stage {
	t.Helper()
	s := &stage{t: t, dir: t.TempDir(), port: probe.FreePorts(1)[0], bin: filepath.Join(rehearsal.Installed(t, "postgres").Postgres, "bin")}
	// The path of a socket has at most 107 bytes, and a test's folder may take them all.
	var err error
	if s.sockets, err = os.MkdirTemp("", "pg"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(s.sockets) })
	platform := golden.Platform(v1alpha1.Dev)
	platform.Spec.Postgres.Parameters = parameters
	here := strings.NewReplacer(config, s.path("config"), "'*'", "'127.0.0.1'", "port = 5432", "port = "+strconv.Itoa(s.port), sockets, s.sockets)
	for name, text := range files(golden.Input(platform)) {
		s.write("config/"+name, here.Replace(text))
	}
	s.passwords("first")
	s.give(s.dir, s.sockets)
	return s
}

func (s *stage) path(name string) string { return filepath.Join(s.dir, name) }

func (s *stage) write(name, text string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// passwords writes a Secret with characters that shells and SQL care about.
func (s *stage) passwords(word string) {
	for _, role := range []string{"superuser", "owner", "app"} {
		s.write("secrets/"+role+"-password", password(role, word))
	}
}

func password(role, word string) string { return role + `'"$(x) \ %s ü;` + word }

// give lets the user who runs Postgres in place of root own the folders.
func (s *stage) give(folders ...string) {
	s.t.Helper()
	uid, gid, change := process.RootlessOwner()
	for _, folder := range folders {
		if err := os.Chmod(folder, 0o755); err != nil {
			s.t.Fatal(err)
		}
		if change {
			if err := os.Chown(folder, uid, gid); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

func (s *stage) prepare() *rehearsal.Program {
	s.t.Helper()
	return rehearsal.Start(s.t, process.Spec{
		Path: "/bin/sh", Args: []string{s.path("config/prepare.sh")}, Rootless: true, Dir: s.dir,
		Env: []string{"PATH=" + s.bin + ":/usr/bin:/bin", "PGDATA=" + s.path("pgdata"), "CONFIG=" + s.path("config"), "SECRETS=" + s.path("secrets")},
	})
}

func (s *stage) prepared() {
	s.t.Helper()
	if err := s.prepare().End(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) serve() *rehearsal.Program {
	s.t.Helper()
	server := rehearsal.Start(s.t, process.Spec{
		Path: filepath.Join(s.bin, "postgres"), Args: []string{"-D", s.path("pgdata"), "-c", "config_file=" + s.path("config/postgresql.conf")},
		Rootless: true, Dir: s.dir,
	})
	server.Await(func(ctx context.Context) error { return probe.Postgres(ctx, probe.Local(s.port)) })
	return server
}

// connect logs in as a role, over the network when there is a password, else through the socket.
func (s *stage) connect(role, password string) (*pgx.Conn, error) {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, password), Host: fmt.Sprintf("127.0.0.1:%d", s.port), Path: "/rentora"}
	if password == "" {
		u = url.URL{Scheme: "postgres", User: url.User(role), Path: "/rentora", RawQuery: url.Values{"host": {s.sockets}, "port": {strconv.Itoa(s.port)}}.Encode()}
	}
	return pgx.Connect(s.t.Context(), u.String())
}

func (s *stage) ask(role, password, sql string) (answer string) {
	s.t.Helper()
	conn, err := s.connect(role, password)
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(s.t.Context(), sql).Scan(&answer); err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

func (s *stage) refused(role, password string) {
	s.t.Helper()
	if conn, err := s.connect(role, password); err == nil {
		_ = conn.Close(context.Background())
		s.t.Errorf("%s may come in with %q", role, password)
	}
}

// TestPrepare takes a database through its life: killed while it is made, made, killed while it serves, with new passwords.
func TestPrepare(t *testing.T) {
	t.Parallel()
	s := newStage(t, map[string]string{"log_statement": "all", "log_min_duration_statement": "0", "application_name": `it's a \ test`})
	s.killedWhileMaking()
	s.prepared()
	server := s.serve()

	const ddl = `create extension btree_gist; create extension citext; create table public.things (id int);
		create role rentora_app login password 'made by the migration'; grant connect on database rentora to rentora_app`
	owner, err := s.connect("rentora_owner", password("owner", "first"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := owner.Exec(t.Context(), ddl); err != nil {
		t.Errorf("the owner cannot do what a migration does: %v", err)
	}
	_ = owner.Close(context.Background())
	for sql, want := range map[string]string{
		"select current_setting('shared_buffers')":   "128MB",
		"select current_setting('data_checksums')":   "on",
		"select current_setting('application_name')": `it's a \ test`,
		"select format('%s %s %s', datlocprovider, datlocale, pg_encoding_to_char(encoding)) from pg_database where datname = 'rentora'": "b C.UTF-8 UTF8",
		"select count(*)::text from pg_extension where extname = 'btree_gist'":                                                           "1",
		"select current_setting('pg_stat_statements.track')":                                                                             "top",
	} {
		if got := s.ask("rentora_monitor", "", sql); got != want {
			t.Errorf("%s: %q, not %q", sql, got, want)
		}
	}
	s.refused("rentora_owner", "wrong")
	s.refused("rentora_owner", "")
	s.refused("postgres", "")
	s.refused("rentora_monitor", "anything")

	s.kill(server)
	s.passwords("second")
	again := s.prepare()
	if err := again.End(); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"first", "second"} {
		if strings.Contains(again.Log(), word) {
			t.Errorf("a password is in the log:\n%s", again.Log())
		}
	}
	server = s.serve()
	for role, account := range map[string]string{"superuser": "postgres", "owner": "rentora_owner", "app": "rentora_app"} {
		if got := s.ask(account, password(role, "second"), "select current_user::text"); got != account {
			t.Errorf("%s is %s", account, got)
		}
		s.refused(account, password(role, "first"))
	}
	s.refused("rentora_app", "made by the migration")
	server.Stop(syscall.SIGINT)
}

// killedWhileMaking kills the script when it has begun to make the data folder, and again when that has its name.
func (s *stage) killedWhileMaking() {
	s.t.Helper()
	for _, sign := range []string{"pgdata.new/global", "pgdata/postmaster.pid"} {
		if _, err := os.Stat(s.path("pgdata")); err == nil {
			s.t.Error("a data folder that is not whole has its name already")
		}
		p := s.prepare()
		p.Await(func(context.Context) error {
			_, err := os.Stat(s.path(sign))
			return err
		})
		s.kill(p)
	}
}

// kill ends a program as a lost node does, and returns when its children have seen it: they hold the database's memory.
func (s *stage) kill(p *rehearsal.Program) {
	s.t.Helper()
	p.Kill()
	err := probe.Until(s.t.Context(), time.Minute, nil, func(context.Context) error {
		folders, err := filepath.Glob("/proc/[0-9]*/cwd")
		for _, folder := range folders {
			if at, err := os.Readlink(folder); err == nil && strings.HasPrefix(at, s.path("pgdata")) {
				return fmt.Errorf("%s is still there", folder)
			}
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestPrepareRefuses wants a sentence, and nothing touched, where somebody must look.
func TestPrepareRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*stage)
		want  string
	}{
		"no password":   {func(s *stage) { s.write("secrets/owner-password", "") }, "the Secret has no owner-password."},
		"foreign files": {func(s *stage) { s.write("pgdata/photo.jpg", "x") }, "holds files but no database"},
		"other version": {func(s *stage) { s.write("pgdata/PG_VERSION", "17\n") }, "was written by Postgres 17, and this image has Postgres 18"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, nil)
			c.spoil(s)
			p := s.prepare()
			if err := p.End(); err == nil || !strings.Contains(p.Log(), c.want) {
				t.Errorf("%v, and it says:\n%s", err, p.Log())
			}
		})
	}
}
