package listing

import (
	"fmt"
	"math"
	"sync"
	_ "time/tzdata" // every zone that a point can have is one that time.LoadLocation knows, on any machine

	"github.com/ringsaturn/tzf"
)

// zones is the map of the world's zones: about 30 MiB, read once, at first use or by WarmZones; safe for concurrent use.
var zones = sync.OnceValues(tzf.NewDefaultFinder)

// WarmZones reads the map of time zones, which takes a second or more of one core, so that the first listing does not
// wait for it. It may be called at any time, more than once.
func WarmZones() error {
	if _, err := zones(); err != nil {
		return fmt.Errorf("listing: time zones: %w", err)
	}
	return nil
}

// ZoneOf gives the IANA zone of a point; at sea one of the Etc/GMT zones.
func ZoneOf(p Point) (string, error) {
	finder, err := zones()
	if err != nil {
		return "", fmt.Errorf("listing: time zones: %w", err)
	}
	if name := finder.GetTimezoneName(p.Lng, p.Lat); name != "" {
		return name, nil
	}
	return nauticalZone(p.Lng), nil
}

// nauticalZone is the zone of a meridian at sea. Etc names count westward: east of Greenwich is minus.
func nauticalZone(lng float64) string {
	hours := int(math.Round(lng / 15))
	if hours == 0 {
		return "Etc/GMT"
	}
	return fmt.Sprintf("Etc/GMT%+d", -hours)
}
