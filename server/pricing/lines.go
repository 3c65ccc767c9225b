package pricing

import (
	"fmt"
	"math/bits"
	"strconv"

	"github.com/rentora/rentora/server/money"
)

// Line is one line of a quote; amounts are minor units of the price's currency. Bookings keep lines in this JSON form.
type Line struct {
	Kind        string `json:"kind"` // nights, extra_guests, cleaning, tax
	Label       string `json:"label"`
	Quantity    int    `json:"quantity"`
	UnitMinor   int64  `json:"unit_minor"`
	AmountMinor int64  `json:"amount_minor"`
}

// Lines gives what a stay costs, line by line, and their sum: nights, extra guests, cleaning, and tax on the sum of
// these, rounded half away from zero to a minor unit. Lines of nothing are left out; a stay of no nights or no guests has
// no lines. An amount past money.MaxMinor stays there; no price that Set accepts comes near it.
func (p Price) Lines(nights, guests int) (lines []Line, totalMinor int64) {
	if nights < 1 || guests < 1 {
		return nil, 0
	}
	add := func(kind, label string, quantity int, unit int64) {
		if amount := times(unit, quantity); amount > 0 {
			lines = append(lines, Line{Kind: kind, Label: label, Quantity: quantity, UnitMinor: unit, AmountMinor: amount})
			totalMinor = min(totalMinor+amount, money.MaxMinor)
		}
	}
	add("nights", count(nights, "night"), nights, p.NightlyMinor)
	if extra := guests - p.IncludedGuests; extra > 0 {
		add("extra_guests", count(extra, "extra guest")+", "+count(nights, "night"), extra*nights, p.ExtraGuestMinor)
	}
	add("cleaning", "Cleaning", 1, p.CleaningMinor)
	add("tax", "Tax "+percent(p.TaxBps), 1, money.BasisPoints(totalMinor, p.TaxBps))
	return lines, totalMinor
}

// times multiplies without overflow and stops at money.MaxMinor.
func times(unit int64, quantity int) int64 {
	if unit <= 0 || quantity <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(unit), uint64(quantity))
	if hi > 0 || lo > money.MaxMinor {
		return money.MaxMinor
	}
	return int64(lo)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// percent writes basis points as people write a rate: "6.5 %".
func percent(bps int) string { return strconv.FormatFloat(float64(bps)/100, 'f', -1, 64) + " %" }
