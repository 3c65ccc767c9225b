package search

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/testkit"
)

// own gives the world a search server of its own, which may be hurt.
func (w *world) own() *stack.Session {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Minute)
	defer cancel()
	session, err := stack.Join(ctx, w.t.TempDir(), stack.Options{Durable: true, Grace: time.Second})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := session.LeaveAndStop(ctx); err != nil {
			w.t.Error(err)
		}
	})
	w.config.URL, w.config.APIKey, w.config.Timeout = session.TypesenseURL, session.TypesenseAPIKey, 2*time.Second
	w.Service = w.service(w.config)
	if err := w.EnsureCollection(ctx, func(int, int) {}); err != nil {
		w.t.Fatal(err)
	}
	return session
}

// The consumer and the scheduler try again, as here, until the server is back.
func TestTheIndexCatchesUpAfterTheServerWasKilled(t *testing.T) {
	t.Parallel()
	homes := make([]home, 40)
	for i := range homes {
		homes[i] = titled(fmt.Sprintf("Home %02d", i), nil)
	}
	w := newWorld(t, homes...)
	session := w.own()
	if err := session.Kill(t.Context(), "typesense"); err != nil {
		t.Fatal(err)
	}
	_, err := w.Search(t.Context(), Query{})
	wantAway(t, err)
	_, err = w.Suggest(t.Context(), "por", 1)
	wantAway(t, err)
	var waiting atomic.Int32
	caughtUp := make(chan error, len(homes))
	for i, h := range homes { // what happens meanwhile is in the record at once
		w.exec("update listings set title = $2, status = $3 where id = $1", h.ID, fmt.Sprintf("Later %02d", i), []string{"live", "paused"}[i%2])
		go func(id uuid.UUID) {
			waiting.Add(1)
			attempt := func() error {
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				return w.Index(ctx, id)
			}
			err := attempt()
			for ; errs.Is(err, errs.Unavailable); err = attempt() {
				if pause(t.Context(), 100*time.Millisecond) != nil {
					break
				}
			}
			caughtUp <- err
		}(h.ID)
	}
	testkit.Eventually(t, time.Minute, func() error {
		if waiting.Load() < int32(len(homes)) {
			return fmt.Errorf("only %d wait", waiting.Load())
		}
		return nil
	})
	if err := session.Start(t.Context(), "typesense"); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for range homes {
		if err := <-caughtUp; err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("caught up %s after the start", time.Since(began).Round(time.Millisecond))
	w.wantNoDrift()
	if r := w.search(Query{Text: "later"}); r.Found == 0 {
		t.Error("what changed meanwhile is not found")
	}
}
