package listing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"

	"github.com/google/uuid"
)

const earthRadius = 6_371_008.8 // metres, mean

// Least and most that a public point lies away, in metres. Rounding moves it by less than one more.
const fuzzLeast, fuzzMost = 155, 495

// publicPoint gives a point 150 to 500 m from the exact one. Distance and direction come from the listing's id under a
// secret: the same at every edit, so that edits cannot be averaged out, and not to be undone by those who know the id.
func publicPoint(secret []byte, id uuid.UUID, exact Point) Point {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("listing.public_point"))
	mac.Write(id[:])
	sum := mac.Sum(nil)
	u, v := unit(sum), unit(sum[8:])
	metres := math.Sqrt(fuzzLeast*fuzzLeast + u*(fuzzMost*fuzzMost-fuzzLeast*fuzzLeast)) // even over the ring's area
	return travel(exact, metres, 2*math.Pi*v)
}

func unit(b []byte) float64 { return float64(binary.BigEndian.Uint64(b)>>11) / (1 << 53) }

// travel goes a distance on the sphere in a direction (radians from north), over poles and the date line too.
func travel(from Point, metres, bearing float64) Point {
	lat, lng, arc := radians(from.Lat), radians(from.Lng), metres/earthRadius
	sin := math.Sin(lat)*math.Cos(arc) + math.Cos(lat)*math.Sin(arc)*math.Cos(bearing)
	to := math.Asin(math.Max(-1, math.Min(1, sin)))
	east := math.Atan2(math.Sin(bearing)*math.Sin(arc)*math.Cos(lat), math.Cos(arc)-math.Sin(lat)*sin)
	return Point{Lat: round5(degrees(to)), Lng: round5(wrap(degrees(lng + east)))}
}

// wrap brings a longitude into [-180, 180).
func wrap(lng float64) float64 {
	return math.Mod(math.Mod(lng+180, 360)+360, 360) - 180
}

// round5 keeps about a metre, and hides the last digits that would betray the arithmetic.
func round5(deg float64) float64  { return math.Round(deg*1e5) / 1e5 }
func radians(deg float64) float64 { return deg * math.Pi / 180 }
func degrees(rad float64) float64 { return rad * 180 / math.Pi }
