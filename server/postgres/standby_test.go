package postgres_test

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/server/testkit"
)

// standby is a real streaming replica of the test's database server.
type standby struct {
	url    string
	server *process.Process
}

func newStandby(t *testing.T, primary *pgxpool.Pool) *standby {
	t.Helper()
	var bin string
	if err := primary.QueryRow(t.Context(), "select setting from pg_config where name = 'BINDIR'").Scan(&bin); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	u, err := url.Parse(primary.Config().ConnString())
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = log.Close()
		if content, _ := os.ReadFile(log.Name()); t.Failed() {
			t.Logf("the replica:\n%s", content)
		}
	})
	backup := process.Spec{Path: filepath.Join(bin, "pg_basebackup"), Log: log, Dir: filepath.Dir(data), Env: []string{"LC_ALL=C"},
		Args: []string{"-R", "-X", "stream", "-c", "fast", "--no-sync", "-D", data, "-h", u.Hostname(), "-p", u.Port(), "-U", u.User.Username()}}
	if err := process.Run(backup); err != nil {
		t.Fatal("pg_basebackup: ", err)
	}
	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	server, err := process.Start(process.Spec{Path: filepath.Join(bin, "postgres"), Log: log, Dir: data, Env: []string{"LC_ALL=C"}, Rootless: true,
		Args: []string{"-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
			"-c", "max_connections=300", "-c", "shared_preload_libraries="}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Stop(syscall.SIGQUIT, 5*time.Second)
	})
	u.Host = address
	return &standby{url: u.String(), server: server}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// do runs a statement on the replica itself, as soon as it takes any.
func (s *standby) do(t *testing.T, sql string) {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), s.url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	testkit.Eventually(t, 20*time.Second, func() error {
		_, err := pool.Exec(t.Context(), sql)
		return err
	})
}
