// Package calendar is when a listing can be stayed in: its rules, its blocks, and every night that is taken.
package calendar

import (
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
)

// Rules say which stays a listing takes. Days are counted on the listing's calendar.
type Rules struct {
	MinNights         int
	MaxNights         int
	AdvanceNoticeDays int   // between today and the earliest check-in
	HorizonDays       int   // how many days after today a stay may end at the latest
	Version           int64 // 0: the host has set none, these are the defaults
}

// DefaultRules are the rules of a listing whose host has set none.
func DefaultRules() Rules { return Rules{MinNights: 1, MaxNights: 30, HorizonDays: 365} }

// RulesOf gives the rules of a row of availability_rules that a left join may have missed: all nil are the defaults.
func RulesOf(minNights, maxNights, noticeDays, horizonDays *int32, version *int64) Rules {
	if version == nil {
		return DefaultRules()
	}
	return Rules{MinNights: int(*minNights), MaxNights: int(*maxNights), AdvanceNoticeDays: int(*noticeDays),
		HorizonDays: int(*horizonDays), Version: *version}
}

// validate names every bound that the rules break. The bounds keep the search's encoding of a stay within an int32.
func (r Rules) validate() error {
	var f errs.Fields
	f.Check(r.MinNights >= 1 && r.MinNights <= 63, "min_nights", "range", "min_nights must be between 1 and 63.")
	f.Check(r.MaxNights >= 1 && r.MaxNights <= 499, "max_nights", "range", "max_nights must be between 1 and 499.")
	f.Check(r.AdvanceNoticeDays >= 0 && r.AdvanceNoticeDays <= 90, "advance_notice_days", "range", "advance_notice_days must be between 0 and 90.")
	f.Check(r.HorizonDays >= 1 && r.HorizonDays <= 730, "horizon_days", "range", "horizon_days must be between 1 and 730.")
	f.Check(r.MinNights <= r.MaxNights, "max_nights", "min", "max_nights must not be less than min_nights.")
	f.Check(r.AdvanceNoticeDays+r.MinNights <= r.HorizonDays, "horizon_days", "min",
		"horizon_days must be at least advance_notice_days and min_nights together, or no stay fits.")
	return f.Err()
}

// Earliest is the first day on which a stay may start.
func (r Rules) Earliest(today date.Date) date.Date { return today + date.Date(r.AdvanceNoticeDays) }

// Latest is the last day on which a stay may end.
func (r Rules) Latest(today date.Date) date.Date { return today + date.Date(r.HorizonDays) }

// takes is Check without the sentences.
func (r Rules) takes(today date.Date, stay date.Range) bool {
	nights := stay.Nights()
	return nights >= max(1, r.MinNights) && nights <= r.MaxNights && stay.Start >= r.Earliest(today) && stay.End <= r.Latest(today)
}

// Check tells whether the rules take a stay, free or not: nil, or errs.Invalid with every rule that it breaks in the
// fields check_in and check_out.
func (r Rules) Check(today date.Date, stay date.Range) error {
	var f errs.Fields
	if stay.Nights() < 1 {
		f.Add("check_out", "after", "check_out must be after check_in.")
		return f.Err()
	}
	switch earliest := r.Earliest(today); {
	case stay.Start < today:
		f.Addf("check_in", "past", "check_in must not be in the past; at the place it is %s.", today)
	case stay.Start < earliest:
		f.Addf("check_in", "notice", "check_in must be %s or later: the host wants %d days of notice.", earliest, r.AdvanceNoticeDays)
	}
	if stay.Nights() < r.MinNights {
		f.Addf("check_out", "min_nights", "check_out must be %s or later: a stay has at least %d nights.", stay.Start+date.Date(r.MinNights), r.MinNights)
	}
	if stay.Nights() > r.MaxNights {
		f.Addf("check_out", "max_nights", "check_out must be %s or earlier: a stay has at most %d nights.", stay.Start+date.Date(r.MaxNights), r.MaxNights)
	}
	if latest := r.Latest(today); stay.End > latest {
		f.Addf("check_out", "horizon", "check_out must be %s or earlier: the host plans %d days ahead.", latest, r.HorizonDays)
	}
	return f.Err()
}
