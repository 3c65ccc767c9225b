package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
)

// sessionSettings make the server notice soon that the holder of a lock is gone: a lock outlives its process by at most
// 20 s when the machine or the network dies, and by nothing when only the process does.
var sessionSettings = map[string]string{
	"timezone": "UTC", "idle_session_timeout": "20000",
	"tcp_keepalives_idle": "5", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
}

// standbyPause is how often one that waits for the lock asks for it. It asks instead of waiting inside the server: a
// statement that waits for hours holds a snapshot for hours, and vacuum would stop.
const standbyPause = 500 * time.Millisecond

// Alone waits until this process alone holds the lock of that name in the database at url, and runs fn while it does.
// The url must lead to the database without a pooler. The lock belongs to conn: fn must use conn at least every few
// seconds, and when that fails the lock is lost and fn must stop its work. Alone returns what fn returns, and nil when
// ctx ends while it waits.
func Alone(ctx context.Context, url, name string, fn func(ctx context.Context, conn *pgx.Conn) error) error {
	conn, err := connectAlone(ctx, url)
	if err != nil {
		return errUnlessEnded(ctx, err)
	}
	defer closeSoon(ctx, conn)
	if err := awaitLock(ctx, conn, name); err != nil {
		return errUnlessEnded(ctx, err)
	}
	return fn(ctx, conn)
}

func connectAlone(ctx context.Context, url string) (*pgx.Conn, error) {
	conf, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_DATABASE_DIRECT_URL is not a Postgres URL.") // the cause would quote the password
	}
	conf.ConnectTimeout = 5 * time.Second
	conf.RuntimeParams["application_name"] = "rentora-lock"
	for name, value := range sessionSettings {
		conf.RuntimeParams[name] = value
	}
	conn, err := pgx.ConnectConfig(ctx, conf)
	return conn, Translate(err)
}

func awaitLock(ctx context.Context, conn *pgx.Conn, name string) error {
	for {
		var held bool
		if err := conn.QueryRow(ctx, "select pg_try_advisory_lock(hashtextextended('rentora.' || $1::text, 0))", name).Scan(&held); err != nil {
			return Translate(fmt.Errorf("postgres: lock %s: %w", name, err))
		}
		if held {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(standbyPause/2 + rand.N(standbyPause)): //nolint:gosec // spreading needs no secrecy
		}
	}
}

func errUnlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// closeSoon gives the lock back even when ctx has ended.
func closeSoon(ctx context.Context, conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = conn.Close(ctx) // a connection that does not close in order is closed all the same
}
