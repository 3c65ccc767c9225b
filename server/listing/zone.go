package listing

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"
	_ "time/tzdata" // every zone that a point can have is one that time.LoadLocation knows, on any machine

	"github.com/ringsaturn/tzf"
	tzfrellite "github.com/ringsaturn/tzf-rel-lite"
	pb "github.com/ringsaturn/tzf/gen/go/tzf/v1"
	"google.golang.org/protobuf/proto"
)

// zones is the map of the world's zones: about 20 MiB, read once, at first use or by WarmZones; safe for concurrent use.
// The library's own default keeps an index of tiles beside it, which would answer in less than the 25 µs that the outlines
// take, for half as much memory again.
var zones = sync.OnceValues(func() (tzf.F, error) {
	outlines := new(pb.CompressedTimezones)
	if err := proto.Unmarshal(tzfrellite.LiteCompressData, outlines); err != nil {
		return nil, err
	}
	finder, err := tzf.NewFinderFromCompressed(outlines, tzf.SetDropPBTZ)
	debug.FreeOSMemory() // reading leaves 100 MiB behind, which the runtime would hold for minutes
	return finder, err
})

// margins are where else a zone is looked for, degrees: along coasts and borders the simplified outlines leave gaps.
var margins = []float64{0, -0.02, 0.02}

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
	for _, east := range margins {
		for _, north := range margins {
			if name := finder.GetTimezoneName(p.Lng+east, p.Lat+north); name != "" {
				return name, nil
			}
		}
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
