package search

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
)

func TestOnlyLiveListingsWithAPriceAreFound(t *testing.T) {
	t.Parallel()
	var homes []home
	for _, status := range []string{"draft", "pending", "rejected", "live", "paused", "archived"} {
		homes = append(homes, titled(status, func(h *home) { h.Status = status }))
	}
	w := newWorld(t, append(homes, titled("no price", func(h *home) { h.Currency = "" }))...)
	if got := titles(w.all(Query{})); !slices.Equal(got, []string{"live"}) {
		t.Errorf("found %v", got)
	}
}

// Every event of a listing must bring the record into the index, also when it comes late or again.
func TestIndexFollowsTheRecord(t *testing.T) {
	t.Parallel()
	h := titled("Old", nil)
	w := newWorld(t, h)
	found := func() int { return len(w.all(Query{})) }
	w.exec("update listings set status = 'paused'")
	if err := w.Index(t.Context(), h.ID); err != nil || found() != 0 || w.size() != 0 {
		t.Errorf("a paused listing is found, or %v", err)
	}
	w.exec("update listings set status = 'live'")
	for range 2 {
		if err := w.Index(t.Context(), h.ID); err != nil || found() != 1 {
			t.Errorf("a live listing is not found, or %v", err)
		}
	}
}

func TestWritersAtOnceEndWithTheRecord(t *testing.T) {
	t.Parallel()
	h := plain(func(h *home) { h.Nightly = 1 })
	w := newWorld(t, h)
	var group sync.WaitGroup
	for writer := range 4 {
		group.Go(func() {
			for i := range 10 {
				w.exec("update listing_prices set nightly_minor = $2 where listing_id = $1", h.ID, 100*(writer+1)+i)
				err := w.Index(context.Background(), h.ID)
				for ; errs.Is(err, errs.Unavailable); err = w.Index(context.Background(), h.ID) { // as the consumer does
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	want, _, err := w.read(t.Context(), []uuid.UUID{h.ID})
	if err != nil {
		t.Fatal(err)
	}
	nightly := w.all(Query{})[0].NightlyMinor
	if r := w.search(Query{Currency: "EUR", PriceMin: &nightly, PriceMax: &nightly}); r.Found != 1 {
		t.Errorf("the index is not at %d, the record's price: %s", nightly, want[h.ID.String()])
	}
}

// A writer that read before a change and writes after everybody else notices by itself.
func TestAStaleWriteIsMended(t *testing.T) {
	t.Parallel()
	h := plain(nil)
	w := newWorld(t, h)
	old, _, err := w.read(t.Context(), []uuid.UUID{h.ID})
	if err != nil {
		t.Fatal(err)
	}
	w.exec("update listing_prices set nightly_minor = 777")
	w.index(h.ID)
	if _, err := w.write(t.Context(), w.collection(), []uuid.UUID{h.ID}, old); err != nil { // the late write
		t.Fatal(err)
	}
	current, _, err := w.read(t.Context(), []uuid.UUID{h.ID})
	if err != nil {
		t.Fatal(err)
	}
	if pending := differing([]uuid.UUID{h.ID}, current, old); len(pending) != 1 {
		t.Fatalf("the late writer does not notice: %v", pending)
	}
	w.index(h.ID)
	if r := w.search(Query{Currency: "EUR", PriceMax: ref(int64(777))}); r.Found != 1 {
		t.Error("the stale document stays")
	}
}

func TestOneBrokenListingDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	bad := titled("nowhere", nil)
	good := []home{titled("one", nil), titled("two", nil)}
	w := newWorld(t, append(good, bad)...)
	w.exec("update listings set timezone = 'Mars/Olympus', title = 'broken' where id = $1", bad.ID)
	w.exec("update listings set title = upper(title) where id <> $1", bad.ID)
	err := w.Index(t.Context(), good[0].ID, bad.ID, good[1].ID)
	var left leftOut
	if !errors.As(err, &left) || len(left) != 1 || !strings.Contains(err.Error(), bad.ID.String()) {
		t.Errorf("Index says %v", err)
	}
	if got := titles(w.all(Query{})); !slices.Equal(got, []string{"ONE", "TWO"}) {
		t.Errorf("found %v", got)
	}
	if err := w.Reindex(t.Context(), func(int, int) {}); err != nil {
		t.Errorf("Reindex says %v", err)
	}
	if err := w.Roller().Run(t.Context()); err != nil {
		t.Errorf("the roller says %v", err)
	}
}

// A good listing that changes while a call is at work makes another round, which must not forget the broken one beside it.
func TestABrokenListingIsNamedAlsoAfterAnotherRound(t *testing.T) {
	t.Parallel()
	bad, good := titled("nowhere", nil), titled("one", nil)
	w := newWorld(t, bad, good)
	w.exec("update listings set timezone = 'Mars/Olympus' where id = $1", bad.ID)
	looks := 0
	collections := func(ctx context.Context) ([]string, error) {
		if looks++; looks == 2 {
			w.exec("update listings set title = 'another' where id = $1", good.ID)
		}
		return w.kept(ctx)
	}
	err := w.settleIn(t.Context(), []uuid.UUID{bad.ID, good.ID}, collections)
	var left leftOut
	if !errors.As(err, &left) || len(left) != 1 || !strings.Contains(err.Error(), bad.ID.String()) || looks < 3 {
		t.Errorf("after %d looks: %v", looks, err)
	}
	if got := titles(w.all(Query{})); !slices.Equal(got, []string{"another"}) {
		t.Errorf("found %v", got)
	}
}

func TestTheRollerComesWithTheDayOfThePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, titled("alpha", nil), titled("omega", func(h *home) { h.Zone = "Asia/Tokyo" }))
	roller := w.Roller()
	step := func(ctx context.Context, hours int, want ...string) {
		t.Helper()
		at := leapYear.Add(time.Duration(hours) * time.Hour)
		w.clock.Store(&at)
		if err := roller.Run(ctx); (err != nil) != (ctx.Err() != nil) {
			t.Fatal(err)
		}
		for _, title := range want {
			if r := w.search(Query{Text: title}); r.Found != 1 {
				t.Errorf("%d hours later %q is found %d times", hours, title, r.Found)
			}
		}
	}
	w.exec("update listings set title = title || 'after'")
	step(t.Context(), 0, "alphaafter", "omegaafter") // all at the start
	w.exec("update listings set title = 'new' || title")
	step(t.Context(), 3, "alphaafter", "omegaafter")
	over, cancel := context.WithCancel(t.Context())
	cancel()
	step(over, 5) // 00:30 in Tokyo, and no time to do it
	step(t.Context(), 6, "alphaafter", "newomegaafter")
	step(t.Context(), 14, "newalphaafter")
}

func TestARefusedDocumentIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	refused, err := w.upsert(t.Context(), w.collection(), []string{`{"id":"x"}`})
	if err != nil || len(refused) != 1 || !strings.Contains(refused.Error(), `"x"`) {
		t.Errorf("%v, %v", refused, err)
	}
}

func TestManyGoAtOnce(t *testing.T) {
	t.Parallel()
	homes := make([]home, 250)
	ids := make([]uuid.UUID, len(homes))
	for i := range homes {
		homes[i] = plain(nil)
		ids[i] = homes[i].ID
	}
	w := newWorld(t, homes...)
	if n := w.size(); n != len(homes) {
		t.Fatalf("%d documents", n)
	}
	w.exec("update listings set status = 'paused'")
	w.index(ids...)
	if n := w.size(); n != 0 {
		t.Errorf("%d documents of paused listings", n)
	}
	if err := w.Index(t.Context()); err != nil {
		t.Errorf("none at all: %v", err)
	}
}
