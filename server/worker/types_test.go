package worker_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/pricing"
	"github.com/rentora/rentora/server/worker"
)

// TestEveryTypeIsKnown reads the types from the source: one that is on no list would go to the dead letters of each group.
func TestEveryTypeIsKnown(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	method := regexp.MustCompile(`\) EventType\(\) string\s*\{ return "([^"]+)" \}`)
	known := worker.Types(everything())
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range method.FindAllStringSubmatch(string(source), -1) {
			if found++; !slices.Contains(known, m[1]) {
				t.Errorf("%s of %s has no listener and is not among unheard in subscriptions.go", m[1], file)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d types are found", found)
	}
}

// The index takes the key of each event for its listing.
func TestEventsOfAListingAreKeyedByIt(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	for _, e := range []events.Event{
		listing.Approved{ListingID: id}, listing.Changed{ListingID: id}, listing.Paused{ListingID: id}, listing.Resumed{ListingID: id},
		listing.Archived{ListingID: id}, pricing.Changed{ListingID: id}, calendar.Changed{ListingID: id}, booking.Requested{ListingID: id},
		booking.Confirmed{ListingID: id}, booking.Declined{ListingID: id}, booking.Expired{ListingID: id}, booking.Cancelled{ListingID: id},
	} {
		if e.EventKey() != id.String() {
			t.Errorf("%s has the key %s, want its listing", e.EventType(), e.EventKey())
		}
	}
}
