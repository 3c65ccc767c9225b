// Package logs writes the programs' log: lines of quiet levels in batches, all others at once.
package logs

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// Writer collects what is written for a tenth of a second or 32 KiB, because a system call for every line costs a request
// more than making the line. A line that warns, or tells an error, is written at once, with all before it. It is safe for
// concurrent use. A program that is killed loses at most what was collected; one that ends calls Flush.
type Writer struct {
	mu    sync.Mutex
	out   io.Writer
	lines []byte
	timer *time.Timer
}

const (
	batchFor   = 100 * time.Millisecond
	batchBytes = 32 << 10
)

// NewWriter gives a writer to out.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

var urgent = [][]byte{[]byte(`"level":"WARN"`), []byte(`"level":"ERROR"`), []byte("level=WARN"), []byte("level=ERROR")}

// head is how far into a line its level stands at most.
const head = 80

// Write implements io.Writer for one line at a time, as log/slog writes them.
func (w *Writer) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, line...)
	if len(w.lines) >= batchBytes || isUrgent(line) {
		return len(line), w.flush()
	}
	if w.timer == nil {
		w.timer = time.AfterFunc(batchFor, func() { _ = w.Flush() })
	} else if len(w.lines) == len(line) { // the first of a batch
		w.timer.Reset(batchFor)
	}
	return len(line), nil
}

func isUrgent(line []byte) bool {
	start := line[:min(len(line), head)]
	for _, level := range urgent {
		if bytes.Contains(start, level) {
			return true
		}
	}
	return false
}

// Flush writes what was collected.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.flush()
}

func (w *Writer) flush() error {
	if len(w.lines) == 0 {
		return nil
	}
	_, err := w.out.Write(w.lines)
	w.lines = w.lines[:0]
	return err
}
