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
		Probe:   func(ctx context.Context, s Site) error { return probe.Postgres(ctx, s.At("postgres")) },
	}
}

func postgresCommand(s Site) process.Spec {
	args := []string{"-D", s.folder("postgres"), "-p", strconv.Itoa(s.Ports["postgres"])}
	settings := []string{"listen_addresses=" + s.host(), "unix_socket_directories=", "max_connections=300", "max_wal_senders=50", "max_replication_slots=50",
		"shared_buffers=128MB", "timezone=UTC", "log_timezone=UTC", "log_min_messages=warning",
		"shared_preload_libraries=pg_stat_statements", "autovacuum_naptime=10s"}
	if !s.Durable {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=replica", "max_wal_size=2GB")
	}
	if s.Listen != "" {
		settings = append(settings, "hba_file="+hbaFile(s))
	}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return process.Spec{Path: filepath.Join(s.Installed.Postgres, "bin", "postgres"), Args: args, Dir: s.folder("postgres"),
		Env: environment(), Rootless: true}
}

// preparePostgres copies the cached result of initdb at the first start, and sets the password where there is one.
func preparePostgres(s Site) error {
	target := s.folder("postgres")
	_, err := os.Stat(target)
	switch {
	case err == nil:
		err = forgetDead(target)
	case errors.Is(err, fs.ErrNotExist):
		err = copyTemplate(s, target)
	}
	if err != nil || s.Listen == "" {
		return err
	}
	return closePostgres(s)
}

func hbaFile(s Site) string { return filepath.Join(s.folder("postgres"), "others_hba.conf") }

// closePostgres lets nobody in without the password.
func closePostgres(s Site) error {
	if err := os.WriteFile(hbaFile(s), []byte("host all all all scram-sha-256\n"), 0o600); err != nil {
		return err
	}
	script := filepath.Join(s.folder("postgres"), "password.sql")
	if err := os.WriteFile(script, []byte("alter role postgres password '"+s.Secret+"'\n"), 0o600); err != nil {
		return err
	}
	defer func() { _ = os.Remove(script) }()
	if err := own(s.folder("postgres")); err != nil {
		return err
	}
	input, err := os.Open(script)
	if err != nil {
		return err
	}
	defer func() { _ = input.Close() }()
	said, err := os.Create(filepath.Join(s.Data, "password.log"))
	if err != nil {
		return err
	}
	defer func() { _ = said.Close() }()
	if err := process.Run(process.Spec{Path: filepath.Join(s.Installed.Postgres, "bin", "postgres"), Args: []string{"--single", "-D", s.folder("postgres"), "postgres"},
		Dir: s.folder("postgres"), Env: environment(), Log: said, Input: input, Rootless: true}); err != nil {
		return fmt.Errorf("set the password of Postgres (see %s): %w", said.Name(), err)
	}
	return nil
}

// copyTemplate gives the copy its name when it is whole.
func copyTemplate(s Site, target string) error {
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
