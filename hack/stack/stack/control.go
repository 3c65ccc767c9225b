package stack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// ErrDown says that no supervisor runs for the data folder.
var ErrDown = errors.New("the stack is down: start it with `go run ./hack/stack up`")

// Status asks the running supervisor of the data folder. It answers ErrDown when there is none.
func Status(ctx context.Context, dir string) (State, error) {
	var s State
	body, err := ask(ctx, dir, http.MethodGet, "/state", nil)
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(body, &s); err != nil {
		return s, fmt.Errorf("read the supervisor's answer: %w", err)
	}
	return s, nil
}

// Kill ends one part with SIGKILL and returns when it is gone; its data stays.
func Kill(ctx context.Context, dir, part string) error {
	_, err := ask(ctx, dir, http.MethodPost, "/kill", url.Values{"part": {part}})
	return err
}

// Start starts one part again, on the same port with the same data, and returns when it is ready.
// A part that runs already is left alone.
func Start(ctx context.Context, dir, part string) error {
	_, err := ask(ctx, dir, http.MethodPost, "/start", url.Values{"part": {part}})
	return err
}

// Down stops the stack whoever uses it and returns when nothing runs any more.
func Down(ctx context.Context, dir string) error {
	if _, err := ask(ctx, dir, http.MethodPost, "/stop", nil); err != nil {
		return err
	}
	return waitGone(ctx, dir)
}

func waitGone(ctx context.Context, dir string) error {
	for Alive(dir) {
		if err := sleep(ctx); err != nil {
			return fmt.Errorf("the stack is still stopping: %w", err)
		}
	}
	return nil
}

func ask(ctx context.Context, dir, method, path string, query url.Values) ([]byte, error) {
	state, err := ReadState(dir)
	if !Alive(dir) || err != nil {
		return nil, ErrDown
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+state.Control+path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+state.Token)
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask the supervisor: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("ask the supervisor: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(strings.TrimSpace(string(body)))
	}
	return body, nil
}
