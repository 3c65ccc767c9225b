package seed

// home is one sold or offered home with the attributes that its data set records; zero means not recorded.
type home struct {
	source, kind string
	lat, lng     float64
	bedrooms     int
	bathrooms    float64
	area         int // square meters
	year         int
	price        float64 // in the source's currency
	floors       float64
	wall, garage string
	fireplaces   int
	air, heating string
	pool         bool
	deck, lot    int // square meters
	metro        int // meters to the next station
	neighborhood string
}

func readHomes(d *data) error {
	d.bySource, d.byType = map[string][]int32{}, map[string][]int32{}
	err := eachRow("homes.tsv.gz", func(r *row) { d.homes = append(d.homes, readHome(r)) })
	for i := range d.homes {
		h := &d.homes[i]
		h.fillRooms()
		d.bySource[h.source] = append(d.bySource[h.source], int32(i))
		for kind, fits := range fitting {
			if fits(h) {
				d.byType[kind] = append(d.byType[kind], int32(i))
			}
		}
	}
	return err
}

func readHome(r *row) home {
	return home{
		source: r.text("source"), kind: r.text("kind"), lat: r.number("lat"), lng: r.number("lng"),
		bedrooms: r.integer("beds"), bathrooms: r.number("baths"), area: r.integer("area"), year: r.integer("year"),
		price: r.number("price"), floors: r.number("floors"), wall: r.text("wall"), garage: r.text("garage"),
		fireplaces: r.integer("fireplaces"), air: r.text("air"), heating: r.text("heating"), pool: r.text("pool") == "y",
		deck: r.integer("deck"), lot: r.integer("lot"), metro: r.integer("metro"), neighborhood: r.text("place"),
	}
}

// fillRooms derives the rooms of a home whose data set records only its size.
func (h *home) fillRooms() {
	if h.bathrooms > 0 {
		return
	}
	for _, limit := range []int{45, 65, 95, 130} {
		if h.area > limit {
			h.bedrooms++
		}
	}
	h.bathrooms = 1
	if h.area > 80 {
		h.bathrooms = 1.5
	}
	if h.area > 130 {
		h.bathrooms = 2
	}
}

// fitting tells for each property type which homes lend it their attributes.
var fitting = map[string]func(*home) bool{
	"studio":    func(h *home) bool { return h.source == "athens" && h.area <= 45 },
	"apartment": func(h *home) bool { return h.kind == "apartment" && h.area > 45 && h.area <= 180 },
	"loft":      func(h *home) bool { return h.source == "athens" && h.area >= 60 && h.area <= 140 },
	"townhouse": func(h *home) bool { return h.kind == "townhouse" },
	"house":     func(h *home) bool { return h.kind == "house" && h.price < 600_000 },
	"villa":     func(h *home) bool { return h.kind == "house" && h.area >= 220 && h.bedrooms >= 4 },
	"cottage": func(h *home) bool {
		return h.kind == "house" && h.area <= 130 && h.bedrooms <= 3 && h.year > 0 && h.year < 1950
	},
	"cabin":      func(h *home) bool { return h.kind == "house" && h.area <= 120 && h.bedrooms <= 3 && h.wall == "wood" },
	"guesthouse": func(h *home) bool { return h.kind == "duplex" || h.kind == "house" && h.bedrooms >= 5 },
}

// origin is what must be known about a data set to bring its prices to today's dollars.
type origin struct {
	words    string  // for the derivation
	dollars  float64 // of one unit of its currency
	currency string
	growth   float64 // rounded rise of home prices since
	level    float64 // price level of its country, as in countries.tsv
}

var origins = map[string]origin{
	"lucas":      {"a sale in Lucas County, Ohio, 1993 to 1998", 1, "USD", 2.6, 100},
	"ames":       {"a sale in Ames, Iowa, 2006 to 2010", 1, "USD", 1.6, 100},
	"sacramento": {"a sale in the Sacramento area in 2008", 1, "USD", 1.9, 100},
	"athens":     {"an asking price in Athens in 2017", 1.1, "EUR", 1.25, 65},
}
