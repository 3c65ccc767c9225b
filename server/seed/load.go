package seed

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing"
	"github.com/rentora/rentora/server/seed/internal/query"
)

// Password of every demo account.
const Password = "rentora-demo"

// Loader writes drafts through the rooms that own them. The workers need not run.
type Loader struct {
	Pool     *pgxpool.Pool
	Identity *identity.Service
	Media    *media.Service
	Listings *listing.Service
	Prices   *pricing.Service
	Calendar *calendar.Service
	Bookings *booking.Service
	Reindex  func(ctx context.Context, progress func(done, total int)) error
	Waits    time.Duration // how long a request waits for its host, as booking has it
	Now      func() time.Time
	Progress func(Progress) // called often, by one goroutine at a time within a step; draws what it likes
}

// Load makes n listings with accounts, photographs, prices, calendars and bookings, and indexes them. Interrupted at
// any moment, it goes on where it was when it is called again, and makes the same. It answers Conflict when this database is
// seeded (code seeded), has a begun seed of other numbers (code seed_interrupted), or accounts of others (code not_empty).
func (l *Loader) Load(ctx context.Context, seed uint64, n int) error {
	if n < 1 || n > MaxListings {
		return errs.Ef(errs.Invalid, "The number of listings must be between 1 and %d.", MaxListings)
	}
	d, err := load()
	if err != nil {
		return err
	}
	r, err := l.begin(ctx, seed, n)
	if err != nil {
		return err
	}
	importer, err := l.Identity.Importer(ctx, Password)
	if err != nil {
		return err
	}
	if err := r.accounts(ctx, importer); err != nil {
		return err
	}
	g := newGenerator(d, seed)
	photos, err := r.photos(ctx, g)
	if err != nil {
		return err
	}
	if err := r.homes(ctx, g, photos); err != nil {
		return err
	}
	if err := r.analyze(ctx); err != nil {
		return err
	}
	index := &counter{step: "search index", tell: r.Progress}
	if err := l.Reindex(ctx, index.at); err != nil {
		return err
	}
	return r.admin(ctx, importer)
}

// tables are those that a seed fills, whose pages and statistics the planner should know before anybody asks.
var tables = []string{"users", "uploads", "listings", "listing_photos", "listing_prices", "availability_rules", "occupancies", "bookings", "booking_events"}

func (r *run) analyze(ctx context.Context) error {
	count := &counter{step: "statistics", total: len(tables), tell: r.Progress}
	for _, table := range tables {
		if _, err := r.Pool.Exec(ctx, "vacuum (analyze) "+pgx.Identifier{table}.Sanitize()); err != nil {
			return postgres.Translate(err)
		}
		count.add(1)
	}
	return nil
}

func (r *run) finish(ctx context.Context, tx pgx.Tx) error {
	return query.New(tx).FinishRun(ctx, r.Now())
}
