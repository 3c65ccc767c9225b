// Package pricing is what a stay costs: a listing's price and the lines that it makes of nights and guests.
package pricing

import (
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/money"
)

// Price of a listing; amounts are minor units of Currency.
type Price struct {
	ListingID       uuid.UUID
	Currency        string // ISO 4217
	NightlyMinor    int64
	CleaningMinor   int64 // once per stay
	IncludedGuests  int   // that the nightly price covers
	ExtraGuestMinor int64 // per guest beyond the included ones and night
	TaxBps          int   // tax on everything, in hundredths of a per cent
	Version         int64
}

// The bounds that the schema has too.
const (
	maxMinor  = 10_000_000_000
	maxTaxBps = 5_000
	maxGuests = 50
	maxNights = 499 // the longest stay that any listing can allow
)

// validate names every rule that p breaks for a listing that takes capacity guests.
func (p Price) validate(capacity int) error {
	var f errs.Fields
	f.Check(money.Known(p.Currency), "currency", "currency", "currency must be an ISO 4217 code, such as EUR.")
	f.Check(within(p.NightlyMinor, 1), "nightly_minor", "range", "nightly_minor must be between 1 and 10000000000.")
	f.Check(within(p.CleaningMinor, 0), "cleaning_minor", "range", "cleaning_minor must be between 0 and 10000000000.")
	f.Check(within(p.ExtraGuestMinor, 0), "extra_guest_minor", "range", "extra_guest_minor must be between 0 and 10000000000.")
	f.Check(p.TaxBps >= 0 && p.TaxBps <= maxTaxBps, "tax_bps", "range", "tax_bps must be between 0 and 5000.")
	if p.IncludedGuests < 1 || p.IncludedGuests > capacity {
		f.Addf("included_guests", "range", "included_guests must be between 1 and %d, the guests that the listing takes.", capacity)
	}
	if err := f.Err(); err != nil {
		return err
	}
	if _, total := p.Lines(maxNights, maxGuests); total >= money.MaxMinor {
		f.Add("extra_guest_minor", "max", "extra_guest_minor is too much: the longest stay with the most guests would cost more than can be charged.")
	}
	return f.Err()
}

func within(minor, least int64) bool { return minor >= least && minor <= maxMinor }
