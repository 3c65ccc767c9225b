package seed

import "math/rand/v2"

// How far ahead the demo calendar is filled, and with how much.
const (
	busyDays = 150
	busyMost = 16
)

// popular is how many bookings ten listings in a row have: a hundred together, few each for most and many for some.
var popular = [...]int{3, 11, 6, 21, 8, 14, 5, 10, 16, 6}

// fill gives the listing its bookings and blocks: up to three in five in the near future, the others over or never come
// about. The first three of every ten listings are in the middle of a stay more often than not.
func fill(r *rand.Rand, d *Draft) {
	quiet := pick(r, 3, 5, 8, 12, 20, 35)
	want := popular[d.Index%len(popular)]
	d.Occupied = occupied(r, d, quiet, want*3/5)
	for _, o := range d.Occupied {
		if o.Kind == Booking {
			want--
		}
		d.AgeDays = max(d.AgeDays, o.AgeDays)
	}
	free := 3 // the day after the last free night
	if len(d.Occupied) > 0 {
		free = min(free, d.Occupied[0].StartDay)
	}
	for range want {
		if chance(r, 35) {
			d.Stays = append(d.Stays, lost(r, d))
			continue
		}
		stay := past(r, d, free, quiet)
		free = stay.StartDay
		d.Stays = append(d.Stays, stay)
	}
	for _, s := range d.Stays {
		d.AgeDays = max(d.AgeDays, s.AgeDays)
	}
	d.AgeDays += 1 + r.IntN(30)
}

// occupied fills the near future as busy places and quiet ones have it, with gaps that leave something to book.
func occupied(r *rand.Rand, d *Draft, quiet, bookings int) []Occupied {
	last := min(busyDays, d.Stay.Horizon)
	var taken []Occupied
	for day := 1 + r.IntN(quiet+2); day < last && len(taken) < busyMost && bookings > 0; {
		next := stretch(r, d, day)
		if next.Kind == Booking {
			bookings--
		}
		taken = append(taken, next)
		day += next.Nights + r.IntN(2*quiet)
	}
	return taken
}

func stretch(r *rand.Rand, d *Draft, day int) Occupied {
	if chance(r, 14) {
		return Occupied{Kind: Block, StartDay: day, Nights: 1 + r.IntN(9)}
	}
	o := Occupied{Kind: Booking, StartDay: day, Nights: nights(r, d), Guests: 1 + r.IntN(d.Capacity)}
	if d.BookingMode == "request" && day > d.Stay.NoticeDays && chance(r, 8) {
		o.Waiting = true
		return o
	}
	o.AgeDays = min(1+d.Stay.NoticeDays+r.IntN(90), max(1, d.Stay.Horizon-day))
	return o
}

func nights(r *rand.Rand, d *Draft) int { return min(d.Stay.MaxNights, d.Stay.MinNights+r.IntN(6)) }

// lead is how many days before its first night a stay was booked.
func lead(r *rand.Rand, d *Draft) int {
	least := max(2, d.Stay.NoticeDays)
	return least + r.IntN(min(90, d.Stay.Horizon-least))
}

// past is a stay before those that are known already. One that reaches over today goes on.
func past(r *rand.Rand, d *Draft, free, quiet int) Stay {
	s := Stay{Status: "COMPLETED", Nights: nights(r, d), Guests: 1 + r.IntN(d.Capacity)}
	end := free - r.IntN(2*quiet)
	if s.StartDay = end - s.Nights; end >= 1 && s.StartDay < 0 {
		s.Status = "CHECKED_IN"
	} else {
		s.StartDay = min(end, -1) - s.Nights // it is not over on its last morning
	}
	s.AgeDays = lead(r, d) - s.StartDay
	return s
}

// lost is a booking that came to nothing, and may lie wherever others do.
func lost(r *rand.Rand, d *Draft) Stay {
	statuses := []string{"CANCELLED_BY_GUEST", "CANCELLED_BY_GUEST", "CANCELLED_BY_GUEST", "CANCELLED_BY_GUEST", "CANCELLED_BY_HOST", "CANCELLED_BY_ADMIN"}
	if d.BookingMode == "request" {
		statuses = append(statuses, "DECLINED", "DECLINED", "EXPIRED", "EXPIRED")
	}
	s := Stay{Status: pick(r, statuses...), StartDay: 60 - r.IntN(260), Nights: nights(r, d), Guests: 1 + r.IntN(d.Capacity)}
	ahead := lead(r, d)
	s.AgeDays = max(2, ahead-s.StartDay)
	switch s.Status {
	case "EXPIRED":
		s.EndHours = 24
	case "DECLINED":
		s.EndHours = 1 + r.IntN(22)
	default:
		s.EndHours = 24 + r.IntN(24*(min(s.AgeDays, s.AgeDays+s.StartDay)-1)) // before today and before the stay
	}
	return s
}
