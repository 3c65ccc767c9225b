package testkit

import (
	"context"
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// Proxy carries TCP to a server and can be told to carry it badly. It listens on loopback and is safe for concurrent use.
type Proxy struct {
	Addr   string // host:port to connect to instead of the server's
	target string
	ctx    context.Context // ends with the test: what runs below must end too

	mu    sync.Mutex
	way   Way
	moved chan struct{} // closed when way changes
	open  map[net.Conn]bool
}

// Way is how a proxy carries. The zero value is as fast as it can.
type Way struct {
	Latency time.Duration // before each piece of up to 16 KiB, in both directions
	Rate    int           // bytes per second of each connection and direction; 0 is unlimited
	Hangs   bool          // nothing is carried, connections stay open: a server that has stopped answering
}

// NewProxy listens until the test ends.
func NewProxy(t testing.TB, target string) *Proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &Proxy{Addr: listener.Addr().String(), target: target, ctx: ctx, moved: make(chan struct{}), open: map[net.Conn]bool{}}
	var all sync.WaitGroup
	all.Go(func() { p.accept(listener, &all) })
	t.Cleanup(func() {
		cancel()
		_ = listener.Close()
		p.Cut()
		all.Wait()
	})
	return p
}

// Set changes how everything is carried from now on.
func (p *Proxy) Set(w Way) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.way = w
	close(p.moved)
	p.moved = make(chan struct{})
}

// Cut ends every connection that is open.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		_ = c.Close()
	}
}

func (p *Proxy) accept(listener net.Listener, all *sync.WaitGroup) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		all.Go(func() { p.serve(client) })
	}
}

func (p *Proxy) serve(client net.Conn) {
	defer p.keep(client)()
	server, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(p.ctx, "tcp", p.target)
	if err != nil {
		return
	}
	defer p.keep(server)()
	var both sync.WaitGroup
	both.Go(func() { p.carry(server, client) })
	both.Go(func() { p.carry(client, server) })
	both.Wait()
}

// keep notes a connection, so that it can be cut, and gives what closes it.
func (p *Proxy) keep(c net.Conn) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[c] = true
	if p.ctx.Err() != nil {
		_ = c.Close()
	}
	return func() {
		_ = c.Close()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.open, c)
	}
}

func (p *Proxy) carry(to, from net.Conn) {
	defer func() { _, _ = to.Close(), from.Close() }()
	piece := make([]byte, 16<<10)
	for {
		n, err := from.Read(piece)
		if n > 0 && (!p.delay(n) || !written(to, piece[:n])) {
			return
		}
		if err != nil {
			return
		}
	}
}

func written(to io.Writer, piece []byte) bool {
	_, err := to.Write(piece)
	return err == nil
}

// delay holds a piece back as the way of the moment says; false when the test is over.
func (p *Proxy) delay(n int) bool {
	for {
		p.mu.Lock()
		way, moved := p.way, p.moved
		p.mu.Unlock()
		wait := way.Latency
		if way.Rate > 0 {
			wait += time.Duration(n) * time.Second / time.Duration(way.Rate)
		}
		if !way.Hangs && wait == 0 {
			return true
		}
		var over <-chan time.Time
		if !way.Hangs {
			over = time.After(wait)
		}
		select {
		case <-p.ctx.Done():
			return false
		case <-over:
			return true
		case <-moved: // how long is left is decided anew
		}
	}
}
