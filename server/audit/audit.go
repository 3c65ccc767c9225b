// Package audit is the append-only record of who did what to which thing.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/audit/internal/query"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// Entry is one row of the record.
type Entry struct {
	ID         uuid.UUID
	At         time.Time
	ActorID    *uuid.UUID // nil: the system, or a command of an operator
	ActorRole  string
	Action     string // "listing.approve"
	TargetType string // "listing"
	TargetID   *uuid.UUID
	Diff       map[string]any // what changed, for people; never secrets
	Address    netip.Addr     // of the client; the zero Addr when there is none
	RequestID  string
}

// Append writes e in the caller's transaction: the deed and its record stand or fall together. ID, At and RequestID are
// filled in when empty.
func Append(ctx context.Context, tx pgx.Tx, e Entry) error {
	diff, err := json.Marshal(e.Diff)
	if err != nil {
		return fmt.Errorf("audit: diff of %s: %w", e.Action, err)
	}
	if e.Diff == nil {
		diff = []byte("{}")
	}
	if e.ID == uuid.Nil {
		if e.ID, err = uuid.NewV7(); err != nil {
			return fmt.Errorf("audit: id: %w", err)
		}
	}
	if e.At.IsZero() {
		sec, nsec := e.ID.Time().UnixTime() // the id carries the moment, so that both orders agree
		e.At = time.Unix(sec, nsec)
	}
	if e.RequestID == "" {
		e.RequestID = events.RequestID(ctx)
	}
	var address *netip.Addr
	if e.Address.IsValid() {
		address = &e.Address
	}
	return query.New(tx).InsertEntry(ctx, query.InsertEntryParams{ID: e.ID, At: e.At, ActorID: e.ActorID, ActorRole: e.ActorRole, Action: e.Action,
		TargetType: e.TargetType, TargetID: e.TargetID, Diff: diff, Address: address, RequestID: e.RequestID})
}

// Filter narrows List; empty fields do not.
type Filter struct {
	TargetType        *string
	TargetID, ActorID *uuid.UUID
}

// List gives a page of the record, newest first.
func List(ctx context.Context, pool *pgxpool.Pool, f Filter, req page.Request) (page.Page[Entry], error) {
	q := query.New(postgres.Replan(pool))
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Entry, error) {
		from := uuid.Max
		if key != nil {
			from = *key
		}
		if back {
			rows, err := q.ListAfter(ctx, query.ListAfterParams{Key: from, TargetType: f.TargetType, TargetID: f.TargetID, ActorID: f.ActorID, N: int32(n)})
			return entries(rows), err
		}
		rows, err := q.ListBefore(ctx, query.ListBeforeParams{Key: from, TargetType: f.TargetType, TargetID: f.TargetID, ActorID: f.ActorID, N: int32(n)})
		return entries(rows), err
	}
	return page.Keyset(ctx, req, fetch, func(e Entry) uuid.UUID { return e.ID })
}

func entries(rows []query.AuditLog) []Entry {
	out := make([]Entry, len(rows))
	for i, r := range rows {
		out[i] = Entry{ID: r.ID, At: r.At, ActorID: r.ActorID, ActorRole: r.ActorRole, Action: r.Action, TargetType: r.TargetType,
			TargetID: r.TargetID, RequestID: r.RequestID}
		if r.Address != nil {
			out[i].Address = *r.Address
		}
		// The column is jsonb written by Append: it always decodes to an object.
		_ = json.Unmarshal(r.Diff, &out[i].Diff)
	}
	return out
}
