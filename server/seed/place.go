package seed

import (
	"fmt"
	"math"
	"math/rand/v2"
)

type country struct {
	code, name, currency, style string
	perDollar                   float64 // units of the currency, rounded, for one US dollar
	level                       float64 // prices in percent of those in the United States
	taxBasisPoints              int
}

type place struct {
	name, country, region string
	lat, lng              float64
}

// city is a place that many look for. Out of every thousand listings, weight are there.
type city struct {
	place
	weight   int
	setting  string // city, coast, lake, mountain, country
	quarters []place
}

func readCountries(d *data) error {
	d.countries = map[string]country{}
	return eachRow("countries.tsv", func(r *row) {
		d.countries[r.text("country")] = country{
			code: r.text("country"), name: r.text("name"), currency: r.text("currency"), style: r.text("style"),
			perDollar: r.number("per_usd"), level: r.number("price_level"), taxBasisPoints: r.integer("tax_bps"),
		}
	})
}

func readPlace(r *row) place {
	return place{name: r.text("name"), country: r.text("country"), region: r.text("region"), lat: r.number("lat"), lng: r.number("lng")}
}

func readCities(d *data) error {
	return eachRow("cities.tsv", func(r *row) {
		d.cities = append(d.cities, city{place: readPlace(r), weight: r.integer("weight"), setting: r.text("setting")})
	})
}

func readPlaces(d *data) error {
	at := map[string]int{}
	for i, c := range d.cities {
		at[c.name] = i
	}
	return eachRow("places.tsv", func(r *row) {
		name := r.text("city")
		if name == "" {
			d.towns = append(d.towns, readPlace(r))
			return
		}
		i, ok := at[name]
		if !ok {
			r.fail("city", fmt.Sprintf("%q is not in cities.tsv", name))
			return
		}
		d.cities[i].quarters = append(d.cities[i].quarters, readPlace(r))
	})
}

const kilometersPerDegree = 111.2

// kilometers between two points on a flat sheet: good to a percent over a city.
func kilometers(lat1, lng1, lat2, lng2 float64) float64 {
	return kilometersPerDegree * math.Hypot(lat1-lat2, (lng1-lng2)*math.Cos(lat1*math.Pi/180))
}

var winds = [...]string{"north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"}

// bearing names the direction in which a point lies from a place.
func bearing(from place, lat, lng float64) string {
	east := (lng - from.lng) * math.Cos(from.lat*math.Pi/180)
	turn := math.Atan2(east, lat-from.lat) / (2 * math.Pi) * 8
	return winds[(int(math.Round(turn))+8)%8]
}

// scatter gives a point at most reach kilometers from a place, more often close than far.
func scatter(r *rand.Rand, from place, reach float64) (lat, lng float64) {
	angle, away := r.Float64()*2*math.Pi, r.Float64()*reach/kilometersPerDegree
	lat = from.lat + away*math.Sin(angle)
	lng = from.lng + away*math.Cos(angle)/math.Cos(from.lat*math.Pi/180)
	return round5(lat), round5(lng)
}

// round5 keeps a meter, and with it the same value on every machine.
func round5(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }

// nearest gives the named place closest to a point, the city itself included.
func (c *city) nearest(lat, lng float64) place {
	best, away := c.place, kilometers(c.lat, c.lng, lat, lng)
	for _, q := range c.quarters {
		if km := kilometers(q.lat, q.lng, lat, lng); km < away {
			best, away = q, km
		}
	}
	return best
}
