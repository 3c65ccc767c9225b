package seed

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestBearingsAndDistances(t *testing.T) {
	t.Parallel()
	athens := place{name: "Athens", lat: 37.98376, lng: 23.72784}
	for _, c := range []struct {
		lat, lng float64
		want     string
	}{
		{38.1, 23.72784, "north"}, {38.07, 23.84, "north-east"}, {37.98376, 23.9, "east"}, {37.9, 23.72784, "south"},
		{37.9, 23.6217, "south-west"}, {37.98376, 23.6, "west"},
	} {
		if got := bearing(athens, c.lat, c.lng); got != c.want {
			t.Errorf("(%g, %g) lies %s of Athens, want %s", c.lat, c.lng, got, c.want)
		}
	}
	// Athens to Piraeus, about 8.6 km by the sphere.
	if km := kilometers(37.98376, 23.72784, 37.94203, 23.64619); km < 8.4 || km > 8.8 {
		t.Errorf("Athens to Piraeus is %g km", km)
	}
}

func TestScatterStaysInReach(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	oslo := place{lat: 59.91273, lng: 10.74609}
	for range 1000 {
		lat, lng := scatter(r, oslo, 2.5)
		if km := kilometers(oslo.lat, oslo.lng, lat, lng); km > 2.52 {
			t.Fatalf("(%g, %g) is %g km away", lat, lng, km)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{count(1, "bed"), "one bed"}, {count(4, "bed"), "four beds"}, {count(16, "guest"), "16 guests"},
		{bathrooms(1), "one bathroom"}, {bathrooms(2.5), "two and a half bathrooms"},
		{thousands(999), "999"}, {thousands(78075), "78,075"}, {thousands(1234567), "1,234,567"},
		{article("apartment"), "an apartment"}, {article("one-bedroom loft"), "a one-bedroom loft"},
		{article("eight-bedroom villa"), "an eight-bedroom villa"}, {list([]string{"a", "b", "c"}), "a, b and c"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestBrokenTablesAreRefused(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"too few values": "name\tlat\nOslo\n", "no number": "name\tlat\nOslo\tnorth\n", "no such column": "name\nOslo\n",
	} {
		err := scan("t.tsv", strings.NewReader(text), func(r *row) { _ = r.number("lat") })
		if err == nil || !strings.HasPrefix(err.Error(), "t.tsv:2:") {
			t.Errorf("%s: got %v, want an error that names the line", name, err)
		}
	}
}
