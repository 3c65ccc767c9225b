package rest

import (
	"io"
	"net"
	"syscall"
	"time"
)

// The bounds of lingering: how long, how much, and how many connections at once.
const (
	lingerFor   = 2 * time.Second
	lingerBytes = 16 << 20
	lingerers   = 64
)

// Lingering gives a listener of which connections may be closed while the client still sends. Closing at once would have the
// kernel reset the connection, and the client would lose the answer that says why, a 413 above all (RFC 9112, section 9.6).
// So the rest of what comes is read and dropped first, in the background and within bounds.
func Lingering(l net.Listener) net.Listener {
	return &lingering{Listener: l, free: make(chan struct{}, lingerers)}
}

type lingering struct {
	net.Listener
	free chan struct{}
}

func (l *lingering) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok && err == nil {
		return &lingeringConn{TCPConn: tcp, free: l.free}, nil
	}
	return c, err
}

type lingeringConn struct {
	*net.TCPConn
	free chan struct{}
}

// Close closes at once unless something is there that nobody read.
func (c *lingeringConn) Close() error {
	if !c.unread() {
		return c.TCPConn.Close()
	}
	select {
	case c.free <- struct{}{}:
	default: // too many linger already
		return c.TCPConn.Close()
	}
	go func() {
		defer func() { _ = c.TCPConn.Close(); <-c.free }()
		// The deadline is the kernel's: no clock of ours.
		if c.CloseWrite() != nil || c.SetReadDeadline(time.Now().Add(lingerFor)) != nil {
			return
		}
		_, _ = io.CopyN(io.Discard, c.TCPConn, lingerBytes)
	}()
	return nil
}

// unread looks without taking anything and without waiting.
func (c *lingeringConn) unread() bool {
	raw, err := c.SyscallConn()
	if err != nil {
		return false
	}
	n := 0
	err = raw.Read(func(fd uintptr) bool {
		n, _, err = syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		return true
	})
	return err == nil && n > 0
}
