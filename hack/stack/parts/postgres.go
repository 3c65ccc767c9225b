package parts

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

func postgres() Part {
	return Part{
		Name: "postgres", Ports: []string{"postgres"}, External: "RENTORA_STACK_POSTGRES_URL",
		Signal: syscall.SIGINT, Patience: 5 * time.Minute, // recovery after a kill reads the log again
		Prepare: preparePostgres,
		Command: postgresCommand,
		Probe:   func(ctx context.Context, s Site) error { return probe.Postgres(ctx, s.Ports["postgres"]) },
	}
}

func postgresCommand(s Site) process.Spec {
	args := []string{"-D", s.folder("postgres"), "-p", strconv.Itoa(s.Ports["postgres"])}
	settings := []string{"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "max_wal_senders=50", "max_replication_slots=50",
		"shared_buffers=128MB", "timezone=UTC", "log_timezone=UTC", "log_min_messages=warning",
		"shared_preload_libraries=pg_stat_statements", "autovacuum_naptime=10s"}
	if !s.Durable {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=replica", "max_wal_size=2GB")
	}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return process.Spec{Path: filepath.Join(s.Installed.Postgres, "bin", "postgres"), Args: args, Dir: s.folder("postgres"),
		Env: environment(), Rootless: true}
}

// preparePostgres copies the cached result of initdb at the first start. The copy gets its name when it is whole.
func preparePostgres(s Site) error {
	target := s.folder("postgres")
	if _, err := os.Stat(target); err == nil {
		return forgetDead(target)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	next := target + ".next"
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	if err := os.CopyFS(next, os.DirFS(s.Installed.Template)); err != nil {
		return fmt.Errorf("copy the fresh database: %w", err)
	}
	if err := own(next); err != nil {
		return err
	}
	return os.Rename(next, target)
}

// forgetDead removes the lock of a killed server. The caller has seen that no process is left in the folder, but the
// server would believe a zombie, or whoever has the number now, to be its predecessor.
func forgetDead(folder string) error {
	if !process.Exact {
		return nil
	}
	if err := os.Remove(filepath.Join(folder, "postmaster.pid")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// own makes the copy private, as the server demands, and gives it to the user who runs the server.
func own(folder string) error {
	uid, gid, change := process.RootlessOwner()
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if change {
			if err := os.Lchown(path, uid, gid); err != nil {
				return err
			}
		}
		if entry.IsDir() {
			return os.Chmod(path, 0o700)
		}
		return os.Chmod(path, 0o600)
	})
}
