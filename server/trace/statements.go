package trace

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	otrace "go.opentelemetry.io/otel/trace"
)

// Statements is a tracer for pgx: a span for every statement and every batch below a recorded span, with the names that
// the queries have in their files. Texts and parameters stay out. It is safe for concurrent use.
type Statements struct{}

var (
	_ pgx.QueryTracer = Statements{}
	_ pgx.BatchTracer = Statements{}
)

// TraceQueryStart implements pgx.QueryTracer.
func (Statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if !otrace.SpanFromContext(ctx).IsRecording() {
		return ctx
	}
	name := statementName(data.SQL)
	ctx, _ = Start(ctx, Client, "postgres "+name, Text("db.system.name", "postgresql"), Text("db.operation.name", name))
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (Statements) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	endStatement(ctx, data.Err)
}

// TraceBatchStart implements pgx.BatchTracer.
func (Statements) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	if !otrace.SpanFromContext(ctx).IsRecording() {
		return ctx
	}
	ctx, _ = Start(ctx, Client, "postgres batch", Text("db.system.name", "postgresql"), Number("db.operation.batch.size", data.Batch.Len()))
	return ctx
}

// TraceBatchQuery implements pgx.BatchTracer.
func (Statements) TraceBatchQuery(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	if span := otrace.SpanFromContext(ctx); span.IsRecording() {
		span.AddEvent(statementName(data.SQL))
	}
}

// TraceBatchEnd implements pgx.BatchTracer.
func (Statements) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchEndData) {
	endStatement(ctx, data.Err)
}

// endStatement ends the span that the start put into ctx; where nothing is recorded that is none.
func endStatement(ctx context.Context, err error) {
	span := otrace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	if err != nil {
		Span{span}.Fail(sqlState(err))
	}
	span.End()
}

func sqlState(err error) string {
	if refused, ok := err.(*pgconn.PgError); ok { //nolint:errorlint // pgx hands it over as it is; a wrapped one is "error" all the same
		return refused.Code
	}
	return "error"
}

// statementName is what sqlc wrote above the statement ("-- name: InsertEntry :exec"), else the statement's first word.
func statementName(sql string) string {
	if rest, named := strings.CutPrefix(sql, "-- name: "); named {
		name, _, _ := strings.Cut(rest, " ")
		return name
	}
	words := strings.Fields(sql[:min(len(sql), 200)])
	if len(words) == 0 {
		return "empty"
	}
	return strings.ToLower(words[0])
}
