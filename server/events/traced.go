package events

import (
	"context"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/trace"
)

// traced begins a span for each message whose event was appended under a trace, and puts it into the message's header:
// the handlers' spans are below it. Messages of no trace have the zero Span.
func (r *Relay) traced(ctx context.Context, rows []query.UnpublishedRow, msgs []kafka.Message) []trace.Span {
	if r.Tracing == nil {
		return nil // the headers keep what the table says, so that a relay without traces breaks none
	}
	spans := make([]trace.Span, len(msgs))
	for i, row := range rows {
		if row.Traceparent == "" {
			continue
		}
		begun, span := r.Tracing.Begin(ctx, trace.Producer, "publish "+row.Type, row.Traceparent, trace.Text("messaging.system", "kafka"),
			trace.Text("messaging.destination.name", row.Topic), trace.Text("messaging.message.id", row.EventID.String()),
			trace.Number("rentora.outbox.wait_ms", int(time.Since(row.CreatedAt).Milliseconds())))
		msgs[i].Headers, spans[i] = headersOf(trace.Parent(begun)), span
	}
	return spans
}

func endSpans(spans []trace.Span, failed error) {
	for i, span := range spans {
		if !reached(i, failed) {
			span.Fail("not acknowledged")
		}
		span.End(nil)
	}
}
