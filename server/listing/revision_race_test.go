package listing_test

import (
	"testing"

	"github.com/rentora/rentora/server/listing"
)

// However edits, a verdict and a withdrawal fall together, one of them wins and nothing is a mixture of two.
func TestHostAndAdminAtOnceHaveOneWinner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 8 {
		l := w.update(w.in(listing.StatusLive), listing.Patch{Beds: new(1), Title: new("The title that was seen")})
		verbs := []string{"approve", "title", "rules", "reject", "photos", "withdraw"}
		type answer struct{ verb, kind string }
		answers := make(chan answer)
		for _, verb := range verbs {
			go func() {
				actor := w.host
				if verb == "approve" || verb == "reject" {
					actor = w.admin
				}
				_, err := w.do(verb, actor, l)
				answers <- answer{verb, kind(err)}
			}()
		}
		var won []string
		for range verbs {
			switch a := <-answers; a.kind {
			case "ok":
				won = append(won, a.verb)
			case "stale", "conflict":
			default:
				t.Errorf("%s lost and gets %s", a.verb, a.kind)
			}
		}
		now, err := w.do("get", w.host, l)
		if err != nil || len(won) != 1 || now.Version != l.Version+1 {
			t.Fatalf("winners %v, version %d → %d, %v", won, l.Version, now.Version, err)
		}
		applied := now.Beds == 1 && now.Title == "The title that was seen"
		untouched := now.Beds == l.Beds && now.Title == l.Title
		if applied != (won[0] == "approve") || untouched == applied {
			t.Errorf("%s won and the listing says %q with %d beds", won[0], now.Title, now.Beds)
		}
	}
}
