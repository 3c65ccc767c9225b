package seed

// Amenities are all keys that a Draft may carry, as the listing room defines them.
var Amenities = []string{
	"wifi", "kitchen", "washer", "dryer", "air_conditioning", "heating", "workspace", "tv", "hair_dryer", "iron", "pool",
	"hot_tub", "free_parking", "ev_charger", "cot", "gym", "bbq_grill", "breakfast", "indoor_fireplace", "smoking_allowed",
	"pets_allowed", "smoke_alarm", "carbon_monoxide_alarm", "first_aid_kit", "fire_extinguisher", "balcony", "terrace",
	"garden", "sea_view", "mountain_view", "lake_access", "beach_access", "ski_in_out", "elevator", "step_free_access",
	"wheelchair_accessible", "dishwasher", "microwave", "coffee_maker", "luggage_dropoff", "long_term_stays",
	"self_check_in", "bicycle_storage", "baby_bath", "high_chair",
}

// usual is how many of a hundred listings have an amenity of which the data sets say nothing.
var usual = map[string]int{
	"wifi": 96, "kitchen": 90, "washer": 66, "dryer": 34, "workspace": 45, "tv": 72, "hair_dryer": 70, "iron": 58,
	"ev_charger": 6, "cot": 22, "gym": 5, "breakfast": 8, "smoking_allowed": 5, "pets_allowed": 26, "smoke_alarm": 82,
	"carbon_monoxide_alarm": 48, "first_aid_kit": 44, "fire_extinguisher": 46, "dishwasher": 46, "microwave": 64,
	"coffee_maker": 68, "luggage_dropoff": 28, "self_check_in": 42, "bicycle_storage": 18, "baby_bath": 9, "high_chair": 17,
}

// amenities takes what the home's record, its setting and its pictures say, and draws the rest by how usual it is.
func (p *plan) amenities(d *Draft) []string {
	sure := p.known(d)
	var has []string
	for _, key := range Amenities {
		yes, settled := sure[key]
		if !settled {
			yes = chance(p.r, usual[key])
		}
		if yes {
			has = append(has, key)
		}
	}
	return has
}

func (p *plan) known(d *Draft) map[string]bool {
	h, r := p.home, p.r
	house, warm := p.isHouse(), p.lat < 35 && p.lat > -35
	outside := shows(d.Photos, "terrace")
	sure := map[string]bool{
		"kitchen":          shows(d.Photos, "kitchen"),
		"air_conditioning": h.air == "y" || h.air == "" && chance(r, either(warm, 75, 38)),
		"heating":          !warm || h.heating != "" || chance(r, 25),
		"indoor_fireplace": h.fireplaces > 0,
		"free_parking":     h.garage != "" || chance(r, either(house, 60, 18)),
		"pool":             h.pool || chance(r, either(p.kind == "villa", 45, either(house && warm, 20, 3))),
		"hot_tub":          chance(r, either(p.kind == "villa" || p.kind == "cabin", 22, 3)),
		"terrace":          outside && house || h.deck > 0,
		"balcony":          outside && !house,
		"garden":           house && (h.lot > 150 || chance(r, 50)),
		"bbq_grill":        house && chance(r, 40),
		"elevator":         !house && h.year >= 1970 && chance(r, 75),
		"long_term_stays":  d.Stay.MaxNights >= 60,
	}
	p.accessible(sure, house)
	p.outlook(sure)
	return sure
}

func (p *plan) accessible(sure map[string]bool, house bool) {
	level := sure["elevator"] || house && p.home.floors == 1
	sure["step_free_access"] = level && chance(p.r, 40)
	sure["wheelchair_accessible"] = sure["step_free_access"] && chance(p.r, 40)
}

// outlook gives views and ways to the water only where the place has them, and never to a home on its true spot, about
// whose outlook nothing is known.
func (p *plan) outlook(sure map[string]bool) {
	at := func(setting string, percent int) bool {
		return !p.exact && p.setting == setting && chance(p.r, percent)
	}
	sure["sea_view"], sure["beach_access"] = at("coast", 28), at("coast", 22)
	sure["mountain_view"], sure["ski_in_out"] = at("mountain", 80), at("mountain", 20)
	sure["lake_access"] = at("lake", 25)
}

func (p *plan) isHouse() bool {
	switch p.kind {
	case "apartment", "studio", "loft":
		return false
	}
	return true
}

func either[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}
