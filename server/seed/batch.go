package seed

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/pricing"
)

// homeBatch is a multiple of listingsPerHost. Larger ones are hardly quicker, and lose more when the program is ended.
const homeBatch = 400

// homes writes the listings with all that belongs to them.
func (r *run) homes(ctx context.Context, g *generator, photos map[string]uuid.UUID) error {
	return r.batches(ctx, "listings", r.listings, homeBatch, func(ctx context.Context, tx pgx.Tx, first, last int) error {
		b := loaded{run: r, photos: photos, adopted: map[adoption]uuid.UUID{}}
		for n := first; n < last; n++ {
			if err := b.add(g.draft(n)); err != nil {
				return err
			}
		}
		return b.write(ctx, tx)
	})
}

// adoption is a picture of a host.
type adoption struct {
	host int
	file string
}

// loaded collects what a batch becomes in each room.
type loaded struct {
	*run
	photos    map[string]uuid.UUID // uploads of the first host
	adopted   map[adoption]uuid.UUID
	copies    []media.Adoption
	listings  []listing.Imported
	prices    []pricing.Price
	calendars []calendar.Imported
	bookings  []booking.Imported
}

func (b *loaded) write(ctx context.Context, tx pgx.Tx) error {
	if _, err := b.Media.Adopt(ctx, tx, b.base, b.copies); err != nil {
		return err
	}
	if err := b.Listings.ImportIn(ctx, tx, b.listings); err != nil {
		return err
	}
	if err := b.Prices.ImportIn(ctx, tx, b.prices); err != nil {
		return err
	}
	if err := b.Bookings.ImportIn(ctx, tx, b.bookings); err != nil {
		return err
	}
	return b.Calendar.ImportIn(ctx, tx, b.calendars)
}

func (b *loaded) add(d Draft) error {
	host, approved := b.hostOf(d.Index), b.base.AddDate(0, 0, -d.AgeDays)
	one := listing.Imported{ID: b.id("listing", d.Index, approved), HostID: b.hostID(host), Status: listing.StatusLive, Facts: factsOf(d),
		SubmittedAt: &approved, ApprovedAt: &approved, CreatedAt: approved}
	for _, ph := range d.Photos {
		one.Photos = append(one.Photos, listing.PhotoInput{UploadID: b.photo(host, ph.File), Caption: ph.Caption, AltText: ph.Alt})
	}
	price := pricing.Price{ListingID: one.ID, Currency: d.Price.Currency, NightlyMinor: d.Price.Nightly, CleaningMinor: d.Price.CleaningFee,
		IncludedGuests: d.Price.IncludedGuests, ExtraGuestMinor: d.Price.ExtraGuestFee, TaxBps: d.Price.TaxBasisPoints}
	b.listings, b.prices = append(b.listings, one), append(b.prices, price)
	zone, err := listing.ZoneOf(one.Location)
	if err != nil {
		return err
	}
	today, err := calendar.Today(b.base, zone)
	if err != nil {
		return err
	}
	c := calendar.Imported{ListingID: one.ID, Rules: calendar.Rules{MinNights: d.Stay.MinNights, MaxNights: d.Stay.MaxNights,
		AdvanceNoticeDays: d.Stay.NoticeDays, HorizonDays: d.Stay.Horizon}}
	h := house{loaded: b, draft: d, today: today, calendar: &c, booked: booking.Imported{ListingID: one.ID, HostID: one.HostID, Price: price,
		Policy: booking.Policy(d.Cancellation), Timezone: zone, CheckInFrom: d.Stay.CheckIn}}
	h.fill()
	b.calendars = append(b.calendars, c)
	return nil
}

// photo gives the host's own copy of a picture.
func (b *loaded) photo(host int, file string) uuid.UUID {
	key := adoption{host, file}
	id, ok := b.adopted[key]
	if !ok {
		id = b.id("photo "+file, host, b.base)
		b.adopted[key] = id
		b.copies = append(b.copies, media.Adoption{ID: id, OwnerID: b.hostID(host), SourceID: b.photos[file]})
	}
	return id
}
