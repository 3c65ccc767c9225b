// Package probe asks the servers of the stack, in the fewest bytes, whether they are ready to work.
package probe

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// patience is how long one question may take.
const patience = 2 * time.Second

// Until repeats a question until it is answered well, the time is over, the process has ended or the context has.
func Until(ctx context.Context, limit time.Duration, ended <-chan struct{}, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		err := ask(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ended:
			return errors.New("it ended while starting")
		case <-ctx.Done():
			return fmt.Errorf("it is not ready after %s: %w", limit, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Local gives the address of a port of this computer.
func Local(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// exchange sends bytes to an address and reads as many as the answer has room for.
func exchange(ctx context.Context, address string, question, answer, farewell []byte) error {
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := conn.Write(question); err != nil {
		return err
	}
	if _, err := io.ReadFull(conn, answer); err != nil {
		return err
	}
	_, _ = conn.Write(farewell)
	return nil
}

// Postgres asks for a session in the database rentora; one that asks for a password works, too.
func Postgres(ctx context.Context, address string) error {
	body := []byte("user\x00postgres\x00database\x00rentora\x00application_name\x00probe\x00\x00")
	question := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
	question = binary.BigEndian.AppendUint32(question, 3<<16)
	answer := make([]byte, 1)
	if err := exchange(ctx, address, append(question, body...), answer, []byte("X\x00\x00\x00\x04")); err != nil {
		return err
	}
	if answer[0] != 'R' {
		return errors.New("it takes no sessions yet")
	}
	return nil
}

// Redis sends a PING; a server that still loads its data answers something else than PONG, or that it wants a password.
func Redis(ctx context.Context, address string) error {
	answer := make([]byte, 7)
	if err := exchange(ctx, address, []byte("PING\r\n"), answer, []byte("QUIT\r\n")); err != nil {
		return err
	}
	if !bytes.Equal(answer, []byte("+PONG\r\n")) && !bytes.Equal(answer, []byte("-NOAUTH")) {
		return fmt.Errorf("it answers %q", answer)
	}
	return nil
}

// Kafka asks for the cluster's metadata: a broker that is registered and not fenced is in it.
func Kafka(ctx context.Context, address string) error {
	body := []byte{0, 3, 0, 1, 0, 0, 0, 1, 0, 5, 'p', 'r', 'o', 'b', 'e', 0, 0, 0, 0} // metadata, version 1, no topics
	question := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)
	answer := make([]byte, 12) // size, correlation, number of brokers
	if err := exchange(ctx, address, question, answer, nil); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(answer[8:]) == 0 {
		return errors.New("it has no broker yet")
	}
	return nil
}

// HTTP wants status 200 from a path.
func HTTP(ctx context.Context, address, path string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return err
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", path, resp.Status)
	}
	return nil
}

// SMTP wants the greeting.
func SMTP(ctx context.Context, address string) error {
	answer := make([]byte, 3)
	if err := exchange(ctx, address, nil, answer, []byte("QUIT\r\n")); err != nil {
		return err
	}
	if string(answer) != "220" {
		return fmt.Errorf("it greets with %q", answer)
	}
	return nil
}
