package search

import (
	"testing"

	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/search/internal/query"
)

func TestALostCollectionIsBuiltAgain(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(*world) error{
		"the collection": func(w *world) error {
			_, err := w.client.Collection(w.collection()).Delete(t.Context())
			return err
		},
		"collection and alias": func(w *world) error {
			if _, err := w.client.Collection(w.collection()).Delete(t.Context()); err != nil {
				return err
			}
			_, err := w.client.Alias(w.alias).Delete(t.Context())
			return err
		},
		"all since an old copy": func(w *world) error {
			if _, err := w.client.Collection(w.collection()).Delete(t.Context()); err != nil {
				return err
			}
			return w.pointAt(w.alias + "_" + hash(w.fields) + "_00000001")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := titled("here", nil)
			w := newWorld(t, h, plain(nil))
			first := w.collection()
			if err := w.Restore(t.Context()); err != nil || w.collection() != first {
				t.Fatalf("with nothing lost: %v", err)
			}
			if err := lose(w); err != nil {
				t.Fatal(err)
			}
			if r, err := w.Search(t.Context(), Query{}); err == nil && r.Found > 0 {
				t.Fatal("a search without its collection succeeds")
			}
			if err := w.Restore(t.Context()); err != nil {
				t.Fatal(err)
			}
			if r := w.search(Query{Text: "here"}); r.Found != 1 {
				t.Errorf("%d found", r.Found)
			}
			w.exec("update listings set title = 'there' where id = $1", h.ID)
			w.index(h.ID)
			w.wantNoDrift()
		})
	}
}

func TestTheCollectionOfAnotherReleaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	first := w.collection()
	w.exec("update search_collections set fields = 'another'")
	if err := w.Restore(t.Context()); err != nil || w.collection() != first {
		t.Errorf("an older release took the alias: %v", err)
	}
}

func TestARebuildThatHasJustSwappedIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	name := w.alias + "_" + hash(w.fields) + "_00000002"
	if _, err := w.queries.BeginBuilding(t.Context(), query.BeginBuildingParams{Name: name, Alias: w.alias, Fields: hash(w.fields)}); err != nil {
		t.Fatal(err)
	}
	if err := w.pointAt(name); err != nil {
		t.Fatal(err)
	}
	if err := w.Restore(t.Context()); err != nil || w.collection() != name {
		t.Errorf("the alias points at %s: %v", w.collection(), err)
	}
}

// pointAt makes a collection of these fields and points the alias at it.
func (w *world) pointAt(name string) error {
	if _, err := w.client.Collections().Create(w.t.Context(), &api.CollectionSchema{Name: name, Fields: w.fields, TokenSeparators: &separators}); err != nil {
		return err
	}
	_, err := w.client.Aliases().Upsert(w.t.Context(), w.alias, &api.CollectionAliasSchema{CollectionName: name})
	return err
}

func TestABuildingThatDiedBeforeItsCollectionStopsNoWrite(t *testing.T) {
	t.Parallel()
	h := titled("here", nil)
	w := newWorld(t, h)
	name := w.alias + "_" + hash(w.fields) + "_00000003"
	if _, err := w.queries.BeginBuilding(t.Context(), query.BeginBuildingParams{Name: name, Alias: w.alias, Fields: hash(w.fields)}); err != nil {
		t.Fatal(err)
	}
	w.exec("update listings set title = 'there' where id = $1", h.ID)
	if err := w.Index(t.Context(), h.ID); err == nil {
		t.Error("a builder that may live is taken for dead")
	}
	w.exec(longAgo)
	w.index(h.ID)
	if r := w.search(Query{Text: "there"}); r.Found != 1 {
		t.Errorf("%d found", r.Found)
	}
	w.wantNoDrift()
}
