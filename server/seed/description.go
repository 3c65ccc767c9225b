package seed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// mostSentences bounds a description; the first two are always there.
const mostSentences = 6

// description strings together what is known: the home, where it is, how people sleep, its building, its comforts.
func description(p *plan, d *Draft) string {
	sentences := []string{opening(p, d), position(p)}
	more := []string{sleeping(p.r, d), building(p), warmth(p, d), outside(p, d), practical(p.r, d), terms(p.r, d)}
	start := p.r.IntN(len(more))
	wanted := 4 + p.r.IntN(mostSentences-3)
	for i := range more {
		if s := more[(start+i)%len(more)]; s != "" && len(sentences) < wanted {
			sentences = append(sentences, s)
		}
	}
	return strings.Join(sentences, " ")
}

func opening(p *plan, d *Draft) string {
	size := fmt.Sprintf("%d m²", p.home.area)
	switch d.RoomType {
	case "private_room":
		return pick(p.r,
			fmt.Sprintf("A room of your own in %s of %s, with %s in the home.", article(sized(p)), size, bathrooms(p.home.bathrooms)),
			fmt.Sprintf("You have one of the bedrooms of this %s to yourself; the home measures %s.", sized(p), size))
	case "shared_room":
		return fmt.Sprintf("%s in a room shared with other guests, part of %s of %s.", upperFirst(count(d.Beds, "bed")), article(sized(p)), size)
	}
	rooms := inside(p)
	return pick(p.r,
		fmt.Sprintf("The whole %s is yours: %s with %s.", p.kind, size, rooms),
		fmt.Sprintf("%s of %s with %s.", upperFirst(article(p.kind)), size, rooms),
		fmt.Sprintf("This %s has %s on %s.", p.kind, rooms, size))
}

func inside(p *plan) string {
	baths := bathrooms(p.home.bathrooms)
	if p.home.bedrooms == 0 {
		return "one room for living and sleeping and " + baths
	}
	return count(p.home.bedrooms, "bedroom") + " and " + baths
}

func position(p *plan) string {
	away := kilometers(p.city.lat, p.city.lng, p.lat, p.lng)
	var where string
	if away < 0.5 {
		where = "in the middle of " + p.city.name
	} else {
		where = fmt.Sprintf("about %g km %s of the center of %s", math.Round(away*2)/2, bearing(p.city, p.lat, p.lng), p.city.name)
	}
	if p.near.name != p.city.name && away >= 0.5 {
		where += pick(p.r, ", close to "+p.near.name, "; the nearest quarter or town is "+p.near.name)
	}
	if p.exact && p.home.metro > 0 {
		where += fmt.Sprintf(" (the next metro or train station: %d m)", (p.home.metro+5)/10*10)
	}
	return pick(p.r, "It is ", "It stands ", "You stay ") + where + "."
}

func sleeping(r *rand.Rand, d *Draft) string {
	guests, beds := count(d.Capacity, "guest"), count(d.Beds, "bed")
	if d.RoomType == "shared_room" {
		return ""
	}
	return pick(r, "It sleeps "+guests+" in "+beds+".", "There "+either(d.Beds == 1, "is ", "are ")+beds+" for up to "+guests+".")
}

// building tells of walls and floors only where the home really stands: elsewhere they would be out of place.
func building(p *plan) string {
	h := p.home
	if h.year == 0 {
		return ""
	}
	s := pick(p.r, fmt.Sprintf("The building dates from %d", h.year), fmt.Sprintf("It was built in %d", h.year))
	if p.exact && h.wall != "" {
		s += " and has outside walls of " + h.wall
	}
	if p.exact && h.floors > 1 && h.floors == math.Trunc(h.floors) {
		s += fmt.Sprintf(", on %s floors", word(int(h.floors)))
	}
	return s + "."
}

func warmth(p *plan, d *Draft) string {
	var has []string
	if slices.Contains(d.Amenities, "heating") {
		has = append(has, either(p.home.heating != "" && p.exact, p.home.heating+" heating", "heating"))
	}
	if slices.Contains(d.Amenities, "air_conditioning") {
		has = append(has, "air conditioning")
	}
	if n := p.home.fireplaces; n > 0 {
		has = append(has, count(n, "fireplace"))
	}
	if len(has) == 0 {
		return ""
	}
	return pick(p.r, "There is ", "It comes with ", "You will find ") + list(has) + "."
}

func outside(p *plan, d *Draft) string {
	var has []string
	for _, thing := range []struct{ key, words string }{
		{"terrace", "a terrace"}, {"balcony", "a balcony"}, {"garden", "a garden"}, {"pool", "a pool"}, {"hot_tub", "a hot tub"},
	} {
		if slices.Contains(d.Amenities, thing.key) {
			has = append(has, thing.words)
		}
	}
	if len(has) == 0 {
		return ""
	}
	s := "Outside there is " + list(has)
	if p.exact && p.home.lot > 0 && p.isHouse() {
		s += fmt.Sprintf(" on a plot of %s m²", thousands(float64(p.home.lot)))
	}
	return s + "."
}

func practical(r *rand.Rand, d *Draft) string {
	var has []string
	for _, thing := range []struct{ key, words string }{
		{"wifi", "wifi"}, {"kitchen", "a kitchen"}, {"washer", "a washing machine"}, {"dishwasher", "a dishwasher"},
		{"workspace", "a desk to work at"}, {"free_parking", "free parking"}, {"elevator", "a lift"},
	} {
		if slices.Contains(d.Amenities, thing.key) {
			has = append(has, thing.words)
		}
	}
	if len(has) < 2 {
		return ""
	}
	return pick(r, "Guests have ", "For everyday life there is ", "At hand: ") + list(has[:min(len(has), 4)]) + "."
}

func terms(r *rand.Rand, d *Draft) string {
	least := count(d.Stay.MinNights, "night")
	return pick(r,
		fmt.Sprintf("Stays begin at %s, with check-in from %s.", least, d.Stay.CheckIn),
		fmt.Sprintf("Check-in is from %s; the shortest stay is %s.", d.Stay.CheckIn, least))
}

func list(things []string) string {
	if len(things) == 1 {
		return things[0]
	}
	last := len(things) - 1
	return strings.Join(things[:last], ", ") + " and " + things[last]
}
