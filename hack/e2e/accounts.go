package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// answer is what the API says around its data.
type answer struct {
	Data  json.RawMessage
	Error json.RawMessage
}

// call asks the API of a platform, by its whole address, and wants a success. A nil body asks by GET.
func call(ctx context.Context, c *http.Client, url string, body, into any) error {
	method, content := http.MethodGet, []byte(nil)
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return err
		}
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(content))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s %s: wanted a success, got %d: %s", method, url, resp.StatusCode, text)
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil || into == nil {
		return err
	}
	return json.Unmarshal(a.Data, into)
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
	group.SetLimit(8)
	for i := range n {
		group.Go(func() error {
			return call(ctx, c, "https://"+domain+"/api/v1/auth/register", map[string]string{
				"email": fmt.Sprintf("guest-%d-%d@example.test", run, i), "password": "a-long-password", "name": fmt.Sprintf("Guest %d", i)}, nil)
		})
	}
	return group.Wait()
}

// logIn signs in with an account of the seed.
func (e *env) logIn(ctx context.Context) error {
	c, err := e.visitor(ctx)
	if err != nil {
		return err
	}
	var tokens struct {
		Token string `json:"access_token"`
	}
	err = call(ctx, c, "https://"+domain+"/api/v1/auth/login", map[string]string{"email": "admin-0001@example.test", "password": "rentora-demo"}, &tokens)
	if err == nil && tokens.Token == "" {
		err = errors.New("the log-in of admin-0001@example.test gave no token")
	}
	return err
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
