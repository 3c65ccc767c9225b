package rest

import (
	"context"
	"strconv"
	"strings"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

type actorKey struct{}

// withActor puts the signed-in account, which the authentication middleware found, into the request's context.
func withActor(ctx context.Context, a identity.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// actorOf gives the account that acts in this request; the zero Actor (with its address) is a visitor. Handlers pass it
// on as a parameter; no room reads it from a context.
func actorOf(ctx context.Context) identity.Actor {
	a, _ := ctx.Value(actorKey{}).(identity.Actor)
	return a
}

// etag writes a version as a strong entity tag (RFC 9110, 8.8.3).
func etag(version int64) *string {
	tag := `"` + strconv.FormatInt(version, 10) + `"`
	return &tag
}

// versionOf reads an If-Match header that the contract's pattern has let through; 0 when there is none.
func versionOf(ifMatch string) int64 {
	v, _ := strconv.ParseInt(strings.Trim(ifMatch, `"`), 10, 64)
	return v
}

// deref gives the value of an optional field, or its zero value.
func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// optional gives nil for a zero value, so that the field is left out of the answer.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// each maps a slice; the answer is never nil, so that JSON has [] and not null.
func each[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}

func pageRequest(cursor *string, limit *int) page.Request {
	return page.Request{Cursor: deref(cursor), Limit: deref(limit)}
}

func pageMeta[T any](p page.Page[T]) contract.Meta {
	return contract.Meta{Page: &contract.Page{Next: optional(p.Next), Prev: optional(p.Prev), Limit: p.Limit}}
}

func done(message string) contract.DoneAnswerJSONResponse {
	return contract.DoneAnswerJSONResponse{Success: true, Data: contract.Done{Message: message}}
}
