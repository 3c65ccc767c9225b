package testkit

import (
	"bufio"
	"net"
	"os"
	"testing"
	"time"
)

func TestProxy(t *testing.T) {
	t.Parallel()
	p := NewProxy(t, echo(t))
	c, err := net.Dial("tcp", p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	say := func(within time.Duration) error {
		if err := c.SetDeadline(time.Now().Add(within)); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Write([]byte("ping\n")); err != nil {
			return err
		}
		_, err := bufio.NewReader(c).ReadString('\n')
		return err
	}
	if err := say(10 * time.Second); err != nil {
		t.Fatal(err)
	}
	p.Set(Way{Latency: 100 * time.Millisecond, Rate: 100})
	began := time.Now()
	if err := say(10 * time.Second); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 300*time.Millisecond { // twice 100 ms and five bytes at 100 a second
		t.Errorf("there and back took %s", took)
	}
	p.Set(Way{Hangs: true})
	if err := say(100 * time.Millisecond); !os.IsTimeout(err) {
		t.Errorf("a proxy that hangs answered: %v", err)
	}
	p.Set(Way{})
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || line != "ping\n" {
		t.Errorf("what was held back came as %q, %v", line, err)
	}
	p.Cut()
	if err := say(10 * time.Second); err == nil {
		t.Error("a cut connection answered")
	}
}

func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				lines := bufio.NewReader(c)
				for {
					line, err := lines.ReadString('\n')
					if err != nil {
						return
					}
					if _, err := c.Write([]byte(line)); err != nil {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}
