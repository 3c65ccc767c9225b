package seed

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/pricing"
)

// Password of every demo account.
const Password = "rentora-demo"

// Loader writes drafts through the rooms that own them. The workers need not run.
type Loader struct {
	Identity *identity.Service
	Media    *media.Service
	Listings *listing.Service
	Prices   *pricing.Service
	Calendar *calendar.Service
	Bookings *booking.Service
	Reindex  func(ctx context.Context, progress func(done, total int)) error
	Now      func() time.Time
	Progress func(step string, done, total int) // called often; draws what it likes
}

// listingsPerHost and guestsPerListing say how many accounts share the work.
const (
	listingsPerHost  = 8
	listingsPerGuest = 2
	batchSize        = 500
)

// Load makes n listings with accounts, photographs, prices, calendars and bookings, and indexes them. It answers Conflict
// when this database was seeded before, wholly (code seeded) or not (code seed_interrupted).
func (l *Loader) Load(ctx context.Context, seed uint64, n int) error {
	drafts, err := Generate(seed, n)
	if err != nil {
		return err
	}
	people, err := l.people(ctx, n)
	if err != nil {
		return err
	}
	photos, err := l.photos(ctx, people.hosts)
	if err != nil {
		return err
	}
	done := 0
	for batch := range batches(drafts) {
		if err := l.batch(ctx, people, photos, batch); err != nil {
			return fmt.Errorf("seed: listings after the first %d: %w", done, err)
		}
		done += len(batch)
		l.Progress("listings", done, n)
	}
	if err := l.Reindex(ctx, func(done, total int) { l.Progress("search index", done, total) }); err != nil {
		return err
	}
	return l.finish(ctx)
}

type people struct{ hosts, guests []identity.User }

// people makes the accounts. The administrator comes last, in finish: an account of that name means that a seed is whole.
func (l *Loader) people(ctx context.Context, n int) (people, error) {
	hosts := l.accounts("host", identity.Host, max(1, n/listingsPerHost))
	guests := l.accounts("guest", identity.Guest, max(1, n/listingsPerGuest))
	users, err := l.Identity.CreateMany(ctx, append(hosts, guests...))
	if errs.Is(err, errs.Conflict) {
		return people{}, l.seededBefore(ctx, err)
	}
	if err != nil {
		return people{}, err
	}
	l.Progress("accounts", len(users), len(users))
	return people{hosts: users[:len(hosts)], guests: users[len(hosts):]}, nil
}

func (l *Loader) seededBefore(ctx context.Context, cause error) error {
	admins, err := l.Identity.Admins(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(admins, func(c identity.Contact) bool { return c.Email == adminEmail }) {
		return errs.E(errs.Conflict, "This database has demo data already.").Coded("seeded").Because(cause)
	}
	return errs.E(errs.Conflict, "An earlier seed was interrupted. Empty the database and start again (in development: make clean).").
		Coded("seed_interrupted").Because(cause)
}

const adminEmail = "admin-0001@example.test"

func (l *Loader) finish(ctx context.Context) error {
	_, err := l.Identity.CreateMany(ctx, l.accounts("admin", identity.Admin, 1))
	return err
}

func (l *Loader) accounts(name string, role identity.Role, n int) []identity.NewUser {
	list := make([]identity.NewUser, n)
	for i := range list {
		list[i] = identity.NewUser{Email: fmt.Sprintf("%s-%04d@example.test", name, i+1), Name: fmt.Sprintf("Demo %s %d", name, i+1),
			Password: Password, Role: role, Verified: true}
	}
	return list
}

// batch writes some listings with all that belongs to them.
func (l *Loader) batch(ctx context.Context, p people, photos *photoPool, drafts []Draft) error {
	var b loaded
	for _, d := range drafts {
		host := p.hosts[d.Index%len(p.hosts)]
		if err := b.add(d, host.ID, p.guests, photos, l.Now()); err != nil {
			return err
		}
	}
	if err := l.Listings.Import(ctx, b.listings); err != nil {
		return err
	}
	if err := l.Prices.Import(ctx, b.prices); err != nil {
		return err
	}
	if err := l.Bookings.Import(ctx, b.bookings); err != nil {
		return err
	}
	return l.Calendar.Import(ctx, b.calendars)
}

// loaded collects what a batch becomes in each room.
type loaded struct {
	listings  []listing.Imported
	prices    []pricing.Price
	calendars []calendar.Imported
	bookings  []booking.Imported
}

func (b *loaded) add(d Draft, host uuid.UUID, guests []identity.User, photos *photoPool, now time.Time) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	approved := now.AddDate(0, 0, -1-d.Index%400)
	one := listing.Imported{ID: id, HostID: host, Status: listing.StatusLive, Facts: factsOf(d), SubmittedAt: &approved, ApprovedAt: &approved, CreatedAt: approved}
	for _, ph := range d.Photos {
		one.Photos = append(one.Photos, listing.PhotoInput{UploadID: photos.of(ph.File, host), Caption: ph.Caption, AltText: ph.Alt})
	}
	price := pricing.Price{ListingID: id, Currency: d.Price.Currency, NightlyMinor: d.Price.Nightly, CleaningMinor: d.Price.CleaningFee,
		IncludedGuests: d.Price.IncludedGuests, ExtraGuestMinor: d.Price.ExtraGuestFee, TaxBps: d.Price.TaxBasisPoints}
	b.listings, b.prices = append(b.listings, one), append(b.prices, price)
	zone, err := listing.ZoneOf(one.Location)
	if err != nil {
		return err
	}
	return b.addCalendar(d, one, price, zone, guests, now)
}

func (b *loaded) addCalendar(d Draft, of listing.Imported, price pricing.Price, zone string, guests []identity.User, now time.Time) error {
	today, err := calendar.Today(now, zone)
	if err != nil {
		return err
	}
	c := calendar.Imported{ListingID: of.ID, Rules: calendar.Rules{MinNights: d.Stay.MinNights, MaxNights: d.Stay.MaxNights,
		AdvanceNoticeDays: d.Stay.NoticeDays, HorizonDays: d.Stay.Horizon}}
	for i, o := range d.Occupied {
		taken := calendar.Taken{During: date.Range{Start: today + date.Date(o.StartDay), End: today + date.Date(o.StartDay+o.Nights)}}
		if o.Kind == Booking {
			if taken.BookingID, err = uuid.NewV7(); err != nil {
				return err
			}
			b.bookings = append(b.bookings, booking.Imported{ID: taken.BookingID, ListingID: of.ID, HostID: of.HostID,
				GuestID: guests[(d.Index*7+i)%len(guests)].ID, Stay: taken.During, Guests: o.Guests, Price: price, Policy: d.Cancellation,
				Timezone: zone, CheckInFrom: d.Stay.CheckIn, CreatedAt: now.AddDate(0, 0, -i-1)})
		}
		c.Taken = append(c.Taken, taken)
	}
	b.calendars = append(b.calendars, c)
	return nil
}
