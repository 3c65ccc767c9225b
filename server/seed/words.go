package seed

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Number words up to twelve, as people write them; digits beyond.
var words = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

func word(n int) string {
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// count writes a number with its noun: "one bed", "four beds".
func count(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return word(n) + " " + noun + "s"
}

// bathrooms counts them in halves: "one bathroom", "two and a half bathrooms".
func bathrooms(n float64) string {
	whole := int(n)
	if float64(whole) == n {
		return count(whole, "bathroom")
	}
	return word(whole) + " and a half bathrooms"
}

func thousands(n float64) string {
	digits := strconv.Itoa(int(n))
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// upperFirst is for words of our own, which begin with a Latin letter.
func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// article puts "a" or "an" before one of our own words: property types and spelled numbers.
func article(s string) string {
	if strings.ContainsRune("aeiou", rune(s[0])) && !strings.HasPrefix(s, "one") {
		return "an " + s
	}
	return "a " + s
}

const longestTitle = 80

// title is made of the type, the rooms and the places, shortened when the places have long names.
func title(p *plan, d *Draft) string {
	what := subject(p, d)
	for _, where := range []string{p.whereLong(), p.whereShort()} {
		if full := upperFirst(what) + " " + where; utf8.RuneCountInString(full) <= longestTitle {
			return full
		}
	}
	return upperFirst(p.kind) + " in " + p.country.name
}

func subject(p *plan, d *Draft) string {
	switch d.RoomType {
	case "private_room":
		return "private room in " + article(sized(p))
	case "shared_room":
		return "bed in a shared room of " + article(sized(p))
	}
	return adorned(p, d)
}

// sized is the kind with the home's bedrooms: "three-bedroom house".
func sized(p *plan) string {
	if p.kind == "studio" || p.home.bedrooms < 1 {
		return p.kind
	}
	return word(p.home.bedrooms) + "-bedroom " + p.kind
}

// adorned is sized with one true thing more, for some: when it was built, or what it has.
func adorned(p *plan, d *Draft) string {
	plain := sized(p)
	switch built := p.home.year; {
	case built > 0 && built < 1915 && chance(p.r, 50):
		return plain + " from " + strconv.Itoa(built)
	case shows(d.Photos, "terrace") && p.isHouse() && chance(p.r, 25):
		return plain + " with terrace"
	case p.home.area >= 20 && chance(p.r, 15):
		return fmt.Sprintf("%s of %d m²", plain, p.home.area)
	}
	return plain
}

func (p *plan) whereLong() string {
	if p.near.name == p.city.name {
		return pick(p.r, "in ", "in ", "near the center of ") + p.city.name
	}
	return pick(p.r, "near ", "close to ") + p.near.name + ", " + p.city.name
}

func (p *plan) whereShort() string { return "in " + p.city.name }

// houseRules are three to five sentences, of which none contradicts the amenities.
func houseRules(r *rand.Rand, d *Draft) []string {
	rules := []string{
		fmt.Sprintf("Check-in is from %s, check-out until %s.", d.Stay.CheckIn, d.Stay.CheckOut),
		fmt.Sprintf("At most %s may stay overnight.", count(d.Capacity, "guest")),
	}
	rules = append(rules, allowed(d, "smoking_allowed", "Smoking is allowed on request.", "No smoking inside."))
	rules = append(rules, allowed(d, "pets_allowed", "Pets are welcome; please say so when you book.", "No pets, please."))
	if chance(r, 70) {
		rules = append(rules, pick(r, "Quiet from 22:00 to 08:00.", "Quiet after 23:00.", "No parties or events.",
			"Please take your shoes off at the door.", "Please separate the rubbish; the bins are labeled."))
	}
	return rules
}

func allowed(d *Draft, key, yes, no string) string {
	for _, has := range d.Amenities {
		if has == key {
			return yes
		}
	}
	return no
}
