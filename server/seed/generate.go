package seed

import (
	"iter"
	"math/rand/v2"

	"github.com/rentora/rentora/server/errs"
)

// MaxListings bounds what one call of Generate makes.
const MaxListings = 1_000_000

// Generate gives n drafts, one at a time, so that a hundred thousand need no more memory than one. The sequence may be
// ranged over again, also concurrently; a shorter one is the beginning of a longer one with the same seed number.
func Generate(seed uint64, n int) (iter.Seq[Draft], error) {
	if n < 0 || n > MaxListings {
		return nil, errs.Ef(errs.Invalid, "The number of listings must be between 0 and %d.", MaxListings)
	}
	d, err := load()
	if err != nil {
		return nil, err
	}
	g := newGenerator(d, seed)
	return func(yield func(Draft) bool) {
		for i := range n {
			if !yield(g.draft(i)) {
				return
			}
		}
	}, nil
}

// round is the number of listings after which the spread over cities and towns begins again.
const round = 1000

// slot says where one listing of every round goes: to a city, or to a town when city is -1.
type slot struct {
	city, rank int // rank among the round's listings of the same city
	perRound   int
}

type generator struct {
	*data
	seed  uint64
	slots [round]slot
	towns []int              // the order in which towns get a listing
	order map[string][]int32 // the order in which geocoded homes get theirs
}

func newGenerator(d *data, seed uint64) *generator {
	g := &generator{data: d, seed: seed, order: map[string][]int32{}}
	r := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // repeatable on purpose, and nothing secret comes of it
	g.spread(r)
	g.towns = r.Perm(len(d.towns))
	for _, c := range d.cities {
		if source := geocoded[c.name]; source != "" {
			order := append([]int32(nil), d.bySource[source]...)
			r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			g.order[source] = order
		}
	}
	return g
}

// geocoded names the data set whose homes stand in a city.
var geocoded = map[string]string{"Athens": "athens", "Toledo": "lucas", "Sacramento": "sacramento", "Ames": "ames"}

// spread deals the round's slots to the cities by weight and the rest to towns, then shuffles them.
func (g *generator) spread(r *rand.Rand) {
	at := 0
	deal := func(city, count int) {
		for rank := range count {
			g.slots[at] = slot{city, rank, count}
			at++
		}
	}
	for i, c := range g.cities {
		deal(i, min(c.weight, round-at))
	}
	deal(-1, round-at)
	r.Shuffle(round, func(i, j int) { g.slots[i], g.slots[j] = g.slots[j], g.slots[i] })
}

// draft makes one listing out of nothing but the seed number and its index.
func (g *generator) draft(index int) Draft {
	s := g.slots[index%round]
	nth := index/round*s.perRound + s.rank
	p := &plan{r: g.dice(index)}
	if s.city < 0 {
		g.inTown(p, nth)
	} else {
		g.inCity(p, &g.cities[s.city], nth)
	}
	d := Draft{Index: index, Lat: p.lat, Lng: p.lng, AtTrueSpot: p.exact}
	furnish(p, &d)
	d.Address = p.address()
	d.Price = p.price(&d)
	d.Stay = stayRules(p.r)
	d.BookingMode = pick(p.r, "instant", "instant", "request")
	d.Cancellation = pick(p.r, "flexible", "flexible", "moderate", "moderate", "strict")
	d.Photos = g.photos(p, &d)
	d.Amenities = p.amenities(&d)
	d.HouseRules = houseRules(p.r, &d)
	d.Title, d.Description = title(p, &d), description(p, &d)
	fill(p.r, &d)
	return d
}

// dice gives every draft its own numbers, so that none depends on those before it.
func (g *generator) dice(index int) *rand.Rand {
	stream := mix(uint64(index) + 1)
	return rand.New(rand.NewPCG(g.seed, stream)) //nolint:gosec // repeatable on purpose, and nothing secret comes of it
}

// mix spreads neighboring indices over all 64 bits.
func mix(n uint64) uint64 {
	n *= 0x9e3779b97f4a7c15
	return n ^ n>>29
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }
