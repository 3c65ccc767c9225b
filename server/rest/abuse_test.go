package rest_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/testkit"
)

// wire is one connection on which a test writes what no client library would.
type wire struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func (d *doorway) wire() *wire {
	d.t.Helper()
	var dialer net.Dialer
	conn, err := dialer.DialContext(d.t.Context(), "tcp", strings.TrimPrefix(d.base, "http://"))
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		d.t.Fatal(err)
	}
	return &wire{t: d.t, Conn: conn, r: bufio.NewReader(conn)}
}

// send writes; that the server stops reading before the end is its right.
func (w *wire) send(parts ...string) *wire {
	for _, part := range parts {
		if _, err := io.WriteString(w, part); err != nil {
			break
		}
	}
	return w
}

// drip sends what begins a request and then a byte at every turn, until the server takes no more.
func (w *wire) drip(begins string, every time.Duration) *wire {
	w.send(begins)
	ended := w.t.Context().Done()
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				return
			case <-tick.C:
			}
			if _, err := io.WriteString(w, "1"); err != nil {
				return
			}
		}
	}()
	return w
}

// answer reads one answer, to a request that was not HEAD.
func (w *wire) answer() (int, http.Header, string) {
	w.t.Helper()
	r, err := http.ReadResponse(w.r, nil)
	if err != nil {
		w.t.Fatalf("no answer: %v", err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.t.Fatalf("half an answer: %v", err)
	}
	return r.StatusCode, r.Header, string(body)
}

// ends wants the server to close the connection, and not the test's own patience to end.
func (w *wire) ends() {
	w.t.Helper()
	if _, err := io.Copy(io.Discard, w.r); errors.Is(err, os.ErrDeadlineExceeded) {
		w.t.Error("the connection stays open")
	}
}

const login = "POST /api/v1/auth/login HTTP/1.1\r\nHost: rentora.example\r\nContent-Type: application/json\r\n"

func post(body string, headers ...string) string {
	return login + strings.Join(headers, "") + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
}

func manyFields(n int) string {
	fields := make([]string, n)
	for i := range fields {
		fields[i] = fmt.Sprintf(`"field%d":1`, i)
	}
	return "{" + strings.Join(fields, ",") + "}"
}

func TestAbusiveRequestsAreRefusedInOrder(t *testing.T) {
	t.Parallel()
	d := open(t, func(c *config.Config) { c.HTTP.BodyLimit = 1 << 20 }, nil, nil)
	for what, c := range map[string]struct {
		request string
		status  int
	}{
		"no JSON":                      {post(`{"email":`), 400},
		"no JSON at all":               {post("\x00\xff\xfe"), 400},
		"no body":                      {post(""), 400},
		"something after the JSON":     {post(`{"email":"a@example.test","password":"x"} {}`), 400},
		"arrays 500,000 deep":          {post(strings.Repeat("[", 500_000)), 400},
		"objects 100,000 deep":         {post(strings.Repeat(`{"a":`, 100_000)), 400},
		"arrays 5,000 deep and closed": {post(strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000)), 400},
		"a number of 500,000 digits":   {post(`{"email":` + strings.Repeat("9", 500_000) + `}`), 400},
		"50,000 fields":                {post(manyFields(50_000)), 400},
		"a wrong encoding":             {post("{}", "Content-Encoding: gzip\r\n"), 415},
		"two encodings":                {post("{}", "Content-Encoding: gzip, br\r\n"), 415},
		"an unknown encoding":          {post("{}", "Content-Encoding: identity, zip\r\n"), 415},
		"no media type":                {"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}", 415},
		"10 MB that do not come":       {login + "Content-Length: 10485760\r\n\r\n", 413},
		"10 MB in pieces":              {login + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("10000\r\n"+strings.Repeat("x", 1<<16)+"\r\n", 160) + "0\r\n\r\n", 413},
		"a length that is no number":   {login + "Content-Length: many\r\n\r\n", 400},
		"a negative length":            {login + "Content-Length: -2\r\n\r\n{}", 400},
		"a length beyond all numbers":  {login + "Content-Length: 99999999999999999999999\r\n\r\n{}", 400},
		"pieces that are none":         {login + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400},
		"1,000 headers":                {"GET /livez HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X-Filler: 0123456789\r\n", 1000) + "\r\n", 431},
		"one long header":              {"GET /livez HTTP/1.1\r\nHost: x\r\nX-Filler: " + strings.Repeat("a", 20_000) + "\r\n\r\n", 431},
		"a long address":               {"GET /" + strings.Repeat("a", 20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 431},
		"a long unknown address":       {"GET /" + strings.Repeat("a/", 4_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 404},
		"a query of 1,000 names":       {"GET /api/v1/search/places?" + strings.Repeat("a&", 1000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"an address with NUL":          {"GET /api/v1/listings/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"an address that climbs":       {"GET /api/v1/../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404},
		"a method of 1,000 letters":    {strings.Repeat("A", 1000) + " /livez HTTP/1.1\r\nHost: x\r\n\r\n", 405},
		"no HTTP":                      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := d.wire()
			w.t = t
			status, header, body := w.send(c.request).answer()
			if status != c.status {
				t.Fatalf("status %d, want %d: %.300s", status, c.status, body)
			}
			if err := testkit.CheckEnvelope(status, header, []byte(body)); err != nil {
				t.Errorf("%v: %.300s", err, body)
			}
			if len(body) > 8<<10 {
				t.Errorf("the answer has %d bytes", len(body))
			}
		})
	}
}

// What the sender and a proxy could read as two different requests ends the connection.
func TestAmbiguousLengthsAreNotBelieved(t *testing.T) {
	t.Parallel()
	d := open(t, nil, nil, nil)
	const hidden = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
	for what, request := range map[string]string{
		"two lengths":          login + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + hidden,
		"length and pieces":    login + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"pieces and something": login + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
	} {
		w := d.wire().send(request)
		if status, _, body := w.answer(); status < 400 || status > 499 {
			t.Errorf("%s: %d %s", what, status, body)
		}
		if rest, _ := io.ReadAll(w.r); strings.Contains(string(rest), "alive") {
			t.Errorf("%s: the hidden request was answered", what)
		}
	}
}

// Requests that come in one piece are answered one by one, in order; what follows the last of them and is none ends the connection.
func TestPipelining(t *testing.T) {
	t.Parallel()
	w := open(t, nil, nil, nil).wire()
	w.send(strings.Repeat("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", 100), post("{}"), "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", "garbage\r\n\r\n")
	for i := range 100 {
		if status, _, body := w.answer(); status != 200 {
			t.Fatalf("%d: %d %s", i, status, body)
		}
	}
	for i, want := range []int{400, 404, 400} {
		if status, _, body := w.answer(); status != want {
			t.Errorf("%d after the hundred: %d, want %d: %s", i, status, want, body)
		}
	}
	w.ends()
}

// Clients that send byte by byte, or nothing, are given up after the time a request may take; others are served meanwhile.
func TestSlowClientsAreGivenUp(t *testing.T) {
	t.Parallel()
	d := open(t, func(c *config.Config) { c.HTTP.ReadTimeout = 500 * time.Millisecond }, nil, nil)
	slow := map[string]*wire{}
	for what, begins := range map[string]string{
		"within the headers": "GET /livez HTTP/1.1\r\nHost: x\r\nX-",
		"within the body":    login + "Content-Length: 1000\r\n\r\n{",
		"within the pieces":  login + "Transfer-Encoding: chunked\r\n\r\n1000\r\n{",
	} {
		for i := range 30 {
			slow[fmt.Sprintf("%s, %d", what, i)] = d.wire().send(begins)
		}
		// Every byte comes before the time for one would be over; all 1,000 of them would take longer than the test waits.
		slow[what+", byte by byte"] = d.wire().drip(begins, 100*time.Millisecond)
	}
	if r := d.ask(http.MethodGet, "/livez", ""); r.Status != 200 {
		t.Errorf("%d beside slow clients", r.Status)
	}
	for what, w := range slow {
		r, err := http.ReadResponse(w.r, nil)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: not given up", what)
		}
		if err != nil {
			continue // closed without a word is an answer too
		}
		body, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		var envelope contract.FailureEnvelope
		if err := json.Unmarshal(body, &envelope); err != nil || r.StatusCode != 408 && r.StatusCode != 400 {
			t.Errorf("%s: %d %s", what, r.StatusCode, body)
		}
		w.ends()
	}
}
