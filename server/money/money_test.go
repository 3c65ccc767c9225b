package money_test

import (
	"testing"

	"github.com/rentora/rentora/server/money"
)

func TestStringKnowsTheMinorUnit(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]money.Amount{
		"120.50 EUR": {Minor: 12050, Currency: "EUR"}, "0.05 USD": {Minor: 5, Currency: "USD"},
		"9800 JPY": {Minor: 9800, Currency: "JPY"}, "1.250 KWD": {Minor: 1250, Currency: "KWD"}, "-3.00 EUR": {Minor: -300, Currency: "EUR"},
	} {
		if got := a.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestBasisPointsRoundHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		minor int64
		bps   int
		want  int64
	}{{10_000, 650, 650}, {1, 5_000, 1}, {-1, 5_000, -1}, {1, 4_999, 0}, {money.MaxMinor, 10_000, money.MaxMinor}, {12345, 1, 1}, {0, 500, 0}} {
		if got := money.BasisPoints(c.minor, c.bps); got != c.want {
			t.Errorf("BasisPoints(%d, %d) = %d, want %d", c.minor, c.bps, got, c.want)
		}
	}
}

func TestKnownCurrencies(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{"EUR": true, "JPY": true, "eur": false, "ZZZ": false, "": false, "EURO": false} {
		if money.Known(code) != want {
			t.Errorf("Known(%q) = %v", code, !want)
		}
	}
}
