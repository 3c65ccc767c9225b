package listing

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"
)

// metres between two points by the haversine formula, which holds at poles and across the date line.
func metres(a, b Point) float64 {
	lat, lng := radians(b.Lat-a.Lat), radians(b.Lng-a.Lng)
	h := math.Pow(math.Sin(lat/2), 2) + math.Cos(radians(a.Lat))*math.Cos(radians(b.Lat))*math.Pow(math.Sin(lng/2), 2)
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(h)))
}

func TestPublicPointsAreNearAndNotTooNear(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		p := Point{Lat: math.Asin(2*r.Float64()-1) * 180 / math.Pi, Lng: r.Float64()*360 - 180}
		checkPublic(t, p, uuid.UUID{byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32())})
	}
	for _, p := range []Point{{90, 0}, {-90, 0}, {89.9999, 17}, {-89.9999, -170}, {0, 180}, {0, -180}, {-16.8, 179.99999}, {70, -179.99999}, {0, 0}} {
		for i := range 1000 {
			checkPublic(t, p, uuid.UUID{byte(i), byte(i >> 8)})
		}
	}
}

func checkPublic(t *testing.T, p Point, id uuid.UUID) {
	t.Helper()
	near := publicPoint([]byte("secret"), id, p)
	if away := metres(p, near); away < 150 || away > 500 {
		t.Errorf("%v → %v is %.1f m away", p, near, away)
	}
	if near.Lat < -90 || near.Lat > 90 || near.Lng < -180 || near.Lng > 180 {
		t.Errorf("%v → %v is no point", p, near)
	}
}

func TestPublicPointsAreStableAndSecret(t *testing.T) {
	t.Parallel()
	p, id := Point{38.7, -9.1}, uuid.UUID{1}
	if publicPoint([]byte("a"), id, p) != publicPoint([]byte("a"), id, p) {
		t.Error("the point moves by itself")
	}
	if publicPoint([]byte("a"), id, p) == publicPoint([]byte("b"), id, p) {
		t.Error("the secret does not matter: whoever knows the id knows the place")
	}
	if publicPoint([]byte("a"), id, p) == publicPoint([]byte("a"), uuid.UUID{2}, p) {
		t.Error("all listings move alike")
	}
}

func TestPublicPointsSpreadInAllDirections(t *testing.T) {
	t.Parallel()
	p := Point{0, 0}
	var quarters [4]int
	for i := range 4000 {
		near := publicPoint([]byte("a"), uuid.UUID{byte(i), byte(i >> 8)}, p)
		q := 0
		if near.Lat > 0 {
			q++
		}
		if near.Lng > 0 {
			q += 2
		}
		quarters[q]++
	}
	for q, n := range quarters {
		if n < 850 || n > 1150 {
			t.Errorf("quarter %d has %d of 4000", q, n)
		}
	}
}
