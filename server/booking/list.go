package booking

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// Phase is where a stay is in time, by the day that it is at the listing. Each booking is in exactly one.
type Phase string

// The phases; the contract says at listBookings what belongs to each, and queries.sql keeps it.
const (
	Upcoming Phase = "upcoming"
	Current  Phase = "current"
	Past     Phase = "past"
)

// Filter narrows List; empty fields do not.
type Filter struct {
	AsHost    bool // stays at the actor's listings instead of stays that the actor booked
	Status    *Status
	ListingID *uuid.UUID
	When      Phase
	During    *date.Range // only stays with a night in it
}

const (
	longestPeriod = 366 // of Filter.During, in days
	longestStay   = 499 // nights; bookings_length in the schema
)

func (f Filter) check() error {
	if f.During == nil {
		return nil
	}
	var broken errs.Fields
	broken.Check(f.During.Start < f.During.End, "stay_to", "after", "stay_to must be after stay_from.")
	broken.Check(f.During.End-f.During.Start <= longestPeriod, "stay_to", "range", "stay_to must be at most 366 days after stay_from.")
	return broken.Err()
}

// List gives a page of the actor's bookings in one query: newest first, or soonest first where the filter says upcoming or
// current.
func (s *Service) List(ctx context.Context, actor identity.Actor, f Filter, req page.Request) (page.Page[Booking], error) {
	if f.AsHost && !actor.CanHost() {
		return page.Page[Booking]{}, errs.E(errs.Forbidden, "Only hosts have bookings at their listings.")
	}
	if err := f.check(); err != nil {
		return page.Page[Booking]{}, err
	}
	rows := s.newest(actor, f)
	switch {
	case f.When == Upcoming || f.When == Current:
		rows = s.soonest(actor, f)
	case f.When == Past || f.During != nil:
		rows = s.selected(f.selection(actor, s.now()))
	}
	return list(ctx, actor, rows, req)
}

// fetch gives rows as page.Fetch gives items.
type fetch func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]query.GetRow, error)

// list pages through rows, each as the actor may see it.
func list(ctx context.Context, actor identity.Actor, rows fetch, req page.Request) (page.Page[Booking], error) {
	items := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Booking, error) {
		found, err := rows(ctx, key, back, n)
		if err != nil {
			return nil, postgres.Translate(err)
		}
		bookings := make([]Booking, len(found))
		for i, r := range found {
			b, err := bookingOf(r)
			if err != nil {
				return nil, err
			}
			bookings[i] = b.seenBy(actor)
		}
		return bookings, nil
	}
	return page.Keyset(ctx, req, items, func(b Booking) uuid.UUID { return b.ID })
}

// newest asks one of four queries, so that each has its index and a plan that holds for everybody.
func (s *Service) newest(actor identity.Actor, f Filter) fetch {
	q := s.query()
	return func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]query.GetRow, error) {
		p := query.GuestBeforeParams{ActorID: actor.ID, Key: from(key, uuid.Max), Status: (*string)(f.Status), ListingID: f.ListingID, N: int32(n)}
		switch {
		case f.AsHost && back:
			rows, err := q.HostAfter(ctx, query.HostAfterParams(p))
			return convert(rows, func(r query.HostAfterRow) query.GetRow { return query.GetRow(r) }), err
		case f.AsHost:
			rows, err := q.HostBefore(ctx, query.HostBeforeParams(p))
			return convert(rows, func(r query.HostBeforeRow) query.GetRow { return query.GetRow(r) }), err
		case back:
			rows, err := q.GuestAfter(ctx, query.GuestAfterParams(p))
			return convert(rows, func(r query.GuestAfterRow) query.GetRow { return query.GetRow(r) }), err
		}
		rows, err := q.GuestBefore(ctx, p)
		return convert(rows, func(r query.GuestBeforeRow) query.GetRow { return query.GetRow(r) }), err
	}
}

// selected asks for bookings that the rarer filters choose, newest first.
func (s *Service) selected(p query.SelectedBeforeParams) fetch {
	q := query.New(postgres.Replan(s.pool))
	return func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]query.GetRow, error) {
		p := p
		p.Key, p.N = from(key, uuid.Max), int32(n)
		if back {
			rows, err := q.SelectedAfter(ctx, query.SelectedAfterParams(p))
			return convert(rows, func(r query.SelectedAfterRow) query.GetRow { return query.GetRow(r) }), err
		}
		rows, err := q.SelectedBefore(ctx, p)
		return convert(rows, func(r query.SelectedBeforeRow) query.GetRow { return query.GetRow(r) }), err
	}
}

// soonest asks for bookings in the order of their check-ins.
func (s *Service) soonest(actor identity.Actor, f Filter) fetch {
	q := query.New(postgres.Replan(s.pool))
	return func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]query.GetRow, error) {
		c := f.selection(actor, s.now())
		p := query.SoonestAfterParams{Key: from(key, uuid.Nil), ActorID: actor.ID, GuestID: c.GuestID, HostID: c.HostID, Status: c.Status, ListingID: c.ListingID,
			FirstIn: c.FirstIn, LastIn: c.LastIn, FirstOut: c.FirstOut, Phase: string(f.When), Now: c.Now, N: int32(n)}
		if back {
			rows, err := q.SoonestBefore(ctx, query.SoonestBeforeParams(p))
			return convert(rows, func(r query.SoonestBeforeRow) query.GetRow { return query.GetRow(r) }), err
		}
		rows, err := q.SoonestAfter(ctx, p)
		return convert(rows, func(r query.SoonestAfterRow) query.GetRow { return query.GetRow(r) }), err
	}
}

// selection writes the filter as the queries take it. The bounds of dates are those of the period, and what the phase means
// anywhere on earth, so that an index leads to them: today at a listing is at most a day off from UTC's.
func (f Filter) selection(actor identity.Actor, now time.Time) query.SelectedBeforeParams {
	p := query.SelectedBeforeParams{Status: (*string)(f.Status), ListingID: f.ListingID, Past: f.When == Past, Now: now}
	if p.GuestID = &actor.ID; f.AsHost {
		p.GuestID, p.HostID = nil, &actor.ID
	}
	today := date.In(now, time.UTC)
	firstIn, lastIn, firstOut := date.Min, date.Max, date.Min
	if d := f.During; d != nil {
		firstIn, lastIn, firstOut = d.Start-longestStay, d.End-1, d.Start+1
	}
	switch f.When {
	case Upcoming:
		firstIn = max(firstIn, today-1)
	case Current:
		firstIn, lastIn, firstOut = max(firstIn, today-1-longestStay), min(lastIn, today+1), max(firstOut, today-1)
	case Past:
	}
	p.FirstIn, p.LastIn, p.FirstOut = &firstIn, &lastIn, &firstOut
	return p
}

func from(key *uuid.UUID, start uuid.UUID) uuid.UUID {
	if key == nil {
		return start
	}
	return *key
}

func convert[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}
