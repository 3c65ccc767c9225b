package seed

import (
	"math"
	"math/rand/v2"
)

const mostGuests = 16

// furnish settles what is let: the whole home or a part of it, how many beds stand there and how many may sleep.
func furnish(p *plan, d *Draft) {
	h, r := p.home, p.r
	d.PropertyType, d.RoomType = p.kind, roomType(p)
	d.Bedrooms, d.Bathrooms = h.bedrooms, math.Min(h.bathrooms, 6)
	switch d.RoomType {
	case "private_room":
		d.Bedrooms, d.Beds = 1, 1+r.IntN(2)
		d.Capacity = max(d.Beds, 1+r.IntN(2))
	case "shared_room":
		d.Bedrooms, d.Beds = 1, 3+r.IntN(4)
		d.Capacity = d.Beds
	default:
		d.Beds = max(1, h.bedrooms+r.IntN(h.bedrooms/2+2))
		d.Capacity = min(mostGuests, max(2, d.Beds+r.IntN(d.Beds+1)))
	}
}

func roomType(p *plan) string {
	switch left := p.r.IntN(100); {
	case p.kind == "guesthouse" && left < 55:
		return "private_room"
	case p.kind == "guesthouse" && left < 67:
		return "shared_room"
	case p.home.bedrooms < 2 || left >= 22:
		return "entire_place"
	case left < 4:
		return "shared_room"
	}
	return "private_room"
}

func stayRules(r *rand.Rand) StayRules {
	rules := StayRules{
		MinNights:  pick(r, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5, 7, 7, 28),
		MaxNights:  pick(r, 14, 30, 30, 60, 90, 180, 365),
		NoticeDays: pick(r, 0, 0, 0, 1, 1, 1, 2, 3, 7),
		Horizon:    pick(r, 90, 180, 180, 270, 365, 365),
		CheckIn:    pick(r, "13:00", "14:00", "15:00", "15:00", "16:00", "17:00"),
		CheckOut:   pick(r, "10:00", "10:00", "11:00", "11:00", "12:00"),
	}
	if rules.MinNights == 28 {
		rules.MaxNights = max(rules.MaxNights, 90)
	}
	return rules
}
