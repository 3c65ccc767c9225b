package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// answer is what the API says around its data.
type answer struct {
	Data  json.RawMessage
	Error json.RawMessage
}

// request is one to the API of a platform, by its whole address.
type request struct {
	url   string
	token string // of who asks; "" is nobody
	key   string // by which a repeated request is known; "" is none
	body  any    // nil asks by GET
}

// send asks, and puts the data of a success into what is given. An answer that is no success is no error.
func (r request) send(ctx context.Context, c *http.Client, into any) (status int, text []byte, err error) {
	method, content := http.MethodGet, []byte(nil)
	if r.body != nil {
		if content, err = json.Marshal(r.body); err != nil {
			return 0, nil, err
		}
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(ctx, method, r.url, bytes.NewReader(content))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	if r.key != "" {
		req.Header.Set("Idempotency-Key", r.key)
	}
	resp, err := c.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	if text, err = io.ReadAll(resp.Body); err != nil {
		return 0, nil, err
	}
	if resp.StatusCode >= 300 || into == nil {
		return resp.StatusCode, text, nil
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		return 0, nil, err
	}
	return resp.StatusCode, text, json.Unmarshal(a.Data, into)
}

// call asks and wants a success.
func call(ctx context.Context, c *http.Client, url string, body, into any) error {
	status, text, err := request{url: url, body: body}.send(ctx, c, into)
	if err == nil && status >= 300 {
		err = fmt.Errorf("%s: wanted a success, got %d: %s", url, status, text)
	}
	return err
}

// register makes n accounts, each of which waits for a mail. The server hashes four passwords at once, so that more
// requests side by side would only wait.
func (e *env) register(ctx context.Context, n int) error {
	c, err := e.visitor(ctx)
	if err != nil {
		return err
	}
	run := time.Now().UnixMilli() // makes the addresses new
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i := range n {
		group.Go(func() error {
			body := map[string]string{"email": fmt.Sprintf("guest-%d-%d@example.test", run, i), "password": "a-long-password", "name": fmt.Sprintf("Guest %d", i)}
			var failed error
			// An API that has enough to do with passwords says so, and wants to be asked again.
			err := until(ctx, "a guest is registered", func() (bool, string) {
				failed = call(ctx, c, "https://"+domain+"/api/v1/auth/register", body, nil)
				return failed == nil || !strings.Contains(failed.Error(), "sign_in_busy"), fmt.Sprint(failed)
			})
			return errors.Join(err, failed)
		})
	}
	return group.Wait()
}

// logIn signs in with an account of the seed, and gives its token.
func logIn(ctx context.Context, c *http.Client, email string) (string, error) {
	var tokens struct {
		Token string `json:"access_token"`
	}
	err := call(ctx, c, "https://"+domain+"/api/v1/auth/login", map[string]string{"email": email, "password": "rentora-demo"}, &tokens)
	if err == nil && tokens.Token == "" {
		err = fmt.Errorf("the log-in of %s gave no token", email)
	}
	return tokens.Token, err
}

// found is what a search without any wish gives.
type found struct {
	Found int
	Hits  []struct{ ID, Title string }
}

// listings searches for whatever there is, at the platform with this address.
func (e *env) listings(ctx context.Context, address string) (f found, err error) {
	c, err := e.visitor(ctx)
	if err != nil {
		return f, err
	}
	return f, call(ctx, c, address+"/api/v1/search/listings?limit=5", nil, &f)
}
