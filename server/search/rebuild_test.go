package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/search/internal/query"
)

func TestARebuildMissesNothing(t *testing.T) {
	t.Parallel()
	homes := make([]home, 700) // more than a batch
	for i := range homes {
		homes[i] = titled(fmt.Sprintf("Home %03d", i), nil)
	}
	w := newWorld(t, homes...)
	first := w.collection()
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for ctx.Err() == nil {
				if r, err := w.Search(t.Context(), Query{Limit: 1}); err != nil || r.Found != len(homes) {
					t.Errorf("a search during the rebuild: %d found, %v", r.Found, err)
					return
				}
			}
		})
	}
	for writer := range 2 {
		group.Go(func() {
			for i := writer; ctx.Err() == nil; i += 2 {
				id := homes[(i*37)%len(homes)].ID
				w.exec("update listing_prices set nightly_minor = nightly_minor + 1 where listing_id = $1", id)
				if err := w.Index(t.Context(), id); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	steps := 0
	err := w.Rebuild(t.Context(), func(done, total int) {
		steps++
		id := homes[(done-1)%len(homes)].ID // one that was written already
		w.exec("update listings set title = $2 where id = $1", id, fmt.Sprintf("Changed%d", done))
		w.index(id)
		if r := w.search(Query{Text: fmt.Sprintf("Changed%d", done)}); r.Found != 1 {
			t.Errorf("during the rebuild a change is found %d times", r.Found)
		}
	})
	if err != nil || steps < 2 {
		t.Errorf("%d steps, %v", steps, err)
	}
	for _, text := range []string{"Changed500", "Changed700"} {
		if r := w.search(Query{Text: text}); r.Found != 1 {
			t.Errorf("%s is found %d times after the swap", text, r.Found)
		}
	}
	stop()
	group.Wait()
	if got := w.collections(); len(got) != 1 || got[0] == first {
		t.Errorf("collections %v, want a new one alone; the old one is %s", got, first)
	}
	w.wantNoDrift()
}

// begin is a process that dies after it has announced a rebuild and made its collection.
func (w *world) begin(name string) {
	w.t.Helper()
	_, err := w.queries.BeginBuilding(w.t.Context(), query.BeginBuildingParams{Name: name, Alias: w.alias, Fields: hash(w.fields)})
	if err == nil {
		_, err = w.client.Collections().Create(w.t.Context(), &api.CollectionSchema{Name: name, Fields: w.fields})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

const longAgo = "update search_collections set beat_at = now() - interval '3 minutes' where state = 'building'"

func TestARebuildThatDiedLeavesNoLitter(t *testing.T) {
	t.Parallel()
	h := titled("here", nil)
	w := newWorld(t, h)
	first := w.collection()
	half := w.alias + "_" + hash(w.fields) + "_00000001"
	w.begin(half)
	var known *errs.Error
	if err := w.Rebuild(t.Context(), func(int, int) {}); !errors.As(err, &known) || known.Code != building {
		t.Errorf("beside another rebuild: %v", err)
	}
	w.exec("update listings set title = 'there'")
	w.index(h.ID) // into both
	w.exec(longAgo)
	if err := w.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.collections(); !slices.Equal(got, []string{first}) {
		t.Errorf("collections %v", got)
	}
	// One that nobody announced goes; a name that only resembles stays.
	for _, name := range []string{w.alias + "_01234567_89abcdef", w.alias + "_other"} {
		if _, err := w.client.Collections().Create(t.Context(), &api.CollectionSchema{Name: name, Fields: w.fields}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Rebuild(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	got := w.collections()
	slices.Sort(got)
	if want := []string{w.collection(), w.alias + "_other"}; !slices.Equal(got, want) || slices.Contains(got, first) {
		t.Errorf("collections %v, want %v", got, want)
	}
	if r := w.search(Query{Text: "there"}); r.Found != 1 {
		t.Errorf("%d found", r.Found)
	}
}

func TestARebuildThatDiedAfterTheSwapIsFinished(t *testing.T) {
	t.Parallel()
	h := plain(nil)
	w := newWorld(t, h)
	whole := w.alias + "_" + hash(w.fields) + "_00000002"
	w.begin(whole)
	w.index(h.ID)
	if _, err := w.client.Aliases().Upsert(t.Context(), w.alias, &api.CollectionAliasSchema{CollectionName: whole}); err != nil {
		t.Fatal(err)
	}
	w.exec(longAgo)
	if err := w.EnsureCollection(t.Context(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if w.search(Query{}).Found != 1 {
		t.Error("the collection that is searched was dropped")
	}
	if err := w.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.collections(); len(got) != 1 {
		t.Errorf("collections %v", got)
	}
}

func TestARebuildThatFailsClearsUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	first := w.collection()
	ctx, cancel := context.WithCancel(t.Context())
	if err := w.Rebuild(ctx, func(int, int) { cancel() }); err == nil {
		t.Error("a rebuild that was cancelled says that it is done")
	}
	if got := w.collections(); !slices.Equal(got, []string{first}) {
		t.Errorf("collections %v", got)
	}
	// One that was taken for dead, and is not, notices.
	err := w.Rebuild(t.Context(), func(int, int) { w.exec("delete from search_collections where state = 'building'") })
	if !errs.Is(err, errs.Conflict) || w.collection() != first {
		t.Errorf("a rebuild that lost its place: %v", err)
	}
	if err := w.Rebuild(t.Context(), func(int, int) {}); err != nil {
		t.Error(err)
	}
	if got := w.collections(); len(got) != 1 {
		t.Errorf("collections %v", got)
	}
}
