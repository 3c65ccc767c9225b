package seed

import "sync"

// counter adds up what several goroutines have done, and tells it in order.
type counter struct {
	mu          sync.Mutex
	step        string
	done, total int
	tell        func(Progress)
	earlier     int
}

// Progress is how far a step is.
type Progress struct {
	Step        string
	Done, Total int
	Earlier     int // of Done: by a run that was interrupted
}

// skip counts what an earlier run has done.
func (c *counter) skip(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.earlier += n
	c.advance(n)
}

func (c *counter) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance(n)
}

func (c *counter) advance(n int) {
	c.done += n
	c.tell(Progress{Step: c.step, Done: c.done, Total: c.total, Earlier: c.earlier})
}

// at tells an absolute figure.
func (c *counter) at(done, total int) {
	c.tell(Progress{Step: c.step, Done: done, Total: total})
}
