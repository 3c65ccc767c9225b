// Package money is an amount in minor units of an ISO 4217 currency; no floats, no silent mixing of currencies.
package money

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// Amount is a number of minor units (cents, yen, fils) in a currency.
type Amount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// MaxMinor bounds every amount that Rentora accepts or computes: 10^13 minor units.
const MaxMinor = 10_000_000_000_000

// Known tells whether code is an ISO 4217 currency.
func Known(code string) bool {
	_, err := currency.ParseISO(code)
	return err == nil && strings.ToUpper(code) == code
}

// Exponent is the number of decimal places of a currency's minor unit (2 for EUR, 0 for JPY, 3 for KWD).
func Exponent(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// BasisPoints gives bps/10,000 of minor, rounded half away from zero; exact for |minor| ≤ MaxMinor and 0 ≤ bps ≤ 10^6.
func BasisPoints(minor int64, bps int) int64 {
	sign := int64(1)
	if minor < 0 {
		sign, minor = -1, -minor
	}
	hi, lo := bits.Mul64(uint64(minor), uint64(bps))
	lo, carry := bits.Add64(lo, 5_000, 0)
	quotient, _ := bits.Div64(hi+carry, lo, 10_000)
	return sign * int64(quotient)
}

// String writes the amount for people in a neutral form: "120.50 EUR".
func (a Amount) String() string {
	exp := Exponent(a.Currency)
	digits := strconv.FormatInt(abs(a.Minor), 10)
	for len(digits) <= exp {
		digits = "0" + digits
	}
	sign := ""
	if a.Minor < 0 {
		sign = "-"
	}
	if exp == 0 {
		return fmt.Sprintf("%s%s %s", sign, digits, a.Currency)
	}
	point := len(digits) - exp
	return fmt.Sprintf("%s%s.%s %s", sign, digits[:point], digits[point:], a.Currency)
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
