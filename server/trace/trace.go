// Package trace shows the way of one request through the programs, as OpenTelemetry spans under one W3C trace id.
package trace

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	otrace "go.opentelemetry.io/otel/trace"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

const (
	scope = "github.com/rentora/rentora"
	// flushWithin bounds the end of a program whose receiver is away: its last spans are not worth more.
	flushWithin = 3 * time.Second
	// queue is how many finished spans wait for the receiver; what comes on top is dropped.
	queue = 4096
)

// Tracing begins traces and sends their spans. A nil *Tracing is switched off and does nothing. It is safe for concurrent use.
type Tracing struct {
	provider *sdk.TracerProvider
	tracer   otrace.Tracer
}

// Open gives nil when the configuration names no receiver. It connects to nothing: spans leave in the background, and a
// receiver that is away costs spans, never a request. The log hears of it, at most once a minute.
func Open(ctx context.Context, c config.Trace, service, release string, log *slog.Logger) (*Tracing, error) {
	if c.OTLPEndpoint == "" {
		return nil, nil //nolint:nilnil // nil is the switched-off Tracing, by its contract
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(tracesURL(c.OTLPEndpoint)), otlptracehttp.WithTimeout(5*time.Second))
	if err != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_TRACE_OTLP_ENDPOINT cannot be used").Because(err)
	}
	otel.SetErrorHandler(&complainer{log: log, every: time.Minute}) // the library has no other place for it
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter, sdk.WithMaxQueueSize(queue), sdk.WithBatchTimeout(time.Second), sdk.WithExportTimeout(5*time.Second)),
		sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(c.SampleRatio))),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", service), attribute.String("service.version", release))),
	)
	return &Tracing{provider: provider, tracer: provider.Tracer(scope)}, nil
}

// tracesURL adds the path of the protocol (OTLP/HTTP) to an endpoint that has none.
func tracesURL(endpoint string) string {
	if strings.HasSuffix(endpoint, "/v1/traces") {
		return endpoint
	}
	return strings.TrimSuffix(endpoint, "/") + "/v1/traces"
}

// Close sends what is finished and waits for it, for three seconds at most.
func (t *Tracing) Close(ctx context.Context) {
	if t == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushWithin)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // what could not be sent was told to the log
}
