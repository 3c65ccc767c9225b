package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/stack/stack"
)

// environment is what the programs read: the stack's addresses, this machine's own secrets, and free ports. A variable that the
// caller has set wins.
func environment(session *stack.Session, web bool) ([]string, error) {
	values := session.Map()
	secrets, err := secrets(filepath.Join(session.Dir, "secrets.env"))
	if err != nil {
		return nil, err
	}
	for name, value := range secrets {
		values[name] = value
	}
	for name, preferred := range map[string]int{"RENTORA_HTTP_ADDR": 8080, "RENTORA_HTTP_OPS_ADDR": 8082} {
		port, err := freePort(preferred)
		if err != nil {
			return nil, err
		}
		values[name] = fmt.Sprintf("127.0.0.1:%d", port)
	}
	values["RENTORA_PUBLIC_URL"] = "http://" + values["RENTORA_HTTP_ADDR"]
	if web {
		port, err := freePort(3000)
		if err != nil {
			return nil, err
		}
		values["RENTORA_PUBLIC_URL"] = fmt.Sprintf("http://127.0.0.1:%d", port)
		values["RENTORA_HTTP_TRUSTED_PROXIES"] = "127.0.0.1" // the web asks for its visitors, and says for whom
	}
	values["RENTORA_MAIL_URL"] = session.MailURL // for the command, which may read mails
	var list []string
	for name, value := range values {
		if _, set := os.LookupEnv(name); !set {
			list = append(list, name+"="+value)
		}
	}
	return list, nil
}

// secrets reads the data folder's own keys, or makes them: no key of a development machine is in the repository.
func secrets(path string) (map[string]string, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		content = []byte("RENTORA_AUTH_SIGNING_KEYS=" + key() + "\nRENTORA_AUTH_SECRET_KEY=" + key() + "\n")
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for line := range strings.Lines(string(content)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			values[name] = value
		}
	}
	return values, nil
}

func key() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, by its documentation
	return base64.StdEncoding.EncodeToString(raw)
}

func lookup(environment []string, name string) string {
	if value, set := os.LookupEnv(name); set {
		return value
	}
	for _, one := range environment {
		if value, ok := strings.CutPrefix(one, name+"="); ok {
			return value
		}
	}
	return ""
}

// awaitReady polls an address until it answers, for two minutes.
func awaitReady(ctx context.Context, who, url string, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return fmt.Errorf("%s did not start; what it said stands above", who)
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready: %w", who, ctx.Err())
		case <-tick.C:
			if ready(ctx, url) {
				return nil
			}
		}
	}
}

func ready(ctx context.Context, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func banner(environment []string, session *stack.Session, web bool, took time.Duration) {
	pages := "not started"
	if web {
		pages = lookup(environment, "RENTORA_PUBLIC_URL")
	}
	api, operators := "http://"+lookup(environment, "RENTORA_HTTP_ADDR"), "http://"+lookup(environment, "RENTORA_HTTP_OPS_ADDR")
	fmt.Printf(`
Rentora is up (%.0f s).

  web          %s
  API          %s/api/v1
  contract     %s/api/v1/openapi.json
  readiness    %s/readyz
  metrics      %s/metrics
  mails        %s
  photos       %s

  Demo accounts, all with the password "rentora-demo":
    guest      guest-0001@example.test
    host       host-0001@example.test
    admin      admin-0001@example.test

  Next: open the web, or follow the walk in README.md. Ctrl-C stops everything.

`, took.Seconds(), pages, api, api, operators, operators, session.MailURL, session.S3Endpoint)
}
