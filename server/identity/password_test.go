package identity

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
)

func TestHasherIsBounded(t *testing.T) {
	t.Parallel()
	h := newHasher(4, 1)
	h.slots <- struct{}{} // somebody hashes
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	for range waitersPerOne + 1 {
		go func() {
			_, err := h.matches(ctx, "", "a password")
			waiting <- err
		}()
	}
	for len(h.queue) < cap(h.queue) { // all that may wait do
		select {
		case err := <-waiting:
			t.Fatalf("did not wait: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	_, err := h.hash(t.Context(), "a password")
	e, _ := err.(*errs.Error) //nolint:errorlint // not wrapped
	if e == nil || e.Kind != errs.Unavailable || e.RetryAfter <= 0 {
		t.Errorf("with a full queue: %v", err)
	}
	cancel()
	for range waitersPerOne + 1 {
		if err := <-waiting; !errs.Is(err, errs.Unavailable) {
			t.Errorf("a caller who gave up: %v", err)
		}
	}
	<-h.slots
	if _, err := h.hash(t.Context(), "a password"); err != nil {
		t.Errorf("with a free slot: %v", err)
	}
}

func TestHasherNeverCutsAPassword(t *testing.T) {
	t.Parallel()
	h := newHasher(4, 1)
	hash, err := h.hash(t.Context(), strings.Repeat("x", 72))
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{strings.Repeat("x", 72): true, strings.Repeat("x", 73): false, strings.Repeat("x", 71): false, "": false} {
		if got, err := h.matches(t.Context(), hash, password); got != want || err != nil {
			t.Errorf("%d bytes: %t, %v", len(password), got, err)
		}
	}
	if _, err := h.hash(t.Context(), strings.Repeat("x", 73)); !errs.Is(err, errs.Invalid) {
		t.Errorf("73 bytes: %v", err)
	}
}

// TestDummyCostsTheSame makes sure that bcrypt reads the dummy hash to its end instead of refusing it at once.
func TestDummyCostsTheSame(t *testing.T) {
	t.Parallel()
	h := newHasher(10, 1)
	began := time.Now()
	if same, err := h.matches(t.Context(), "", "a password"); same || err != nil {
		t.Errorf("%t, %v", same, err)
	}
	if took := time.Since(began); took < 5*time.Millisecond {
		t.Errorf("took %v: nothing was hashed", took)
	}
}

func TestLocalCountersAreBounded(t *testing.T) {
	t.Parallel()
	l := &localCounters{byID: map[string]counter{}}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	q := []quota{{limit: 2, window: time.Minute}}
	for i := range maxCounters + 10 {
		l.take([]string{strings.Repeat("k", i%7) + time.Duration(i).String()}, q, now)
	}
	if n := len(l.byID); n != maxCounters {
		t.Errorf("%d counters", n)
	}
	l.take([]string{"later"}, q, now.Add(time.Hour))
	if n := len(l.byID); n != 1 {
		t.Errorf("%d counters after all others ran out", n)
	}
}

func TestTidyUserAgent(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{"curl/8": "curl/8", "a\x00b\nc\x7f": "abc", "a\xffb": "ab"} {
		if got := tidyUserAgent(raw); got != want {
			t.Errorf("%q: %q", raw, got)
		}
	}
	if got := tidyUserAgent(strings.Repeat("é", 200)); len(got) != 300 {
		t.Errorf("%d bytes", len(got))
	}
}
