package seed

import "math/rand/v2"

// plan is what is settled about a listing before its details: where it stands and whose attributes it has.
type plan struct {
	r        *rand.Rand
	home     *home
	kind     string // property type
	country  country
	near     place // the closest named place
	city     place // what people search for
	setting  string
	lat, lng float64
	exact    bool
}

// inCity puts the nth listing of a city on the true spot of a geocoded home while there are any, then near a quarter.
func (g *generator) inCity(p *plan, c *city, nth int) {
	p.city, p.setting, p.country = c.place, c.setting, g.countries[c.country]
	if order := g.order[geocoded[c.name]]; nth < len(order) {
		p.home, p.exact = &g.homes[order[nth]], true
		p.lat, p.lng = p.home.lat, p.home.lng
		p.near, p.kind = c.nearest(p.lat, p.lng), p.trueKind()
		return
	}
	around, reach := c.place, 2.5
	if at := p.r.IntN(len(c.quarters) + 3); at < len(c.quarters) {
		around, reach = c.quarters[at], 0.8
	}
	p.lat, p.lng = scatter(p.r, around, reach)
	p.near = c.nearest(p.lat, p.lng)
	g.borrow(p)
}

// inTown puts the nth listing outside of the popular cities near the middle of a town, another town each time.
func (g *generator) inTown(p *plan, nth int) {
	town := g.data.towns[g.towns[nth%len(g.towns)]]
	p.city, p.near, p.setting, p.country = town, town, "country", g.countries[town.country]
	p.lat, p.lng = scatter(p.r, town, 1.5)
	g.borrow(p)
}

// borrow chooses a property type that suits the setting and a home elsewhere whose attributes fit it.
func (g *generator) borrow(p *plan) {
	p.kind = drawn(p.r, mixture[p.setting])
	fitting := g.byType[p.kind]
	p.home = &g.homes[fitting[p.r.IntN(len(fitting))]]
}

// trueKind names the property type of a home that stands where its data set says.
func (p *plan) trueKind() string {
	h := p.home
	switch {
	case h.kind == "apartment" && fittingStudio(h):
		return "studio"
	case h.source == "athens" && h.area >= 70 && h.area <= 140 && chance(p.r, 10):
		return "loft"
	case h.kind == "apartment" || h.kind == "townhouse":
		return h.kind
	case h.kind == "duplex":
		return "guesthouse"
	case fitting["cottage"](h) && chance(p.r, 35):
		return "cottage"
	case fitting["villa"](h) && h.area >= 280:
		return "villa"
	}
	return "house"
}

func fittingStudio(h *home) bool { return fitting["studio"](h) }

// share is an entry of a mixture; the percents of one mixture add up to 100.
type share struct {
	percent int
	of      string
}

var mixture = map[string][]share{
	"city":     {{48, "apartment"}, {16, "studio"}, {12, "loft"}, {10, "townhouse"}, {8, "house"}, {6, "guesthouse"}},
	"coast":    {{38, "apartment"}, {16, "villa"}, {16, "house"}, {10, "studio"}, {8, "cottage"}, {6, "townhouse"}, {6, "guesthouse"}},
	"mountain": {{42, "cabin"}, {18, "apartment"}, {15, "house"}, {12, "cottage"}, {8, "guesthouse"}, {5, "studio"}},
	"lake":     {{28, "house"}, {24, "apartment"}, {18, "cottage"}, {15, "villa"}, {10, "guesthouse"}, {5, "cabin"}},
	"country":  {{28, "apartment"}, {26, "house"}, {12, "cottage"}, {10, "guesthouse"}, {8, "studio"}, {6, "townhouse"}, {4, "villa"}, {4, "cabin"}, {2, "loft"}},
}

func drawn(r *rand.Rand, from []share) string {
	left := r.IntN(100)
	for _, s := range from {
		if left -= s.percent; left < 0 {
			return s.of
		}
	}
	return from[0].of
}

// address says what the data knows: the quarter or town, and whether its middle is close.
func (p *plan) address() Address {
	return Address{
		Line: p.whereabouts(), Locality: p.near.name, City: p.city.name, Region: p.near.region,
		CountryCode: p.country.code, Country: p.country.name,
	}
}

func (p *plan) whereabouts() string {
	if kilometers(p.near.lat, p.near.lng, p.lat, p.lng) < 1.2 {
		return "Near the center of " + p.near.name
	}
	wind := bearing(p.near, p.lat, p.lng)
	return upperFirst(wind) + " of the center of " + p.near.name
}
