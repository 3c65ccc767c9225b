package trace_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/trace"
)

func open(t *testing.T, ratio float64) *trace.Tracing {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	tracing, err := trace.Open(t.Context(), config.Trace{OTLPEndpoint: server.URL, SampleRatio: ratio}, "test", "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tracing.Close(context.Background()) })
	return tracing
}

// It counts allocations, which nothing else may make meanwhile.
func TestSwitchedOffDoesNothing(t *testing.T) {
	tracing, err := trace.Open(t.Context(), config.Trace{}, "test", "test", slog.New(slog.DiscardHandler))
	if err != nil || tracing != nil {
		t.Fatalf("%v, %v", tracing, err)
	}
	ctx, span := tracing.Begin(t.Context(), trace.Server, "request", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	_, below := trace.Start(ctx, trace.Client, "statement")
	below.End(nil)
	span.Name("other")
	span.End(errors.New("failed"))
	tracing.Close(ctx)
	if trace.Parent(ctx) != "" || trace.ID(ctx) != "" || span.Recorded() {
		t.Error("something is recorded")
	}
	if allocated := testing.AllocsPerRun(100, func() {
		_, span := trace.Start(ctx, trace.Client, "statement")
		span.End(nil)
	}); allocated != 0 {
		t.Errorf("a step that nobody records allocates %v times", allocated)
	}
}

func TestTheParentTravels(t *testing.T) {
	t.Parallel()
	tracing := open(t, 1)
	ctx, span := tracing.Begin(t.Context(), trace.Server, "request", "")
	defer span.End(nil)
	carried := trace.Parent(ctx)
	elsewhere, second := tracing.Begin(context.Background(), trace.Consumer, "handler", carried)
	defer second.End(nil)
	if trace.ID(ctx) == "" || trace.ID(ctx) != trace.ID(elsewhere) || trace.IDOf(carried) != trace.ID(ctx) {
		t.Errorf("%q became %q", carried, trace.Parent(elsewhere))
	}
	for _, broken := range []string{"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", strings.Repeat("0", 10_000)} {
		fresh, span := tracing.Begin(context.Background(), trace.Consumer, "handler", broken)
		if id := trace.ID(fresh); id == "" || id == trace.ID(ctx) || trace.IDOf(broken) != "" {
			t.Errorf("%.60q gave the trace %q", broken, id)
		}
		span.End(nil)
	}
}

// What one program does not record the next must not either, or traces would have holes.
func TestTheDecisionTravels(t *testing.T) {
	t.Parallel()
	tracing, all := open(t, 0), open(t, 1)
	ctx, span := tracing.Begin(t.Context(), trace.Server, "request", "")
	_, below := trace.Start(ctx, trace.Client, "statement")
	_, second := all.Begin(context.Background(), trace.Consumer, "handler", trace.Parent(ctx))
	if span.Recorded() || below.Recorded() || second.Recorded() {
		t.Error("a trace that is not sampled is recorded")
	}
}

// BenchmarkStatement is what a statement pays for the tracer where nothing is recorded.
func BenchmarkStatement(b *testing.B) {
	ctx, data := context.Background(), pgx.TraceQueryStartData{SQL: "-- name: GetListing :one\nselect 1"}
	for b.Loop() {
		ctx := trace.Statements{}.TraceQueryStart(ctx, nil, data)
		trace.Statements{}.TraceQueryEnd(ctx, nil, pgx.TraceQueryEndData{})
	}
}
