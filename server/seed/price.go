package seed

import (
	"fmt"
	"math"
	"strings"

	"github.com/rentora/rentora/server/money"
)

// yield is the part of a home's value that one night is taken to cost.
const yield = 0.0006

// Bounds in dollars at the United States' price level, so that no outlier of the data sets makes an absurd listing.
const (
	leastDollars, mostDollars = 22, 1500
)

var roomFactor = map[string]float64{"entire_place": 1, "private_room": 0.45, "shared_room": 0.2}

// price derives all amounts from the home's recorded price.
func (p *plan) price(d *Draft) Price {
	from := origins[p.home.source]
	dollars := p.home.price * from.dollars * from.growth * yield / from.level * 100
	dollars = math.Min(math.Max(dollars, leastDollars), mostDollars)
	level, part := p.country.level/100, roomFactor[d.RoomType]
	spread := float64(85+p.r.IntN(31)) / 100
	local := math.Max(dollars*level*part*spread, 8*level) * p.country.perDollar
	price := Price{Currency: p.country.currency, Nightly: p.minor(local), TaxBasisPoints: p.country.taxBasisPoints}
	price.IncludedGuests = d.Capacity
	if chance(p.r, 75) {
		price.CleaningFee = p.minor(local * pick(p.r, 0.2, 0.3, 0.4, 0.5, 0.6))
	}
	if d.Capacity > 2 && chance(p.r, 55) {
		price.IncludedGuests = (d.Capacity + 2) / 2
		price.ExtraGuestFee = p.minor(local * 0.12)
	}
	price.Derivation = p.derivation(from, level, part)
	return price
}

// minor rounds an amount to two leading digits and a half, as people price, and gives its minor units.
func (p *plan) minor(units float64) int64 {
	step := 1.0
	for units/step >= 400 {
		step *= 10
	}
	if units/step >= 100 {
		step *= 5
	}
	rounded := math.Max(math.Round(units/step)*step, 1)
	return int64(rounded) * pow10(money.Exponent(p.country.currency))
}

func pow10(exponent int) int64 {
	n := int64(1)
	for range exponent {
		n *= 10
	}
	return n
}

func (p *plan) derivation(from origin, level, part float64) string {
	var s strings.Builder
	fmt.Fprintf(&s, "Derived, not a market price: %g %% of a home's value (%s %s, %s, times %g for the years since)",
		yield*100, thousands(p.home.price), from.currency, from.words, from.growth)
	if from.level != p.country.level {
		fmt.Fprintf(&s, ", times %.2f (price level of the country: %s)", level/(from.level/100), p.country.name)
	}
	if part != 1 {
		fmt.Fprintf(&s, ", times %g because only a room is let", part)
	}
	fmt.Fprintf(&s, ", within 15 %% of that, at %g %s to the dollar, kept within bounds and rounded.", p.country.perDollar, p.country.currency)
	return s.String()
}
