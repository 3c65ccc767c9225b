package booking

import (
	"testing"
	"time"
)

func TestRefundsToTheSecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, zone, checkIn string
		policy              Policy
		booked              string
		steps               []struct {
			before string // the first instant at which it is less
			bps    int
		}
		last int
	}{
		{"flexible", "Europe/Lisbon", "2026-07-10", Flexible, "2026-06-01T00:00:00Z", steps{{"2026-07-09T14:00:00Z", 10_000}}, 5_000},
		{"flexible, clocks go forward", "Europe/Lisbon", "2026-03-29", Flexible, "2026-01-01T00:00:00Z", steps{{"2026-03-28T15:00:00Z", 10_000}}, 5_000},
		{"flexible, the day after clocks go forward", "Europe/Lisbon", "2026-03-30", Flexible, "2026-01-01T00:00:00Z", steps{{"2026-03-29T14:00:00Z", 10_000}}, 5_000},
		{"flexible, clocks go back", "Europe/Lisbon", "2026-10-25", Flexible, "2026-01-01T00:00:00Z", steps{{"2026-10-24T14:00:00Z", 10_000}}, 5_000},
		{"moderate", "America/New_York", "2026-03-10", Moderate, "2026-01-01T00:00:00Z", // clocks there on 8 March
			steps{{"2026-03-05T20:00:00Z", 10_000}, {"2026-03-09T19:00:00Z", 5_000}}, 0},
		{"moderate, leap day", "Europe/Lisbon", "2028-03-01", Moderate, "2028-01-01T00:00:00Z",
			steps{{"2028-02-25T15:00:00Z", 10_000}, {"2028-02-29T15:00:00Z", 5_000}}, 0},
		{"strict", "Europe/Lisbon", "2026-07-31", Strict, "2026-06-01T10:30:00Z",
			steps{{"2026-06-03T10:30:00Z", 10_000}, {"2026-07-24T14:00:00Z", 5_000}}, 0},
		{"strict, booked 15 days before", "Europe/Lisbon", "2026-07-31", Strict, "2026-07-16T15:00:00Z",
			steps{{"2026-07-17T14:00:00Z", 10_000}, {"2026-07-24T14:00:00Z", 5_000}}, 0},
		{"strict, booked 10 days before", "Europe/Lisbon", "2026-07-31", Strict, "2026-07-21T10:00:00Z", steps{{"2026-07-24T14:00:00Z", 5_000}}, 0},
	} {
		b := Booking{Status: StatusConfirmed, CheckIn: day(c.checkIn), CheckInFrom: "15:00", Timezone: c.zone, Policy: c.policy,
			TotalMinor: 10_001, Currency: "EUR", CreatedAt: instant(t, c.booked)}
		for i, s := range c.steps {
			deadline, after := instant(t, s.before), c.last
			if i+1 < len(c.steps) {
				after = c.steps[i+1].bps
			}
			just := b.mustCancel(t, asGuest, deadline.Add(-time.Second))
			if just.RefundBps != s.bps || just.ChangesAt == nil || !just.ChangesAt.Equal(deadline) {
				t.Errorf("%s, a second before %s: %+v", c.name, s.before, just)
			}
			if late := b.mustCancel(t, asGuest, deadline); late.RefundBps != after {
				t.Errorf("%s, at %s: %d, want %d", c.name, s.before, late.RefundBps, after)
			}
			if got := b.mustCancel(t, asHost, deadline); got.RefundMinor != b.TotalMinor {
				t.Errorf("%s: the host's cancelling gives %d", c.name, got.RefundMinor)
			}
		}
	}
}

type steps = []struct {
	before string
	bps    int
}

func (b Booking) mustCancel(t *testing.T, by Part, now time.Time) Cancellation {
	t.Helper()
	c, err := b.cancellation(by, now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRefundSentencesAndRounding(t *testing.T) {
	t.Parallel()
	b := Booking{Status: StatusConfirmed, CheckIn: day("2026-07-10"), CheckInFrom: "15:00", Timezone: "Europe/Lisbon", Policy: Moderate, TotalMinor: 10_001, Currency: "EUR"}
	for _, c := range []struct {
		at, want string
		by       Part
		status   Status
		refund   int64
	}{
		{"2026-07-05T13:59:59Z", "Cancelling before 5 July 2026, 15:00 (Europe/Lisbon) gives back everything (moderate policy).", asGuest, StatusConfirmed, 10_001},
		{"2026-07-05T14:00:00Z", "Cancelling before 9 July 2026, 15:00 (Europe/Lisbon) gives back half of the price (moderate policy).", asGuest, StatusConfirmed, 5_001},
		{"2026-07-09T14:00:00Z", "Cancelling now gives back nothing; the last deadline of the moderate policy has passed.", asGuest, StatusConfirmed, 0},
		{"2026-07-09T14:00:00Z", "When the host cancels, the guest gets everything back.", asHost, StatusConfirmed, 10_001},
		{"2026-07-09T14:00:00Z", "When Rentora cancels, the guest gets everything back.", asAdmin, StatusConfirmed, 10_001},
		{"2026-07-09T14:00:00Z", "The request is not confirmed yet: cancelling it costs nothing.", asGuest, StatusPending, 10_001},
	} {
		b.Status = c.status
		if got := b.mustCancel(t, c.by, instant(t, c.at)); got.Explanation != c.want || got.RefundMinor != c.refund || got.TotalMinor != 10_001 || got.Currency != "EUR" {
			t.Errorf("%s by %s: %+v", c.at, c.by, got)
		}
	}
}

func TestABookingThatMakesNoSenseIsAnErrorAndNoRefund(t *testing.T) {
	t.Parallel()
	good := Booking{Status: StatusConfirmed, CheckInFrom: "15:00", Timezone: "Europe/Lisbon", Policy: Flexible}
	for name, spoil := range map[string]func(*Booking){
		"policy": func(b *Booking) { b.Policy = "kind" }, "zone": func(b *Booking) { b.Timezone = "Nowhere/Atlantis" }, "clock": func(b *Booking) { b.CheckInFrom = "noon" },
	} {
		b := good
		spoil(&b)
		if c, err := b.cancellation(asGuest, time.Time{}); err == nil {
			t.Errorf("%s: %+v", name, c)
		}
	}
}
