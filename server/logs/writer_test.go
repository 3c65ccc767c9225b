package logs_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rentora/rentora/server/logs"
	"github.com/rentora/rentora/server/testkit"
)

type sink struct {
	mu     sync.Mutex
	writes int
	all    bytes.Buffer
}

func (s *sink) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	return s.all.Write(p)
}

func (s *sink) state() (writes, lines int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes, strings.Count(s.all.String(), "\n")
}

func TestQuietLinesComeInBatches(t *testing.T) {
	t.Parallel()
	out := &sink{}
	log := slog.New(slog.NewJSONHandler(logs.NewWriter(out), nil))
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 100 {
				log.Info("request", "i", i, "j", j)
			}
		})
	}
	all.Wait()
	testkit.Eventually(t, 10*time.Second, func() error {
		if writes, lines := out.state(); lines != 800 || writes > 100 {
			return fmt.Errorf("%d lines in %d writes", lines, writes)
		}
		return nil
	})
	log.Info("one more") // the batch after one that was written by the time
	testkit.Eventually(t, 10*time.Second, func() error {
		if _, lines := out.state(); lines != 801 {
			return fmt.Errorf("%d lines", lines)
		}
		return nil
	})
}

func TestWarningsComeAtOnce(t *testing.T) {
	t.Parallel()
	for _, format := range []func(w *logs.Writer) slog.Handler{
		func(w *logs.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
		func(w *logs.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
	} {
		out := &sink{}
		w := logs.NewWriter(out)
		log := slog.New(format(w))
		log.Info("first")
		log.Warn("second")
		log.Error("third")
		if writes, lines := out.state(); writes != 2 || lines != 3 {
			t.Errorf("%d lines in %d writes", lines, writes)
		}
		log.Info("last")
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if _, lines := out.state(); lines != 4 {
			t.Errorf("%d lines after the flush", lines)
		}
	}
}
