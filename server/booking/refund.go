package booking

import (
	"fmt"
	"time"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/money"
)

// Policy says what a guest who cancels gets back.
type Policy string

// The policies. Their deadlines are days before check-in at the check-in time, on the listing's wall clock: a day with a
// change of clocks is still a day.
const (
	Flexible Policy = "flexible" // everything until 1 day before, then half
	Moderate Policy = "moderate" // everything until 5 days before, half until 1 day before, then nothing
	Strict   Policy = "strict"   // everything within 48 h of booking and until 14 days before, half until 7 days before, then nothing
)

// Cancellation is what cancelling gives back.
type Cancellation struct {
	RefundMinor int64
	TotalMinor  int64
	Currency    string
	RefundBps   int        // share of the total, in hundredths of a per cent
	Explanation string     // a sentence
	ChangesAt   *time.Time // from this instant on it is less; nil when it stays as it is
}

// step is a share that holds before an instant; a nil instant is the last step.
type step struct {
	until *time.Time
	bps   int
}

const (
	everything = 10_000
	half       = 5_000
	regretTime = 48 * time.Hour
)

// cancellation is the one figure that preview and cancelling share: what a cancellation at an instant gives back.
func (b Booking) cancellation(by Part, now time.Time) (Cancellation, error) {
	switch {
	case b.Status == StatusPending:
		return b.gives(everything, "The request is not confirmed yet: cancelling it costs nothing.", nil), nil
	case by == asHost:
		return b.gives(everything, "When the host cancels, the guest gets everything back.", nil), nil
	case by == asAdmin:
		return b.gives(everything, "When Rentora cancels, the guest gets everything back.", nil), nil
	}
	steps, err := b.steps()
	if err != nil {
		return Cancellation{}, err
	}
	for _, s := range steps {
		if s.until == nil || now.Before(*s.until) {
			return b.gives(s.bps, b.explain(s), s.until), nil
		}
	}
	return Cancellation{}, fmt.Errorf("booking: policy %q has no last step", b.Policy)
}

// steps lays the policy out in time, earliest first.
func (b Booking) steps() ([]step, error) {
	checkIn, err := b.CheckInMoment()
	if err != nil {
		return nil, err
	}
	daysBefore := func(n int) *time.Time {
		at := checkIn.AddDate(0, 0, -n) // in the zone of checkIn: the same time on the wall
		return &at
	}
	switch b.Policy {
	case Flexible:
		return []step{{daysBefore(1), everything}, {nil, half}}, nil
	case Moderate:
		return []step{{daysBefore(5), everything}, {daysBefore(1), half}, {nil, 0}}, nil
	case Strict:
		full := daysBefore(14)
		if regret := b.CreatedAt.Add(regretTime); regret.Before(*full) {
			full = &regret
		}
		return []step{{full, everything}, {daysBefore(7), half}, {nil, 0}}, nil
	}
	return nil, fmt.Errorf("booking: unknown policy %q", b.Policy)
}

func (b Booking) gives(bps int, explanation string, changes *time.Time) Cancellation {
	return Cancellation{RefundMinor: money.BasisPoints(b.TotalMinor, bps), TotalMinor: b.TotalMinor, Currency: b.Currency,
		RefundBps: bps, Explanation: explanation, ChangesAt: changes}
}

func (b Booking) explain(s step) string {
	share := map[int]string{everything: "everything", half: "half of the price", 0: "nothing"}[s.bps]
	if s.until == nil {
		return fmt.Sprintf("Cancelling now gives back %s; the last deadline of the %s policy has passed.", share, b.Policy)
	}
	return fmt.Sprintf("Cancelling before %s gives back %s (%s policy).", local(*s.until, b.Timezone), share, b.Policy)
}

// local writes an instant as people at the place read it: "14 June 2026, 15:00 (Europe/Lisbon)".
func local(at time.Time, zone string) string {
	location, err := calendar.Zone(zone)
	if err != nil {
		location = time.UTC
	}
	return at.In(location).Format("2 January 2006, 15:04") + " (" + location.String() + ")"
}
