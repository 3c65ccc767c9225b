package report

import (
	"cmp"
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/report/internal/query"
)

// Group is all failures of one cause, with the newest of them as a sample.
type Group struct {
	ID                               uuid.UUID
	Source, Kind, Place, Message     string
	Count                            int64
	FirstSeen, LastSeen              time.Time
	FirstRelease, Release            string
	Route, RequestID, TraceID, Stack string // of the sample
	ResolvedAt                       *time.Time
	ResolvedBy                       *uuid.UUID
}

// Open tells whether the group waits for somebody: nobody resolved it, or it was seen again since.
func (g Group) Open() bool { return g.ResolvedAt == nil }

// Filter narrows List; nil fields do not.
type Filter struct {
	Source *string
	Open   *bool
}

// Resolver is the admin who resolves a group.
type Resolver struct {
	ID      uuid.UUID
	Role    string
	Address netip.Addr
}

// record adds an occurrence to its group: a new one, or one that was resolved and is open again now.
func (r *Reporter) record(ctx context.Context, o *occurrence) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return query.New(r.Pool).Record(ctx, query.RecordParams{ID: id, Fingerprint: o.fingerprint, Source: o.source, Kind: o.kind, Place: o.place,
		Message: o.message, Count: o.count, FirstSeen: o.first, LastSeen: o.last, Release: cmp.Or(o.release, r.Release), Route: o.route, RequestID: o.requestID,
		TraceID: o.traceID, Stack: o.stack})
}

// trim deletes what is too many of the groups that browsers told of.
func (r *Reporter) trim(ctx context.Context) error {
	_, err := query.New(r.Pool).TrimWeb(ctx, keptWebGroups)
	return err
}

// List gives a page of the groups, the newest first.
func (r *Reporter) List(ctx context.Context, f Filter, req page.Request) (page.Page[Group], error) {
	q := query.New(postgres.Replan(r.Pool))
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Group, error) {
		from := uuid.Max
		if key != nil {
			from = *key
		}
		if back {
			rows, err := q.ListAfter(ctx, query.ListAfterParams{Key: from, Source: f.Source, Open: f.Open, N: int32(n)})
			return groups(rows), err
		}
		rows, err := q.ListBefore(ctx, query.ListBeforeParams{Key: from, Source: f.Source, Open: f.Open, N: int32(n)})
		return groups(rows), err
	}
	p, err := page.Keyset(ctx, req, fetch, func(g Group) uuid.UUID { return g.ID })
	return p, postgres.Translate(err)
}

// Get gives one group.
func (r *Reporter) Get(ctx context.Context, id uuid.UUID) (Group, error) {
	row, err := query.New(r.Pool).Get(ctx, id)
	return groupOf(row), notThere(err)
}

// Resolve closes a group until it is seen again. Resolving a resolved one changes nothing.
func (r *Reporter) Resolve(ctx context.Context, by Resolver, id uuid.UUID) (g Group, err error) {
	err = postgres.Tx(ctx, r.Pool, func(tx pgx.Tx) error {
		row, err := query.New(tx).Resolve(ctx, query.ResolveParams{ID: id, At: new(r.Now()), By: &by.ID})
		if errors.Is(err, pgx.ErrNoRows) { // resolved already, or not there
			row, err = query.New(tx).Get(ctx, id)
			g = groupOf(row)
			return notThere(err)
		}
		if err != nil {
			return err
		}
		g = groupOf(row)
		return audit.Append(ctx, tx, audit.Entry{ActorID: &by.ID, ActorRole: by.Role, Action: "error.resolve", TargetType: "error",
			TargetID: &id, Address: by.Address})
	})
	return g, err
}

// sweepAfter is how long a group is kept that is not seen any more.
const sweepAfter = 90 * 24 * time.Hour

// Sweep deletes groups that were not seen for 90 days, at most limit of them, and tells how many.
func (r *Reporter) Sweep(ctx context.Context, limit int) (int64, error) {
	n, err := query.New(r.Pool).Sweep(ctx, query.SweepParams{Before: r.Now().Add(-sweepAfter), N: int32(limit)})
	return n, postgres.Translate(err)
}

func notThere(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return errs.E(errs.NotFound, "There is no such error group.")
	}
	return postgres.Translate(err)
}

func groups(rows []query.ErrorGroup) []Group {
	out := make([]Group, len(rows))
	for i, row := range rows {
		out[i] = groupOf(row)
	}
	return out
}

func groupOf(r query.ErrorGroup) Group {
	return Group{ID: r.ID, Source: r.Source, Kind: r.Kind, Place: r.Place, Message: r.Message, Count: r.Count, FirstSeen: r.FirstSeen,
		LastSeen: r.LastSeen, FirstRelease: r.FirstRelease, Release: r.Release, Route: r.Route, RequestID: r.RequestID, TraceID: r.TraceID,
		Stack: r.Stack, ResolvedAt: r.ResolvedAt, ResolvedBy: r.ResolvedBy}
}
