package events_test

import (
	"net"
	"os"
	"testing"
	"time"

	"github.com/rentora/rentora/server/events"
)

// TestAConnectionIsPatient holds a connection to the broker against a deadline that is over already, as it is for a worker
// that got no processor in time: it still asks, and still hears the answer, but does not wait without end.
func TestAConnectionIsPatient(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	echoed := make(chan error, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			echoed <- err
			return
		}
		defer conn.Close()
		word := make([]byte, 4)
		if _, err = conn.Read(word); err == nil {
			_, err = conn.Write(word)
		}
		echoed <- err
	}()
	conn, err := events.DialPatiently(t.Context(), "tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	over := time.Now().Add(-time.Second)
	if err := conn.SetWriteDeadline(over); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("ping")); err != nil {
		t.Errorf("a second after its time, asking: %v", err)
	}
	if err := conn.SetReadDeadline(over); err != nil {
		t.Fatal(err)
	}
	word := make([]byte, 4)
	if _, err := conn.Read(word); err != nil || string(word) != "ping" {
		t.Errorf("a second after its time, the answer: %q, %v", word, err)
	}
	if err := <-echoed; err != nil {
		t.Error(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(word); !os.IsTimeout(err) {
		t.Errorf("a minute after its time: %v", err)
	}
}
