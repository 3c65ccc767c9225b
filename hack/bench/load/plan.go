// Package load sends requests to a server from a process of its own and measures the answers.
package load

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// Plan says what a generator sends. It is a closed loop: each connection waits for its answer before it asks again.
type Plan struct {
	Address     string // host:port
	Connections int
	Warm        time.Duration // asked and not counted
	Measure     time.Duration
	Requests    []Request
	Once        bool    // each request goes out at most once, and the run ends when they are used up
	Rate        float64 // requests a second over all connections; 0: as fast as the answers come
	Seed        uint64  // of the order in which connections go through Requests; every side of a contest gets the same
}

// Request is one request as it goes over the wire, and the status that its answer must have.
type Request struct {
	Raw    []byte
	Status int // 0: any
}

// Get asks for a path; token may be empty.
func Get(path, token string, status int) Request { return request("GET", path, token, "", status) }

// Post sends JSON; token may be empty.
func Post(path, token, body string, status int) Request {
	return request("POST", path, token, body, status)
}

func request(method, path, token, body string, status int) Request {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: bench.test\r\nAccept: application/json\r\n", method, path)
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	if body != "" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n" + body)
	return Request{Raw: []byte(b.String()), Status: status}
}

// With gives the request with one more header.
func (r Request) With(name, value string) Request {
	head, body, _ := bytes.Cut(r.Raw, []byte("\r\n\r\n"))
	r.Raw = fmt.Appendf(nil, "%s\r\n%s: %s\r\n\r\n%s", head, name, value, body)
	return r
}

// Result is what a generator saw.
type Result struct {
	Requests  int64         // answered within the measured time
	Seconds   float64       // of the measured time; of a Once that was used up, until the last answer
	PerSecond float64       //
	Latency   Latency       // of every request that began within the measured time, also of those that ended after it
	Statuses  map[int]int64 // of the counted answers
	Wrong     int64         // answers with another status than the request's, at any time
	Example   string        // the first wrong one
	CPU       float64       // seconds that the generator itself computed while it measured
}

// Latency in milliseconds.
type Latency struct{ P50, P90, P95, P99, Max float64 }
