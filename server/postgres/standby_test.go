package postgres_test

import (
	"context"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/testkit"
)

// standby is a real streaming replica of the test's database server.
type standby struct {
	url     string
	address string // host:port in the url
	server  *process.Process
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
	// Other tests fill the primary's log and make it forget what this replica has not read yet, unless a slot keeps it. One
	// that pg_basebackup makes comes after the backup has begun, which is too late when a checkpoint comes between.
	slot := "standby_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := primary.Exec(t.Context(), "select pg_create_physical_replication_slot($1, true)", slot); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dropSlot(t, primary, slot) })
	backup := process.Spec{Path: filepath.Join(bin, "pg_basebackup"), Log: log, Dir: filepath.Dir(data), Env: []string{"LC_ALL=C"},
		Args: []string{"-R", "-X", "stream", "-S", slot, "-c", "fast", "--no-sync", "-D", data, "-h", u.Hostname(), "-p", u.Port(), "-U", u.User.Username()}}
	if err := process.Run(backup); err != nil {
		t.Fatal("pg_basebackup: ", err)
	}
	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	server, err := process.Start(process.Spec{Path: filepath.Join(bin, "postgres"), Log: log, Dir: data, Env: []string{"LC_ALL=C"}, Rootless: true,
		Args: []string{"-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
			"-c", "max_connections=300", "-c", "max_wal_senders=50", "-c", "shared_preload_libraries="}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Stop(syscall.SIGQUIT, 5*time.Second)
	})
	u.Host = address
	return &standby{url: u.String(), address: address, server: server}
}

// dropSlot lets the primary forget its log again. The slot is busy until the primary has noticed that the replica is gone.
func dropSlot(t *testing.T, primary *pgxpool.Pool, slot string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	const drop = "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1"
	_, err := primary.Exec(ctx, drop, slot)
	for tick := time.NewTicker(50 * time.Millisecond); postgres.Code(err) == "55006" && ctx.Err() == nil; <-tick.C { // object_in_use
		_, err = primary.Exec(ctx, drop, slot)
	}
	if err != nil {
		t.Errorf("drop the replication slot: %v", err)
	}
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
