package load

import (
	"bufio"
	"context"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/bench/usage"
)

// What the generator's process says on its output before the result, each on a line of its own.
const (
	lineBegan = "began"
	lineEnded = "ended"
)

// patience is how long one answer may take before the run fails.
const patience = 30 * time.Second

// Serve is the generator's process: it reads a plan, carries it out and writes when the measuring began, when it ended,
// and the result.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	var p Plan
	if err := gob.NewDecoder(in).Decode(&p); err != nil {
		return fmt.Errorf("read the plan: %w", err)
	}
	r, err := generate(ctx, p, func(line string) { fmt.Fprintln(out, line) })
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}

// The states of a run.
const (
	warming = iota
	measuring
	over
)

// run is what the connections of one run share.
type run struct {
	Plan
	state atomic.Int32
	next  atomic.Int64 // of Once
	begin time.Time
	wrong atomic.Int64

	mu      sync.Mutex
	example string
}

func generate(ctx context.Context, p Plan, say func(string)) (Result, error) {
	r := &run{Plan: p}
	clients := make([]*client, p.Connections)
	for i := range clients {
		conn, err := net.Dial("tcp", p.Address)
		if err != nil {
			return Result{}, fmt.Errorf("connect to %s: %w", p.Address, err)
		}
		clients[i] = newClient(r, i, conn)
		defer conn.Close()
	}
	g, ctx := errgroup.WithContext(ctx)
	clock, stop := context.WithCancel(ctx)
	if p.Warm == 0 { // before anybody asks: with Once there may be nothing left a moment later
		r.begin = time.Now()
		r.state.Store(measuring)
		say(lineBegan)
	}
	var all errgroup.Group
	for _, c := range clients {
		all.Go(func() error { return c.loop(ctx) })
	}
	before := usage.CPU(os.Getpid())
	g.Go(func() error {
		defer stop()
		return all.Wait()
	})
	if p.Warm > 0 && sleep(clock, p.Warm) {
		before, r.begin = usage.CPU(os.Getpid()), time.Now()
		r.state.Store(measuring)
		say(lineBegan)
	}
	sleep(clock, p.Measure)
	r.state.Store(over)
	ended := time.Now()
	cpu := usage.CPU(os.Getpid()) - before
	say(lineEnded)
	if err := g.Wait(); err != nil {
		return Result{}, err
	}
	return r.sum(clients, ended, cpu), nil
}

// sleep tells whether the time went by before the context ended.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (r *run) sum(clients []*client, ended time.Time, cpu float64) Result {
	all := newHistogram()
	result := Result{Statuses: map[int]int64{}, Wrong: r.wrong.Load(), Example: r.example, CPU: cpu}
	var last time.Time
	for _, c := range clients {
		all.Merge(c.latency)
		result.Requests += c.counted
		for status, n := range c.statuses {
			result.Statuses[status] += n
		}
		if c.last.After(last) {
			last = c.last
		}
	}
	if r.Once && int(r.next.Load()) > len(r.Requests) && last.Before(ended) {
		ended = last
	}
	if result.Seconds = ended.Sub(r.begin).Seconds(); result.Seconds > 0 {
		result.PerSecond = float64(result.Requests) / result.Seconds
	}
	result.Latency = latencyOf(all)
	return result
}

// client is one connection.
type client struct {
	*run
	conn     net.Conn
	in       *bufio.Reader
	order    *rand.Rand
	position int
	latency  *hdrhistogram.Histogram
	counted  int64
	statuses map[int]int64
	last     time.Time
}

func newClient(r *run, i int, conn net.Conn) *client {
	c := &client{run: r, conn: conn, in: bufio.NewReaderSize(conn, 64<<10), order: rand.New(rand.NewPCG(r.Seed, uint64(i))),
		latency: newHistogram(), statuses: map[int]int64{}}
	c.position = c.order.IntN(max(1, len(r.Requests)))
	return c
}

func (c *client) loop(ctx context.Context) error {
	answer := fasthttp.AcquireResponse()
	defer fasthttp.ReleaseResponse(answer)
	stop := context.AfterFunc(ctx, func() { _ = c.conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	pace := c.pacer()
	for c.state.Load() != over && ctx.Err() == nil {
		one, ok := c.pick()
		if !ok {
			return nil
		}
		if err := c.exchange(one, answer, pace(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// pick gives the request that is next for this connection.
func (c *client) pick() (Request, bool) {
	if !c.Once {
		c.position = (c.position + 1) % len(c.Requests)
		return c.Requests[c.position], true
	}
	n := c.next.Add(1) - 1
	if int(n) >= len(c.Requests) {
		return Request{}, false
	}
	return c.Requests[n], true
}

// pacer gives when the next request is due. With a rate, its latency counts from then on, whether the connection was free
// or not: a server that stalls delays all those behind it, and they must show it.
func (c *client) pacer() func(context.Context) time.Time {
	if c.Rate == 0 {
		return func(context.Context) time.Time { return time.Now() }
	}
	every := time.Duration(float64(c.Connections) / c.Rate * float64(time.Second))
	due := time.Now().Add(time.Duration(c.order.Int64N(int64(every))))
	return func(ctx context.Context) time.Time {
		this := due
		due = due.Add(every)
		if wait := time.Until(this); wait > 0 {
			sleep(ctx, wait)
		}
		return this
	}
}

func (c *client) exchange(one Request, answer *fasthttp.Response, began time.Time) error {
	measured := c.state.Load() == measuring
	_ = c.conn.SetDeadline(time.Now().Add(patience)) // reading reports what is wrong with the connection
	if _, err := c.conn.Write(one.Raw); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	answer.Reset()
	if err := answer.Read(c.in); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	ended := time.Now()
	status := answer.StatusCode()
	if one.Status != 0 && status != one.Status {
		c.complain(one, answer)
	}
	if !measured {
		return nil
	}
	_ = c.latency.RecordValue(min(ended.Sub(began).Nanoseconds(), histogramMost))
	if c.state.Load() == measuring {
		c.counted++
		c.statuses[status]++
		c.last = ended
	}
	return nil
}

func (c *client) complain(one Request, answer *fasthttp.Response) {
	if c.wrong.Add(1) > 1 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	body := answer.Body()
	c.example = fmt.Sprintf("status %d instead of %d: %s", answer.StatusCode(), one.Status, body[:min(len(body), 300)])
}
