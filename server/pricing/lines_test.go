package pricing

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/money"
)

func TestLines(t *testing.T) {
	t.Parallel()
	full := Price{Currency: "EUR", NightlyMinor: 12_050, CleaningMinor: 3_500, IncludedGuests: 2, ExtraGuestMinor: 1_500, TaxBps: 650}
	tests := map[string]struct {
		price          Price
		nights, guests int
		want           []Line
		total          int64
	}{
		"every line": {full, 3, 4, []Line{
			{"nights", "3 nights", 3, 12_050, 36_150},
			{"extra_guests", "2 extra guests, 3 nights", 6, 1_500, 9_000},
			{"cleaning", "Cleaning", 1, 3_500, 3_500},
			{"tax", "Tax 6.5 %", 1, 3_162, 3_162}, // 6.5 % of 48,650 is 3,162.25
		}, 51_812},
		"one of each": {full, 1, 3, []Line{
			{"nights", "1 night", 1, 12_050, 12_050},
			{"extra_guests", "1 extra guest, 1 night", 1, 1_500, 1_500},
			{"cleaning", "Cleaning", 1, 3_500, 3_500},
			{"tax", "Tax 6.5 %", 1, 1_108, 1_108}, // 1,108.25
		}, 18_158},
		"no guest beyond the included": {full, 2, 2, []Line{
			{"nights", "2 nights", 2, 12_050, 24_100},
			{"cleaning", "Cleaning", 1, 3_500, 3_500},
			{"tax", "Tax 6.5 %", 1, 1_794, 1_794},
		}, 29_394},
		"lines of nothing are left out": {Price{NightlyMinor: 100, IncludedGuests: 1}, 7, 5, []Line{{"nights", "7 nights", 7, 100, 700}}, 700},
		"tax of less than half a unit":  {Price{NightlyMinor: 1, IncludedGuests: 1, TaxBps: 4_999}, 1, 1, []Line{{"nights", "1 night", 1, 1, 1}}, 1},
		"half a unit rounds away from zero": {Price{NightlyMinor: 1, IncludedGuests: 1, TaxBps: 5_000}, 1, 1, []Line{
			{"nights", "1 night", 1, 1, 1}, {"tax", "Tax 50 %", 1, 1, 1},
		}, 2},
		"yen have no smaller unit": {Price{Currency: "JPY", NightlyMinor: 9_800, IncludedGuests: 1, TaxBps: 1_000}, 3, 1, []Line{
			{"nights", "3 nights", 3, 9_800, 29_400}, {"tax", "Tax 10 %", 1, 2_940, 2_940},
		}, 32_340},
		"dinars have a thousand": {Price{Currency: "KWD", NightlyMinor: 45_125, CleaningMinor: 7_500, IncludedGuests: 1, TaxBps: 125}, 2, 1, []Line{
			{"nights", "2 nights", 2, 45_125, 90_250}, {"cleaning", "Cleaning", 1, 7_500, 7_500}, {"tax", "Tax 1.25 %", 1, 1_222, 1_222}, // 1,221.875
		}, 98_972},
		"no nights": {full, 0, 2, nil, 0},
		"no guests": {full, 2, 0, nil, 0},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, total := c.price.Lines(c.nights, c.guests)
			if diff := cmp.Diff(c.want, lines); diff != "" {
				t.Error(diff)
			}
			if total != c.total {
				t.Errorf("total = %d, want %d", total, c.total)
			}
		})
	}
}

func TestLinesNeverOverflow(t *testing.T) {
	t.Parallel()
	p := Price{NightlyMinor: math.MaxInt64, CleaningMinor: math.MaxInt64, IncludedGuests: 1, ExtraGuestMinor: math.MaxInt64, TaxBps: maxTaxBps}
	lines, total := p.Lines(math.MaxInt32, math.MaxInt32)
	if total != money.MaxMinor {
		t.Errorf("total = %d, want %d", total, money.MaxMinor)
	}
	for _, l := range lines {
		if l.AmountMinor < 1 || l.AmountMinor > money.MaxMinor {
			t.Errorf("%s = %d", l.Kind, l.AmountMinor)
		}
	}
}

func TestLinesAddUp(t *testing.T) {
	t.Parallel()
	p := Price{NightlyMinor: 9_999, CleaningMinor: 4_321, IncludedGuests: 2, ExtraGuestMinor: 777, TaxBps: 1_234}
	for nights := 1; nights <= 499; nights += 7 {
		for guests := 1; guests <= 50; guests++ {
			lines, total := p.Lines(nights, guests)
			var sum int64
			for _, l := range lines {
				sum += l.AmountMinor
				if l.AmountMinor != l.UnitMinor*int64(l.Quantity) {
					t.Fatalf("%d nights, %d guests: %+v does not multiply", nights, guests, l)
				}
			}
			if sum != total {
				t.Fatalf("%d nights, %d guests: lines sum to %d, total %d", nights, guests, sum, total)
			}
		}
	}
}

func TestTheDearestPricesThatAreAcceptedStayWithinBounds(t *testing.T) {
	t.Parallel()
	dear := Price{Currency: "IDR", NightlyMinor: maxMinor, CleaningMinor: maxMinor, IncludedGuests: 50, ExtraGuestMinor: maxMinor, TaxBps: maxTaxBps}
	if err := dear.validate(50); err != nil {
		t.Errorf("without extra guests: %v", err)
	}
	dear.IncludedGuests = 1
	if err := dear.validate(50); err == nil {
		t.Error("a price whose longest stay cannot be charged is accepted")
	}
}
