package journey_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestOneTrace books once under a trace that a proxy hands on, and finds the whole way of it in that trace: request,
// statement, outbox, Kafka, and each handler down to the mail and the search index.
func TestOneTrace(t *testing.T) {
	t.Parallel()
	spans := newReceiver(t)
	p := testkit.StartProgram(t, "RENTORA_TRACE_OTLP_ENDPOINT", spans.URL, "RENTORA_HTTP_TRUSTED_PROXIES", "127.0.0.1")
	w := p.Worker()
	host, admin, guest := signIn(t, p, identity.Host), signIn(t, p, identity.Admin), signIn(t, p, identity.Guest)
	id := live(t, p, host, admin, "Flat of the long way", contract.BookingModeRequest)
	quoted, err := guest.CreateQuoteWithResponse(t.Context(), id, quoteFor(stay(30, 3), 2))
	expect(t, quoted, err, 200)

	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	form := contract.CreateBookingRequest{QuoteToken: quoted.JSON200.Data.Token}
	booked, err := guest.CreateBookingWithResponse(t.Context(), nil, form, func(_ context.Context, r *http.Request) error {
		r.Header.Set("traceparent", "00-"+trace+"-00f067aa0ba902b7-01")
		return nil
	})
	expect(t, booked, err, 201)

	const request, published = "POST /api/v1/bookings", "publish bookings.requested"
	wanted := map[string][]string{
		"postgres Place": {"postgres Place", request},
		"smtp send":      {"smtp send", "notify bookings.requested", published, request},
		"typesense POST": {"typesense POST", "search bookings.requested", published, request},
	}
	testkit.Eventually(t, 20*time.Second, func() error {
		seen := spans.of(trace)
		for leaf, want := range wanted {
			if diff := cmp.Diff(want, way(seen, leaf)); diff != "" {
				return fmt.Errorf("the way of %s (-want +got):\n%s", leaf, diff)
			}
		}
		return nil
	})
	testkit.Eventually(t, 20*time.Second, func() error { // a span ends before its line is written
		for name, log := range map[string]string{"API": p.API.Log(), "worker": w.Log()} {
			if !strings.Contains(log, `"trace_id":"`+trace+`"`) {
				return fmt.Errorf("no line of the %s's log has the trace", name)
			}
		}
		return nil
	})
	all := spans.text()
	for what, secret := range map[string]string{"address": guest.Email, "name": "The guest", "token": guest.Token, "quote": form.QuoteToken, "listing": id.String()} {
		if strings.Contains(all, secret) {
			t.Errorf("the %s of somebody is in a span", what)
		}
	}
}

// TestReceiverAway lets a receiver of spans refuse, then hang: requests are answered as ever and the programs end in time.
func TestReceiverAway(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hang }))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(hang) })
	for name, endpoint := range map[string]string{"refuses": "http://127.0.0.1:1", "hangs": server.URL} {
		p := testkit.StartProgram(t, "RENTORA_TRACE_OTLP_ENDPOINT", endpoint)
		for range 10 {
			me, err := signIn(t, p, identity.Guest).GetMeWithResponse(t.Context())
			expect(t, me, err, 200)
		}
		began := time.Now()
		p.API.Stop()
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: the API took %s to end", name, took)
		}
	}
}

// TestForeignTrace begins a trace of its own for a visitor who brings one: nobody from outside chooses what is recorded.
func TestForeignTrace(t *testing.T) {
	t.Parallel()
	spans := newReceiver(t)
	p := testkit.StartProgram(t, "RENTORA_TRACE_OTLP_ENDPOINT", spans.URL)
	const trace = "0af7651916cd43dd8448eb211c80319c"
	missing, err := p.Client("").GetMeWithResponse(t.Context(), func(_ context.Context, r *http.Request) error {
		r.Header.Set("traceparent", "00-"+trace+"-b7ad6b7169203331-01")
		return nil
	})
	expect(t, missing, err, 401)
	testkit.Eventually(t, 20*time.Second, func() error {
		if !strings.Contains(spans.text(), "GET /api/v1/users/me") {
			return fmt.Errorf("no span of the request")
		}
		return nil
	})
	if n := len(spans.of(trace)); n != 0 {
		t.Errorf("%d spans are in the visitor's trace", n)
	}
}
