package stand

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// Running is a program that the benchmark has started.
type Running struct {
	Name    string
	Address string // host:port
	Pid     int
	log     string
	process *process.Process
}

// Start runs a program and returns when its readiness answers 200. Its output goes to a file, as a container's would.
func (s *Stand) Start(ctx context.Context, name, ready string, spec process.Spec) (*Running, error) {
	r := &Running{Name: name, log: filepath.Join(s.folder(), name+".log")}
	log, err := os.Create(r.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	spec.Log = log
	if spec.Dir == "" {
		spec.Dir = s.folder()
	}
	if r.process, err = process.Start(spec); err != nil {
		return nil, err
	}
	r.Pid = r.process.Pid
	if err := r.await(ctx, ready); err != nil {
		r.Stop()
		return nil, err
	}
	return r, nil
}

// API runs the API with settings beside the stand's, name and value by turns.
func (s *Stand) API(ctx context.Context, name string, settings ...string) (*Running, error) {
	address, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	env := maps.Clone(s.Env)
	env["RENTORA_HTTP_ADDR"], env["RENTORA_HTTP_OPS_ADDR"], env["RENTORA_PUBLIC_URL"] = address, "127.0.0.1:0", publicURL
	for i := 0; i+1 < len(settings); i += 2 {
		env[settings[i]] = settings[i+1]
	}
	r, err := s.Start(ctx, name, "http://"+address+"/readyz", process.Spec{Path: s.Program, Args: []string{"api"}, Env: flat(env)})
	if err != nil {
		return nil, err
	}
	r.Address = address
	return r, nil
}

// Stop ends the program in order, or after ten seconds without.
func (r *Running) Stop() { r.process.Stop(syscall.SIGTERM, 10*time.Second) }

func (r *Running) await(ctx context.Context, ready string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-r.process.Done():
			return fmt.Errorf("%s ended before it was ready:\n%s", r.Name, stack.Tail(r.log, 20))
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready: %w\n%s", r.Name, ctx.Err(), stack.Tail(r.log, 20))
		case <-tick.C:
			if status, _, err := Ask(ctx, http.MethodGet, ready, "", nil); err == nil && status == http.StatusOK {
				return nil
			}
		}
	}
}

// asker keeps as many connections as preparations use at once.
var asker = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 30 * time.Second}

// Ask sends one request outside of any measurement and gives status and body. Headers are name and value by turns.
func Ask(ctx context.Context, method, url, token string, body []byte, headers ...string) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	answer, err := asker.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	return answer.StatusCode, read, err
}

// FreeAddress gives a port of the loopback interface on which nobody listens.
func FreeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// Account is a guest who has signed in.
type Account struct{ ID, Token string }

// Guests gives the guests [from, to).
func (s *Stand) Guests(from, to int) []Account { return s.accounts[from:to] }

func (s *Stand) signIn(ctx context.Context) error {
	api, err := s.API(ctx, "api-sign-in", "RENTORA_ENVIRONMENT", "test", "RENTORA_AUTH_BCRYPT_COST", "4")
	if err != nil {
		return err
	}
	defer api.Stop()
	s.accounts = make([]Account, Accounts)
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for i := range s.accounts {
		g.Go(func() error {
			token, err := login(gctx, api.Address, fmt.Sprintf("bench-%d@example.test", i))
			s.accounts[i] = Account{ID: GuestID(i), Token: token}
			return err
		})
	}
	return g.Wait()
}

// HostToken signs the host of the benchmark's listings in.
func (s *Stand) HostToken(ctx context.Context, address string) (string, error) {
	return login(ctx, address, "bench-host@example.test")
}

// password is that of every seeded account.
const password = "rentora-demo"

func login(ctx context.Context, address, email string) (string, error) {
	body, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		return "", err
	}
	status, answer, err := Ask(ctx, http.MethodPost, "http://"+address+"/api/v1/auth/login", "", body)
	if err != nil {
		return "", err
	}
	var out struct {
		Data struct {
			AccessToken string `json:"access_token"`
		} `json:"data"`
	}
	if err := json.Unmarshal(answer, &out); err != nil || out.Data.AccessToken == "" {
		return "", fmt.Errorf("sign in as %s: status %d: %s", email, status, answer)
	}
	return out.Data.AccessToken, nil
}

func flat(env map[string]string) []string {
	list := make([]string, 0, len(env))
	for name, value := range env {
		list = append(list, name+"="+value)
	}
	return list
}
