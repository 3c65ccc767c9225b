package calendar

import (
	"sync"
	"time"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
)

var zones sync.Map // name → *time.Location; reading a zone from disk costs more than a query's plan

// Zone gives the zone of an IANA name that a listing has. It is safe for concurrent use.
func Zone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return nil, errs.Ef(errs.Internal, "The time zone %q of this listing is not known.", name).Because(err)
	}
	zones.Store(name, zone)
	return zone, nil
}

// Today is the date on the wall calendar of a zone.
func Today(now time.Time, zone string) (date.Date, error) {
	location, err := Zone(zone)
	if err != nil {
		return 0, err
	}
	return date.In(now, location), nil
}
