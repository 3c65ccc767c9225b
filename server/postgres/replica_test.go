package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/testkit"
)

// followed is a Replica that runs.
type followed struct {
	t *testing.T
	*postgres.Replica
	primary *pgxpool.Pool
}

func follow(t *testing.T, primary *pgxpool.Pool, replicaURL string) followed {
	t.Helper()
	c := config.Postgres{ReplicaURL: replicaURL, ReplicaMaxLag: time.Second, MaxConns: 4, ConnectTimeout: time.Second}
	r, err := postgres.OpenReplica(t.Context(), c, primary, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait(); r.Close() })
	return followed{t, r, primary}
}

// read gives the number of notes and whether a replica counted them.
func (f followed) read() (n int, onReplica bool, err error) {
	err = f.Read(f.t.Context(), func(ctx context.Context, db *pgxpool.Pool) error {
		return db.QueryRow(ctx, "select count(*), pg_is_in_recovery() from notes").Scan(&n, &onReplica)
	})
	return n, onReplica, err
}

// from waits until reads come from the replica, or from the primary, and see so many notes.
func (f followed) from(replica bool, notes int) {
	f.t.Helper()
	testkit.Eventually(f.t, 20*time.Second, func() error {
		n, onReplica, err := f.read()
		if err == nil && (onReplica != replica || n != notes) {
			err = fmt.Errorf("%d notes, on the replica: %t; want %d, %t", n, onReplica, notes, replica)
		}
		return err
	})
}

func (f followed) write() {
	f.t.Helper()
	if _, err := f.primary.Exec(f.t.Context(), "insert into notes default values"); err != nil {
		f.t.Fatal(err)
	}
}

func TestReadsLeaveAReplicaThatIsBehindPromotedOrGone(t *testing.T) {
	t.Parallel()
	primary := testkit.DB(t)
	if _, err := primary.Exec(t.Context(), "create table notes (id bigint generated always as identity)"); err != nil {
		t.Fatal(err)
	}
	s := newStandby(t, primary)
	f := follow(t, primary, s.url)
	f.from(true, 0)
	f.write()
	f.from(true, 1)

	s.do(t, "select pg_wal_replay_pause()")
	f.write()
	f.from(false, 2)
	s.do(t, "select pg_wal_replay_resume()")
	f.from(true, 2)

	s.do(t, "select pg_promote(false)")
	f.from(false, 2)
	s.server.Kill()
	f.write()
	for range 20 {
		if n, onReplica, err := f.read(); err != nil || onReplica || n != 3 {
			t.Fatalf("gone: %d notes, on the replica: %t, %v", n, onReplica, err)
		}
	}
}

func TestAReplicaThatIsKilledFailsNoRead(t *testing.T) {
	t.Parallel()
	primary := testkit.DB(t)
	if _, err := primary.Exec(t.Context(), "create table notes (id bigint generated always as identity)"); err != nil {
		t.Fatal(err)
	}
	s := newStandby(t, primary)
	f := follow(t, primary, s.url)
	f.from(true, 0)
	s.server.Kill()
	// A backend may outlive its postmaster by a moment, and answers as ever; no read may fail meanwhile, nor afterwards.
	testkit.Eventually(t, 10*time.Second, func() error {
		_, onReplica, err := f.read()
		switch {
		case err != nil:
			t.Fatal(err)
		case onReplica:
			return errors.New("the replica is still read")
		}
		return nil
	})
	f.from(false, 0)
}

func TestAReplicaThatHangsFailsNoRead(t *testing.T) {
	t.Parallel()
	primary := testkit.DB(t)
	if _, err := primary.Exec(t.Context(), "create table notes (id bigint generated always as identity)"); err != nil {
		t.Fatal(err)
	}
	s := newStandby(t, primary)
	proxy := testkit.NewProxy(t, s.address)
	f := follow(t, primary, strings.Replace(s.url, s.address, proxy.Addr, 1))
	f.from(true, 0)
	proxy.Set(testkit.Way{Hangs: true})
	if _, onReplica, err := f.read(); err != nil || onReplica { // the very next one, which no check has warned
		t.Errorf("on the replica: %t, %v", onReplica, err)
	}
	proxy.Set(testkit.Way{})
	f.from(true, 0)
}

func TestWithoutAReplicaThePrimaryIsRead(t *testing.T) {
	t.Parallel()
	primary := testkit.DB(t)
	f := follow(t, primary, "")
	err := f.Read(t.Context(), func(_ context.Context, db *pgxpool.Pool) error {
		if db != primary {
			return fmt.Errorf("another pool")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAReplicaURLThatIsNoneIsNotRepeated(t *testing.T) {
	t.Parallel()
	_, err := postgres.OpenReplica(t.Context(), config.Postgres{ReplicaURL: "postgres://a:hush@h:x/d"}, nil, time.Now, slog.New(slog.DiscardHandler))
	if !errs.Is(err, errs.Invalid) {
		t.Fatal(err)
	}
}
