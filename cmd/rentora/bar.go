package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/rentora/rentora/server/seed"
)

// bar draws one line per step with its rate and the time that is left: redrawn on a terminal, else written now and then and
// when the step is through. It is safe for concurrent use.
type bar struct {
	mu    sync.Mutex
	out   io.Writer
	live  bool
	step  string
	began time.Time
	last  time.Time // when something was written
}

const (
	barWidth = 30
	barPause = 10 * time.Second // between two lines in a log
)

func (b *bar) draw(step string, done, total int) {
	b.advance(seed.Progress{Step: step, Done: done, Total: total})
}

func (b *bar) advance(p seed.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p.Total == 0 {
		return
	}
	now := time.Now()
	if p.Step != b.step {
		b.step, b.began, b.last = p.Step, now, now
	}
	line := barLine(p, now.Sub(b.began))
	switch {
	case b.live && p.Done < p.Total:
		fmt.Fprint(b.out, "\r"+line)
	case b.live:
		fmt.Fprintln(b.out, "\r"+line)
	case p.Done == p.Total || now.Sub(b.last) >= barPause:
		b.last = now
		fmt.Fprintln(b.out, line)
	}
}

// barLine is as long for every step and figure, so that lines stand under each other.
func barLine(p seed.Progress, took time.Duration) string {
	filled := barWidth * p.Done / p.Total
	fresh := float64(p.Done - p.Earlier) // what an earlier run did says nothing about the rate
	rate, left := "", ""
	if took > 0 && fresh > 0 {
		rate = fmt.Sprintf("%.0f/s", fresh/took.Seconds())
	}
	switch {
	case p.Done == p.Total:
		left = fmt.Sprintf("in %.1f s", took.Seconds())
	case rate != "":
		left = fmt.Sprintf("%.0f s left", float64(p.Total-p.Done)*took.Seconds()/fresh)
	}
	return fmt.Sprintf("  %-14s %s%s %8d of %-8d %10s %12s", p.Step, strings.Repeat("█", filled), strings.Repeat("░", barWidth-filled),
		p.Done, p.Total, rate, left)
}
