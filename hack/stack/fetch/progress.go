package fetch

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// Board shows one aligned line per artefact: redrawn in place on a terminal, and elsewhere printed when something
// begins or ends and now and then in between.
type Board struct {
	mu      sync.Mutex
	out     io.Writer
	tty     bool
	lines   []*Line
	drawn   int
	stopped chan struct{}
	done    sync.WaitGroup
}

// Line is the progress of one artefact. Its methods may be called concurrently.
type Line struct {
	board          *Board
	title, version string
	total, bytes   int64
	note, end      string
	began, ended   time.Time
}

// NewBoard begins to show; Close ends it.
func NewBoard(out io.Writer) *Board {
	b := &Board{out: out, stopped: make(chan struct{})}
	every := 30 * time.Second
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		b.tty, every = true, 200*time.Millisecond
	}
	b.done.Go(func() { b.show(every) })
	return b
}

func (b *Board) show(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-b.stopped:
			return
		case <-tick.C:
			b.refresh()
		}
	}
}

// Close draws the last picture.
func (b *Board) Close() {
	close(b.stopped)
	b.done.Wait()
	if b.tty {
		b.refresh()
	}
}

func (b *Board) refresh() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.tty {
		b.redraw()
		return
	}
	for _, l := range b.lines {
		if l.end == "" {
			_, _ = fmt.Fprintln(b.out, l.text())
		}
	}
}

func (b *Board) redraw() {
	var text strings.Builder
	if b.drawn > 0 {
		fmt.Fprintf(&text, "\x1b[%dA", b.drawn)
	}
	for _, l := range b.lines {
		text.WriteString("\r\x1b[K" + l.text() + "\n")
	}
	b.drawn = len(b.lines)
	_, _ = io.WriteString(b.out, text.String())
}

// Line adds a line; size is the bytes to come, 0 when nobody knows.
func (b *Board) Line(title, version string, size int64) *Line {
	l := &Line{board: b, title: title, version: short(version), total: size, began: time.Now(), note: "begins"}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, l)
	b.print(l)
	l.note = ""
	return l
}

func (b *Board) print(l *Line) {
	if b.tty {
		b.redraw()
	} else {
		_, _ = fmt.Fprintln(b.out, l.text())
	}
}

// Bytes says how much has come so far.
func (l *Line) Bytes(n int64) {
	l.board.mu.Lock()
	defer l.board.mu.Unlock()
	if l.end == "" {
		l.bytes = max(l.bytes, n)
		if l.total > 0 {
			l.bytes = min(l.bytes, l.total)
		}
	}
}

// Note says what is being done now.
func (l *Line) Note(text string) {
	l.board.mu.Lock()
	defer l.board.mu.Unlock()
	l.note = text
}

// Done ends the line well.
func (l *Line) Done() { l.finish("done") }

// Fail ends the line badly.
func (l *Line) Fail() { l.finish("failed") }

func (l *Line) finish(word string) {
	l.board.mu.Lock()
	defer l.board.mu.Unlock()
	l.end, l.note, l.ended = word, word, time.Now()
	if word == "done" && l.total > 0 {
		l.bytes = l.total
	}
	l.board.print(l)
}

func (l *Line) text() string {
	elapsed := time.Since(l.began)
	if l.end != "" {
		elapsed = l.ended.Sub(l.began)
	}
	return strings.TrimRight(fmt.Sprintf("  %-20s %-13s %-18s %7.1f s   %s", l.title, l.version, l.amount(), elapsed.Seconds(), l.note), " ")
}

func (l *Line) amount() string {
	switch {
	case l.total > 0:
		return fmt.Sprintf("%5.1f of %5.1f MB", megabytes(l.bytes), megabytes(l.total))
	case l.bytes > 0:
		return fmt.Sprintf("%5.1f MB", megabytes(l.bytes))
	}
	return ""
}

func megabytes(n int64) float64 { return float64(n) / 1e6 }

// short cuts a version without tags down to its date.
func short(version string) string {
	if date, found := strings.CutPrefix(version, "v0.0.0-"); found && len(date) > 8 {
		return date[:8]
	}
	return version
}
