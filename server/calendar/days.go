package calendar

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/calendar/internal/query"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// State of the night that starts on a day.
type State string

// The states. Closed is past, inside of the notice or beyond the horizon; a night that is taken says so in any case.
const (
	Free    State = "free"
	Booked  State = "booked"
	Blocked State = "blocked"
	Closed  State = "closed"
)

// Day is one day of a listing's calendar.
type Day struct {
	Date         date.Date
	State        State
	NightlyMinor int64
	CheckIn      bool // a stay may start here
}

// Calendar is a period of days with what they cost, in Currency (empty and 0 while the host has set no price).
type Calendar struct {
	Currency string
	Timezone string
	Today    date.Date
	Rules    Rules
	Days     []Day
}

// The default and the longest period, in days, and the longest stay that any rules allow.
const (
	defaultDays = 365
	maxDays     = 731
	longestStay = 499
)

// Days gives every day from one date up to, and without, another, in one query: from today, and a year of them, when a
// date is nil. Everybody may ask about a live listing; nobody learns who booked or why it is blocked.
func (s *Service) Days(ctx context.Context, actor identity.Actor, listingID uuid.UUID, from, to *date.Date) (Calendar, error) {
	now := s.now()
	roughly, err := period(date.In(now, time.UTC), from, to)
	if err != nil {
		return Calendar{}, err
	}
	// Today at the place is known only after the query and is at most a day off from UTC's.
	row, err := s.calendar(ctx, actor, query.CalendarParams{ListingID: listingID, First: roughly.Start - 1, Last: roughly.End + 1 + longestStay})
	if err != nil {
		return Calendar{}, missing(err)
	}
	if err := maySee(actor, row.HostID, row.Status); err != nil {
		return Calendar{}, err
	}
	c := Calendar{Timezone: row.Timezone, Rules: RulesOf(row.MinNights, row.MaxNights, row.AdvanceNoticeDays, row.HorizonDays, row.Version)}
	if c.Today, err = Today(now, row.Timezone); err != nil {
		return Calendar{}, err
	}
	exactly, err := period(c.Today, from, to)
	if err != nil {
		return Calendar{}, err
	}
	var nightly int64
	if row.Currency != nil {
		c.Currency, nightly = *row.Currency, *row.NightlyMinor
	}
	c.Days = merge(exactly, c.Today, c.Rules, nightly, row.Taken, row.Kinds)
	return c, nil
}

// calendar reads a moment behind, at most, for visitors; who is signed in sees what they have just booked or blocked.
func (s *Service) calendar(ctx context.Context, actor identity.Actor, p query.CalendarParams) (row query.CalendarRow, err error) {
	if s.reads == nil || actor.SignedIn() {
		return query.New(s.pool).Calendar(ctx, p)
	}
	err = s.reads(ctx, func(ctx context.Context, db *pgxpool.Pool) (err error) {
		row, err = query.New(db).Calendar(ctx, p)
		return err
	})
	return row, err
}

func period(today date.Date, from, to *date.Date) (date.Range, error) {
	start := today
	if from != nil {
		start = *from
	}
	end := start + defaultDays
	if to != nil {
		end = *to
	}
	r := date.Range{Start: start, End: end}
	if r.Nights() < 1 {
		return r, errs.InvalidField("to", "after", "to must be after from.")
	}
	if r.Nights() > maxDays {
		return r, errs.InvalidField("to", "max_days", "to must be at most 731 days after from.")
	}
	return r, nil
}

// merge lays rules, price and what is taken (soonest first, with the kind of each) over the days of a period.
func merge(shown date.Range, today date.Date, rules Rules, nightly int64, taken []date.Range, kinds []string) []Day {
	days := make([]Day, shown.Nights())
	earliest, latest := rules.Earliest(today), rules.Latest(today)
	for i := range days {
		d := shown.Start + date.Date(i)
		days[i] = Day{Date: d, State: Free, NightlyMinor: nightly}
		if d < earliest || d >= latest {
			days[i].State = Closed
		}
	}
	for i, t := range taken {
		state := Booked
		if kinds[i] == "block" {
			state = Blocked
		}
		for d := max(t.Start, shown.Start); d < min(t.End, shown.End); d++ {
			days[d-shown.Start].State = state
		}
	}
	for _, o := range Openings(today, rules, taken) {
		if shown.Contains(o.Day) {
			days[o.Day-shown.Start].CheckIn = true
		}
	}
	return days
}
