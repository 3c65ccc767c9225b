// Package date is the calendar date: a day on a listing's wall calendar, without time or zone.
package date

import (
	"fmt"
	"time"
)

// Date counts days since 2020-01-01 (day 0) in the proleptic Gregorian calendar. Dates compare, add and subtract as
// integers, which daylight saving and zones cannot disturb. The zero value is 2020-01-01.
type Date int32

const layout = "2006-01-02"

var epoch = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

// The dates that Rentora accepts from the outside: 2000-01-01 to 2199-12-31.
var (
	Min = Of(2000, time.January, 1)
	Max = Of(2199, time.December, 31)
)

// Of gives the date of a year, month and day; overflowing values are normalised as time.Date does.
func Of(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Sub(epoch) / (24 * time.Hour))
}

// In gives the date that a clock on the wall shows at an instant in a zone.
func In(at time.Time, zone *time.Location) Date {
	y, m, d := at.In(zone).Date()
	return Of(y, m, d)
}

// Parse reads YYYY-MM-DD and refuses days that do not exist and years outside of Min to Max.
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", s)
	}
	d := Of(t.Date())
	if d < Min || d > Max {
		return 0, fmt.Errorf("%s is outside of %s to %s", s, Min, Max)
	}
	return d, nil
}

// MustParse is Parse for constants and tests; it panics on a bad date.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time is midnight UTC at the start of the date: a carrier for libraries, not an instant of the listing.
func (d Date) Time() time.Time { return epoch.AddDate(0, 0, int(d)) }

// At is the instant at which a wall clock in a zone shows the hour and minute on this date. In a daylight-saving gap
// it is the instant after the gap that time.Date gives.
func (d Date) At(hour, minute int, zone *time.Location) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, hour, minute, 0, 0, zone)
}

// Weekday of the date.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// String gives YYYY-MM-DD.
func (d Date) String() string { return d.Time().Format(layout) }

// MarshalText gives YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return d.Time().AppendFormat(nil, layout), nil }

// UnmarshalText reads what Parse reads.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Bind reads a date of a request's query, where the contract's generated code looks for this method and not for
// UnmarshalText. An empty string changes nothing.
func (d *Date) Bind(src string) error {
	if src == "" {
		return nil
	}
	return d.UnmarshalText([]byte(src))
}
