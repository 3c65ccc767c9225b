package listing

import (
	"testing"
	"time"
)

func TestZones(t *testing.T) {
	t.Parallel()
	if err := WarmZones(); err != nil {
		t.Fatal(err)
	}
	for want, points := range map[string][]Point{
		"Europe/Lisbon":      {{38.7111, -9.1334}},
		"Asia/Kathmandu":     {{27.7172, 85.324}},
		"Pacific/Kiritimati": {{1.872, -157.4}}, // 14 hours ahead, east of the meridian of Honolulu
		"Pacific/Fiji":       {{-16.8, 180}, {-16.8, -180}, {-17.8, 177.4}},
		"Etc/GMT-12":         {{0, 180}, {70, 179.9999}},
		"Etc/GMT+12":         {{0, -180}},
		"Etc/GMT+2":          {{30, -30}},
		"America/New_York":   {{40.7128, -74.006}},
		"Australia/Eucla":    {{-31.677, 128.889}},
	} {
		for _, p := range points {
			got, err := ZoneOf(p)
			if err != nil || got != want {
				t.Errorf("%v is in %s, want %s (%v)", p, got, want, err)
			}
			if _, err := time.LoadLocation(got); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestEveryZoneThatAPointCanHaveExists(t *testing.T) {
	t.Parallel()
	finder, err := zones()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range finder.TimezoneNames() {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
	for lng := -180.0; lng <= 180; lng += 7.5 {
		if _, err := time.LoadLocation(nauticalZone(lng)); err != nil {
			t.Error(err)
		}
	}
	for lat := -90.0; lat <= 90; lat += 10 {
		for lng := -180.0; lng <= 180; lng += 10 {
			if name, err := ZoneOf(Point{lat, lng}); err != nil || name == "" {
				t.Errorf("%g %g has no zone: %v", lat, lng, err)
			}
		}
	}
}

func TestNauticalZones(t *testing.T) {
	t.Parallel()
	for lng, want := range map[float64]string{0: "Etc/GMT", 7.4: "Etc/GMT", 15: "Etc/GMT-1", -30: "Etc/GMT+2", 180: "Etc/GMT-12", -180: "Etc/GMT+12"} {
		if got := nauticalZone(lng); got != want {
			t.Errorf("%g: %s, want %s", lng, got, want)
		}
	}
}

func TestCountriesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"PT": true, "GB": true, "ZW": true, "AD": true, "UK": false, "EU": false, "XK": false, "SU": false, "AN": false, "AA": false,
		"": false, " ": false, "D ": false, "pt": false, "PRT": false, "T AQ": false,
	} {
		if isCountry(code) != want {
			t.Errorf("%q: %v", code, !want)
		}
	}
	if n := len(countries) / 3; n != 249 {
		t.Errorf("%d countries", n)
	}
}
