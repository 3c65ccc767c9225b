// Package stand is what the measurements run on: durable servers of its own, the built programs, and data.
package stand

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/stack/fetch"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Stand is the ground of one run. Its methods are for one goroutine.
type Stand struct {
	Options
	Root     string // of the repository
	Program  string // rentora
	Self     string // this program
	Session  *stack.Session
	DB       *pgxpool.Pool
	Env      map[string]string // of every Rentora program
	Load     load.Driver
	Started  time.Time
	accounts []Account
	indexed  bool
	slot     int64 // the next stay that nobody has booked
}

// Options of a stand.
type Options struct {
	Dir      string // keeps servers' data and programs; "" is a temporary folder that goes at the end
	Listings int
	Output   io.Writer
}

// Open brings everything up. Close takes it down again, also after an error.
func Open(ctx context.Context, o Options) (*Stand, error) {
	s := &Stand{Options: o, Started: time.Now()}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"programs", s.build},
		{"servers that flush to disk", s.join},
		{"schema", s.migrate},
		{fmt.Sprintf("%d listings", o.Listings), s.seed},
		{"accounts and stays of the benchmark", s.furnish},
	} {
		began := time.Now()
		fmt.Fprintf(o.Output, "prepare: %s…", step.name)
		if err := step.do(ctx); err != nil {
			fmt.Fprintln(o.Output)
			return nil, errors.Join(fmt.Errorf("prepare %s: %w", step.name, err), s.Close())
		}
		fmt.Fprintf(o.Output, " %.1f s\n", time.Since(began).Seconds())
	}
	return s, nil
}

// Close stops the servers and removes a temporary folder.
func (s *Stand) Close() error {
	if s.DB != nil {
		s.DB.Close()
	}
	var err error
	if s.Session != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		err = s.Session.LeaveAndStop(ctx)
	}
	if s.Options.Dir == "" && s.folder() != "" {
		err = errors.Join(err, os.RemoveAll(s.folder()))
	}
	return err
}

func (s *Stand) folder() string { return filepath.Dir(s.Program) }

func (s *Stand) build(ctx context.Context) (err error) {
	dir := s.Options.Dir
	if dir == "" {
		dir, err = os.MkdirTemp("", "rentora-bench-")
	} else {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	s.Program = filepath.Join(dir, "rentora")
	if s.Root, err = stack.Root(); err != nil {
		return err
	}
	if s.Self, err = os.Executable(); err != nil {
		return err
	}
	s.Load = load.Driver{Program: s.Self}
	return s.Command(ctx, nil, "go", "build", "-o", s.Program, "./cmd/rentora")
}

// Command runs a program in the repository to its end; an error carries what it printed.
func (s *Stand) Command(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = s.Root, append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", filepath.Base(name), args, err, out)
	}
	return nil
}

func (s *Stand) join(ctx context.Context) (err error) {
	s.Session, err = stack.Join(ctx, filepath.Join(s.folder(), "stack"), stack.Options{Durable: true, Output: s.Output})
	if err != nil {
		return err
	}
	address, err := url.Parse(s.Session.DatabaseURL)
	if err != nil {
		return err
	}
	corner, err := cornerOf(s.Root, s.Listings)
	if err != nil {
		return err
	}
	address.Path = "/" + corner
	if err := createDatabase(ctx, s.Session.DatabaseURL, corner); err != nil {
		return err
	}
	s.Env = s.Session.Map()
	secrets, err := s.secrets()
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"RENTORA_DATABASE_URL": address.String(), "RENTORA_TYPESENSE_COLLECTION": corner, "RENTORA_REDIS_PREFIX": corner + ":",
		"RENTORA_ENVIRONMENT": "production", "RENTORA_LOG_FORMAT": "json",
		"RENTORA_HTTP_LIMIT_READ": "0", "RENTORA_HTTP_LIMIT_SEARCH": "0", "RENTORA_HTTP_LIMIT_WRITE": "0", "RENTORA_HTTP_LIMIT_SIGN_IN": "0", "RENTORA_HTTP_LIMIT_UPLOAD": "0",
		"RENTORA_AUTH_LOGIN_LIMIT": "10000",
		"RENTORA_AUTH_ACCESS_LIFE": "1h", "RENTORA_BOOKING_QUOTE_LIFE": "24h", "RENTORA_SMTP_TLS": "none",
		"RENTORA_AUTH_SIGNING_KEYS": secrets[0], "RENTORA_AUTH_SECRET_KEY": secrets[1],
		"PATH": os.Getenv("PATH"), "HOME": os.Getenv("HOME"), "TZ": "UTC",
	} {
		s.Env[name] = value
	}
	conf, err := pgxpool.ParseConfig(address.String())
	if err != nil {
		return err
	}
	conf.MaxConns = 4
	s.DB, err = pgxpool.NewWithConfig(ctx, conf)
	return err
}

// secrets are kept beside the data: with other ones, a folder that is used again would hold nothing of use.
func (s *Stand) secrets() (pair [2]string, err error) {
	path := filepath.Join(s.folder(), "secrets")
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		raw = make([]byte, 64)
		_, _ = rand.Read(raw) // never fails, by its documentation
		err = os.WriteFile(path, raw, 0o600)
	}
	if err != nil || len(raw) != 64 {
		return pair, fmt.Errorf("the keys in %s: %w", path, err)
	}
	return [2]string{base64.StdEncoding.EncodeToString(raw[:32]), base64.StdEncoding.EncodeToString(raw[32:])}, nil
}

// Tool gives the path of a program of Postgres, such as pgbench.
func Tool(name string) (string, error) {
	cache, err := stack.Cache()
	if err != nil {
		return "", err
	}
	installed, err := fetch.Locate(cache, []string{"postgres"})
	return filepath.Join(installed.Postgres, "bin", name), err
}
