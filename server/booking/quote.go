package booking

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing"
)

// Mode says what booking a listing does.
type Mode string

// The modes.
const (
	Instant Mode = "instant" // confirms at once
	Request Mode = "request" // asks the host
)

// Quote is what a stay costs and promises, until ExpiresAt to whoever holds the token.
type Quote struct {
	Token               string
	ListingID           uuid.UUID
	Stay                date.Range
	Guests              int
	Lines               []pricing.Line
	TotalMinor          int64
	NightlyAverageMinor int64 // of the nights alone, without fees and tax
	Currency            string
	Mode                Mode
	Policy              Policy
	ExpiresAt           time.Time
}

// Dates are a stay that could be had instead.
type Dates struct {
	CheckIn  date.Date `json:"check_in"`
	CheckOut date.Date `json:"check_out"`
}

// offer is a listing as a guest can book it, with the nights that are taken around the wanted ones.
type offer struct {
	query.OfferRow
	price pricing.Price
	rules calendar.Rules
	today date.Date
}

// Quote prices a stay. Broken rules are errs.Invalid by field; dates that are taken are errs.Conflict, code dates_taken,
// whose details nearest_dates name others. Nothing is held until the quote is booked.
func (s *Service) Quote(ctx context.Context, actor identity.Actor, listingID uuid.UUID, stay date.Range, guests int) (Quote, error) {
	now := s.now()
	o, err := s.offer(ctx, listingID, stay, now)
	if err != nil {
		return Quote{}, err
	}
	if err := o.bookable(actor); err != nil {
		return Quote{}, err
	}
	if err := o.check(stay, guests, now); err != nil {
		return Quote{}, err
	}
	if o.isTaken(stay) {
		return Quote{}, o.taken(stay)
	}
	return s.promise(listingID, o, stay, guests, now.Add(s.conf.QuoteLife))
}

func (s *Service) promise(listingID uuid.UUID, o offer, stay date.Range, guests int, expires time.Time) (Quote, error) {
	lines, total := o.price.Lines(stay.Nights(), guests)
	token, err := s.signer.sign(terms{ListingID: listingID, HostID: o.HostID, CheckIn: stay.Start, CheckOut: stay.End, Guests: guests,
		Lines: lines, TotalMinor: total, Currency: o.price.Currency, PriceVersion: o.price.Version, Policy: Policy(o.CancellationPolicy),
		Mode: Mode(o.BookingMode), Timezone: o.Timezone, CheckInFrom: o.CheckInFrom, NoticeDays: o.rules.AdvanceNoticeDays, ExpiresAt: expires})
	return Quote{Token: token, ListingID: listingID, Stay: stay, Guests: guests, Lines: lines, TotalMinor: total, NightlyAverageMinor: nightlyAverage(lines, stay.Nights()),
		Currency: o.price.Currency, Mode: Mode(o.BookingMode), Policy: Policy(o.CancellationPolicy), ExpiresAt: expires}, err
}

// nightlyAverage is rounded half up.
func nightlyAverage(lines []pricing.Line, nights int) int64 {
	var sum int64
	for _, l := range lines {
		if l.Kind == "nights" {
			sum += l.AmountMinor
		}
	}
	return (sum + int64(nights)/2) / int64(nights)
}

// offer reads all that a quote needs in one round trip.
func (s *Service) offer(ctx context.Context, listingID uuid.UUID, stay date.Range, now time.Time) (offer, error) {
	first, last := stay.Start-calendar.Reach, max(stay.Start, stay.End)+calendar.Reach
	row, err := s.query().Offer(ctx, query.OfferParams{Now: &now, First: first, Last: last, ListingID: listingID})
	if errors.Is(err, pgx.ErrNoRows) {
		return offer{}, noListing()
	}
	if err != nil {
		return offer{}, postgres.Translate(err)
	}
	o := offer{OfferRow: row, rules: calendar.RulesOf(row.MinNights, row.MaxNights, row.AdvanceNoticeDays, row.HorizonDays, row.RulesVersion)}
	if row.PriceVersion != nil {
		o.price = pricing.Price{ListingID: listingID, Currency: *row.Currency, NightlyMinor: *row.NightlyMinor, CleaningMinor: *row.CleaningMinor,
			IncludedGuests: int(*row.IncludedGuests), ExtraGuestMinor: *row.ExtraGuestMinor, TaxBps: int(*row.TaxBps), Version: *row.PriceVersion}
	}
	o.today, err = calendar.Today(now, row.Timezone)
	return o, err
}

// bookable tells whether there is a listing to book; who may not see it learns nothing of it.
func (o offer) bookable(actor identity.Actor) error {
	switch {
	case o.Status == "live" && o.PriceVersion != nil:
		return nil
	case o.Status == "live" || actor.IsAdmin() || actor.SignedIn() && actor.ID == o.HostID:
		return notBookable()
	}
	return noListing()
}

// check names every rule that a stay breaks, whether its nights are free or not.
func (o offer) check(stay date.Range, guests int, now time.Time) error {
	var f errs.Fields
	var broken *errs.Error
	if errors.As(o.rules.Check(o.today, stay), &broken) {
		for _, b := range broken.Fields {
			f.Add(b.Field, b.Rule, b.Message)
		}
	}
	if guests < 1 || guests > int(o.MaxGuests) {
		f.Addf("guests", "range", "guests must be between 1 and %d, the most that the listing takes.", o.MaxGuests)
	}
	if broken == nil && Mode(o.BookingMode) == Request {
		begins, err := wallClock(stay.Start, o.CheckInFrom, o.Timezone)
		if err != nil {
			return err
		}
		f.Check(now.Before(begins), "check_in", "too_late", "check_in must be later: the host could no longer answer a request for today.")
	}
	return f.Err()
}

func (o offer) isTaken(stay date.Range) bool {
	for _, t := range o.Taken {
		if stay.Overlaps(t) {
			return true
		}
	}
	return false
}

// taken is the refusal of dates that somebody else has, with others that are free.
func (o offer) taken(stay date.Range) error {
	nearest := []Dates{}
	for _, r := range calendar.NearestFree(o.today, o.rules, o.Taken, stay) {
		nearest = append(nearest, Dates{CheckIn: r.Start, CheckOut: r.End})
	}
	return errs.Ef(errs.Conflict, "Some of the nights from %s to %s are taken.", stay.Start, stay.End).Coded("dates_taken").
		With(map[string]any{"nearest_dates": nearest})
}

func noListing() error { return errs.E(errs.NotFound, "There is no such listing.") }

func notBookable() error {
	return errs.E(errs.Conflict, "This listing cannot be booked at the moment.").Coded("not_bookable")
}
