package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// product is Rentora with servers of its own, in a folder that goes at the end.
type product struct {
	settings
	root    string
	dir     string
	session *stack.Session
	env     []string
	address string
	running *process.Process
	tool    string // schemathesis
	// Ids of the accounts that roles.py signs in as, and of one that may be locked instead of them.
	asking    []string
	bystander string
}

// open brings everything up. When it fails, nothing stays.
func open(ctx context.Context, s settings) (*product, error) {
	p := &product{settings: s}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"schemathesis", p.install}, {"servers", p.join}, {"schema", p.migrate}, {"60 listings", p.seed}, {"API and workers", p.start},
	} {
		began := time.Now()
		if err := step.do(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("prepare %s: %w", step.name, err), p.close())
		}
		fmt.Printf("  %-16s %5.1f s\n", step.name, time.Since(began).Seconds())
	}
	return p, nil
}

func (p *product) close() (err error) {
	if p.running != nil {
		p.running.Stop(syscall.SIGTERM, 30*time.Second)
	}
	if p.session != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		err = p.session.LeaveAndStop(ctx)
	}
	if p.dir != "" {
		err = errors.Join(err, os.RemoveAll(p.dir))
	}
	return err
}

func (p *product) install(ctx context.Context) (err error) {
	if p.root, err = stack.Root(); err != nil {
		return err
	}
	if p.dir, err = os.MkdirTemp("", "rentora-fuzz-"); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(p.root, "hack", "fuzz", "tool"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	p.tool = string(bytes.TrimSpace(out))
	return err
}

func (p *product) join(ctx context.Context) (err error) {
	if p.session, err = stack.Join(ctx, filepath.Join(p.dir, "stack"), stack.Options{}); err != nil {
		return err
	}
	var operators string
	if p.address, err = freeAddress(); err != nil {
		return err
	}
	if operators, err = freeAddress(); err != nil {
		return err
	}
	values := p.session.Map()
	for name, value := range map[string]string{
		"RENTORA_ENVIRONMENT": "test", "RENTORA_LOG_FORMAT": "json", "RENTORA_SMTP_TLS": "none",
		"RENTORA_HTTP_ADDR": p.address, "RENTORA_HTTP_OPS_ADDR": operators, "RENTORA_PUBLIC_URL": "http://" + p.address,
		"RENTORA_HTTP_LIMIT_READ": "0", "RENTORA_HTTP_LIMIT_SEARCH": "0", "RENTORA_HTTP_LIMIT_WRITE": "0", "RENTORA_HTTP_LIMIT_SIGN_IN": "0",
		"RENTORA_HTTP_LIMIT_UPLOAD": "0", "RENTORA_AUTH_LOGIN_LIMIT": "10000", "RENTORA_AUTH_BCRYPT_COST": "4", "RENTORA_AUTH_ACCESS_LIFE": "1h",
		"RENTORA_AUTH_SIGNING_KEYS": key(), "RENTORA_AUTH_SECRET_KEY": key(),
	} {
		values[name] = value
	}
	for name, value := range values {
		p.env = append(p.env, name+"="+value)
	}
	return nil
}

func key() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, by its documentation
	return base64.StdEncoding.EncodeToString(raw)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func (p *product) program() string { return filepath.Join(p.dir, "rentora") }

func (p *product) call(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = p.root, append(os.Environ(), p.env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", filepath.Base(name), args, err, out)
	}
	return nil
}

func (p *product) migrate(ctx context.Context) error {
	if err := p.call(ctx, "go", "build", "-o", p.program(), "./cmd/rentora"); err != nil {
		return err
	}
	return p.call(ctx, p.program(), "migrate")
}

// seed fills the product, and gives the one administrator of the demo data a colleague, whose sessions may be spent, and a
// support of two.
func (p *product) seed(ctx context.Context) error {
	if err := p.call(ctx, p.program(), "seed", "--listings", "60"); err != nil {
		return err
	}
	db, err := pgx.Connect(ctx, p.session.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close(ctx) }()
	if _, err = db.Exec(ctx, `INSERT INTO users (id, email, name, password_hash, role, email_verified_at)
		SELECT gen_random_uuid(), n.role || '-' || n.number || '@example.test', n.role || ' ' || n.number, a.password_hash, n.role, a.email_verified_at
		FROM users a, (VALUES ('admin', '0002'), ('support', '0001'), ('support', '0002')) n (role, number) WHERE a.email = 'admin-0001@example.test'`); err != nil {
		return err
	}
	return p.readAccounts(ctx, db)
}

func (p *product) readAccounts(ctx context.Context, db *pgx.Conn) error {
	var emails []string
	for _, role := range roles {
		if role != anonymous {
			emails = append(emails, role+"-0001@example.test", role+"-0002@example.test")
		}
	}
	err := db.QueryRow(ctx, `SELECT array_agg(id::text) FILTER (WHERE email = ANY($1)), coalesce(min(id::text) FILTER (WHERE email = 'guest-0003@example.test'), '')
		FROM users`, emails).Scan(&p.asking, &p.bystander)
	if err == nil && (len(p.asking) != len(emails) || p.bystander == "") {
		err = fmt.Errorf("%d of %d accounts are there, and the bystander %q", len(p.asking), len(emails), p.bystander)
	}
	return err
}

func (p *product) start(ctx context.Context) error {
	log, err := os.Create(filepath.Join(p.Logs, "rentora.log"))
	if err != nil {
		return err
	}
	defer log.Close()
	env := append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TZ=UTC"}, p.env...)
	if p.running, err = process.Start(process.Spec{Path: p.program(), Args: []string{"dev"}, Env: env, Dir: p.dir, Log: log}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.running.Done():
			return p.alive()
		case <-ctx.Done():
			return fmt.Errorf("rentora is not ready: %w", ctx.Err())
		case <-tick.C:
			if answers(ctx, "http://"+p.address+"/readyz") {
				return nil
			}
		}
	}
}

// alive is an error when the product has ended by itself.
func (p *product) alive() error {
	select {
	case <-p.running.Done():
		return fmt.Errorf("rentora ended by itself:\n%s", stack.Tail(filepath.Join(p.Logs, "rentora.log"), 20))
	default:
		return nil
	}
}

func answers(ctx context.Context, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}
