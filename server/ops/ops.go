// Package ops is what a process tells those who run it: whether it lives, what is missing, and its metrics, on a port of
// its own that no visitor reaches.
package ops

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Check is one part that the process works with.
type Check struct {
	Name     string
	Required bool // false: its absence is told, but the process counts as ready
	Probe    func(context.Context) error
}

// Checked is what a check found.
type Checked struct {
	Name     string `json:"name"`
	OK       bool   `json:"ok"`
	Required bool   `json:"required"`
}

// Verdict of all checks: "ready", "degraded" while an optional part is missing, "not ready" while a required one is.
type Verdict struct {
	Status  string    `json:"status"`
	Missing []string  `json:"missing"` // never nil
	Checks  []Checked `json:"checks"`
}

// Ready says whether the process may be given work.
func (v Verdict) Ready() bool { return v.Status != notReady }

const (
	allReady = "ready"
	degraded = "degraded"
	notReady = "not ready"
)

const (
	patience = 2 * time.Second // of all probes together
	memory   = time.Second     // how long a verdict holds, so that a flood of questions is one
)

// Board gathers what is told. Its methods may be called at once.
type Board struct {
	log      *slog.Logger
	registry *prometheus.Registry
	now      func() time.Time

	mu     sync.Mutex
	checks []Check
	stuck  []func() string

	asking sync.Mutex // held while the probes run: who asks meanwhile gets the same verdict
	last   Verdict
	until  time.Time
}

// New makes a board without checks.
func New(log *slog.Logger, registry *prometheus.Registry, now func() time.Time) *Board {
	return &Board{log: log, registry: registry, now: now}
}

// Add adds checks. One whose name is there already is left out: the process asks each part once.
func (b *Board) Add(checks ...Check) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, one := range checks {
		if !slices.ContainsFunc(b.checks, func(c Check) bool { return c.Name == one.Name }) {
			b.checks = append(b.checks, one)
		}
	}
}

// AddStuck adds what names a part that only a new process helps, or gives "" while there is none.
func (b *Board) AddStuck(find func() string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stuck = append(b.stuck, find)
}

// Stuck names a part that only a new process helps; "" when the process lives well.
func (b *Board) Stuck() string {
	b.mu.Lock()
	finders := slices.Clone(b.stuck)
	b.mu.Unlock()
	for _, find := range finders {
		if name := find(); name != "" {
			return name
		}
	}
	return ""
}

// Verdict asks every part, all at once and for two seconds at most, or gives the verdict of the last second. The end of
// one asker's context ends nothing for the others.
func (b *Board) Verdict(ctx context.Context) Verdict {
	b.asking.Lock()
	defer b.asking.Unlock()
	if b.now().Before(b.until) {
		return b.last
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	b.mu.Lock()
	checks := slices.Clone(b.checks)
	b.mu.Unlock()
	b.last = judge(b.ask(ctx, checks))
	b.until = b.now().Add(memory)
	return b.last
}

// ask gives a result for each check. Causes stay in the log: they may hold addresses.
func (b *Board) ask(ctx context.Context, checks []Check) []Checked {
	results := make([]Checked, len(checks))
	var all sync.WaitGroup
	for i, check := range checks {
		all.Go(func() {
			err := check.Probe(ctx)
			results[i] = Checked{Name: check.Name, OK: err == nil, Required: check.Required}
			if err != nil {
				b.log.Warn("not ready", "part", check.Name, "required", check.Required, "error", err.Error())
			}
		})
	}
	all.Wait()
	return results
}

func judge(results []Checked) Verdict {
	v := Verdict{Status: allReady, Missing: []string{}, Checks: results}
	for _, one := range results {
		switch {
		case one.OK:
			continue
		case one.Required:
			v.Status = notReady
		case v.Status == allReady:
			v.Status = degraded
		}
		v.Missing = append(v.Missing, one.Name)
	}
	return v
}
