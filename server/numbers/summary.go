package numbers

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/numbers/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Day is what happened on one day of UTC.
type Day struct {
	Date                                                    date.Date
	BookingsRequested, BookingsConfirmed, BookingsCancelled int64 // one that is confirmed at once counts as both
	NightsConfirmed                                         int64
	NewAccounts, NewListings                                int64
}

// Value is what the bookings that were confirmed in a period cost together, whatever became of them.
type Value struct {
	Currency       string
	ConfirmedMinor int64
}

// Now is what waits, and what there is, at this moment.
type Now struct {
	PendingVerifications, PendingRequests int64
	OpenDeadLetters, OpenErrors           int64
	LiveListings                          int64
}

// Summary is the business of a period: a Day for each, the oldest first, and a Value for each currency.
type Summary struct {
	Days  []Day
	Value []Value
	Now   Now
}

const (
	defaultDays = 30
	mostDays    = 90
)

// Reader tells staff how the business goes. It is safe for concurrent use.
type Reader struct {
	q    *query.Queries
	now  func() time.Time
	mu   sync.Mutex
	over map[date.Date][]query.DailyRow // what is known of days that are over: nothing of them changes any more
}

// NewReader makes the reader.
func NewReader(pool *pgxpool.Pool, now func() time.Time) *Reader {
	return &Reader{q: query.New(pool), now: now, over: map[date.Date][]query.DailyRow{}}
}

// Summary gives support and admins the last days up to and with today, from 1 to 90 of them; 0 is 30. It takes two queries, of
// which the first counts only from the first day on that this Reader has not counted after its end.
func (r *Reader) Summary(ctx context.Context, actor identity.Actor, days int) (Summary, error) {
	if !actor.IsAdmin() && actor.Role != identity.Support {
		return Summary{}, errs.E(errs.Forbidden, "Only support and admins see the numbers.")
	}
	if days == 0 {
		days = defaultDays
	}
	if days < 1 || days > mostDays {
		return Summary{}, errs.InvalidField("days", "range", "days must be between 1 and 90.")
	}
	now := r.now()
	first := date.In(now, time.UTC) - date.Date(days-1)
	rows, err := r.daily(ctx, first, first+date.Date(days), now)
	if err != nil {
		return Summary{}, postgres.Translate(err)
	}
	at, err := r.q.Standing(ctx, &now)
	s := Summary{Now: Now{PendingVerifications: at.PendingVerifications, PendingRequests: at.PendingRequests, OpenDeadLetters: at.OpenDeadLetters,
		OpenErrors: at.OpenErrors, LiveListings: at.LiveListings}}
	s.Days, s.Value = sum(rows, first, days)
	return s, postgres.Translate(err)
}

// settled is how long after its end a day may still get a row of a transaction that began in it.
const settled = 10 * time.Minute

// daily gives the rows of the days from first on, without until.
func (r *Reader) daily(ctx context.Context, first, until date.Date, now time.Time) ([]query.DailyRow, error) {
	known, missing := r.known(first, until)
	rows, err := r.q.Daily(ctx, query.DailyParams{Since: missing.Time(), Until: until.Time()})
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for day := missing; (day + 1).Time().Add(settled).Before(now); day++ {
		r.over[day] = slices.DeleteFunc(slices.Clone(rows), func(row query.DailyRow) bool { return row.Day != day })
	}
	maps.DeleteFunc(r.over, func(day date.Date, _ []query.DailyRow) bool { return day < until-mostDays })
	return append(known, rows...), nil
}

// known gives the rows of the days that were counted after their end, up to the first that was not.
func (r *Reader) known(first, until date.Date) (rows []query.DailyRow, missing date.Date) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for day := first; day < until; day++ {
		counted, ok := r.over[day]
		if !ok {
			return rows, day
		}
		rows = append(rows, counted...)
	}
	return rows, until
}

// sum adds up the rows of each day and currency. Days and currencies without anything are there with 0 and left out.
func sum(rows []query.DailyRow, first date.Date, n int) ([]Day, []Value) {
	days, value := make([]Day, n), map[string]int64{}
	for i := range days {
		days[i].Date = first + date.Date(i)
	}
	for _, r := range rows {
		d := &days[r.Day-first]
		d.BookingsRequested += r.Requested
		d.BookingsConfirmed += r.Confirmed
		d.BookingsCancelled += r.Cancelled
		d.NightsConfirmed += r.Nights
		d.NewAccounts += r.Accounts
		d.NewListings += r.Listings
		if r.Currency != "" {
			value[r.Currency] += r.Minor
		}
	}
	values := make([]Value, 0, len(value))
	for _, currency := range slices.Sorted(maps.Keys(value)) {
		values = append(values, Value{currency, value[currency]})
	}
	return days, values
}
