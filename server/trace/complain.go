package trace

import (
	"log/slog"
	"sync"
	"time"
)

// complainer tells the log what the exporter could not do, now and then: a receiver that is away fails every second.
type complainer struct {
	log   *slog.Logger
	every time.Duration

	mu    sync.Mutex
	last  time.Time
	quiet int
}

// Handle implements otel.ErrorHandler.
func (c *complainer) Handle(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.last) < c.every {
		c.quiet++
		return
	}
	c.log.Warn("spans could not be sent and are lost; all else goes on", "error", err.Error(), "more_since_the_last", c.quiet)
	c.last, c.quiet = time.Now(), 0
}
