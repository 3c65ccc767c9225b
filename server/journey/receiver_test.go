package journey_test

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// receiver takes spans as a collector does: OTLP over HTTP, in protobuf.
type receiver struct {
	URL string

	mu    sync.Mutex
	spans []*otlp.Span
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/traces", r.take)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	r.URL = server.URL
	return r
}

func (r *receiver) take(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	var sent collector.ExportTraceServiceRequest
	if err != nil || proto.Unmarshal(body, &sent) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, resource := range sent.GetResourceSpans() {
		for _, s := range resource.GetScopeSpans() {
			r.spans = append(r.spans, s.GetSpans()...)
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// of gives the spans of one trace.
func (r *receiver) of(trace string) (spans []*otlp.Span) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.spans {
		if hex.EncodeToString(s.GetTraceId()) == trace {
			spans = append(spans, s)
		}
	}
	return spans
}

// text is everything that was received, as a person would search it.
func (r *receiver) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all strings.Builder
	for _, s := range r.spans {
		all.WriteString(s.String() + "\n")
	}
	return all.String()
}

// way gives the names from a span up to the first of its trace, the last name first.
func way(spans []*otlp.Span, leaf string) []string {
	var names []string
	at := slices.IndexFunc(spans, func(s *otlp.Span) bool { return s.GetName() == leaf })
	for at >= 0 && len(names) < 20 {
		names = append(names, spans[at].GetName())
		parent := spans[at].GetParentSpanId()
		at = slices.IndexFunc(spans, func(s *otlp.Span) bool { return len(parent) > 0 && string(s.GetSpanId()) == string(parent) })
	}
	return names
}
