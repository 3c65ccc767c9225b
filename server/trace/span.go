package trace

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	otrace "go.opentelemetry.io/otel/trace"

	"github.com/rentora/rentora/server/errs"
)

// Kind says on which side of a conversation a span stands.
type Kind = otrace.SpanKind

// The kinds, as OpenTelemetry names them.
const (
	Internal = otrace.SpanKindInternal
	Server   = otrace.SpanKindServer
	Client   = otrace.SpanKindClient
	Producer = otrace.SpanKindProducer
	Consumer = otrace.SpanKindConsumer
)

// Attribute is a fact of a span. It must never hold personal data, a secret, or what a person has typed.
type Attribute = attribute.KeyValue

// Text makes an attribute.
func Text(name, value string) Attribute { return attribute.String(name, value) }

// Number makes an attribute.
func Number(name string, value int) Attribute { return attribute.Int(name, value) }

// Span is one step. The zero Span is of no trace and does nothing.
type Span struct{ span otrace.Span }

// Begin starts the first span of this program's part of a trace. The parent is what Parent gave elsewhere; without one,
// or with a malformed one, a new trace begins, sampled by the configured ratio.
func (t *Tracing) Begin(ctx context.Context, kind Kind, name, parent string, facts ...Attribute) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	if parent != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{Header: parent})
	}
	ctx, span := t.tracer.Start(ctx, name, otrace.WithSpanKind(kind), otrace.WithAttributes(facts...))
	return ctx, Span{span}
}

// Start begins a step below the span in ctx. Where none is recorded it gives ctx back and costs a look-up.
func Start(ctx context.Context, kind Kind, name string, facts ...Attribute) (context.Context, Span) {
	parent := otrace.SpanFromContext(ctx)
	if !parent.IsRecording() {
		return ctx, Span{}
	}
	ctx, span := parent.TracerProvider().Tracer(scope).Start(ctx, name, otrace.WithSpanKind(kind), otrace.WithAttributes(facts...))
	return ctx, Span{span}
}

// Name renames the span and adds facts that were not known at its begin.
func (s Span) Name(name string, facts ...Attribute) {
	if s.span != nil {
		s.span.SetName(name)
		s.span.SetAttributes(facts...)
	}
}

// Recorded tells whether anybody will see the span.
func (s Span) Recorded() bool { return s.span != nil && s.span.IsRecording() }

// End ends the span. Of an error it keeps the kind alone: its text may name persons.
func (s Span) End(err error) {
	if s.span == nil {
		return
	}
	if err != nil {
		s.Fail(string(errs.KindOf(err)))
	}
	s.span.End()
}

// Fail marks the span as failed, with a word from a short list.
func (s Span) Fail(why string) {
	if s.span != nil {
		s.span.SetStatus(codes.Error, why)
		s.span.SetAttributes(attribute.String("error.type", why))
	}
}

// Header is the name under which the parent travels between programs (W3C Trace Context).
const Header = "traceparent"

// Parent gives the span in ctx in the form that Begin takes; empty when there is none.
func Parent(ctx context.Context) string {
	if !otrace.SpanContextFromContext(ctx).IsValid() {
		return ""
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier[Header]
}

// IDOf gives the trace id of what Parent gave; empty when it is none.
func IDOf(parent string) string {
	if parent == "" {
		return ""
	}
	return ID(propagation.TraceContext{}.Extract(context.Background(), propagation.MapCarrier{Header: parent}))
}

// ID gives the trace id in ctx, for log lines; empty when there is none.
func ID(ctx context.Context) string {
	if c := otrace.SpanContextFromContext(ctx); c.HasTraceID() {
		return c.TraceID().String()
	}
	return ""
}
