package search

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/rentora/rentora/server/errs"
)

func (w *world) collections() []string {
	w.t.Helper()
	all, err := w.client.Collections().Retrieve(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	var mine []string
	for _, c := range all {
		if strings.HasPrefix(c.Name, w.alias) && !strings.HasPrefix(c.Name, w.placesAlias()) {
			mine = append(mine, c.Name)
		}
	}
	return mine
}

func TestEnsureCollectionTwiceAndAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil), plain(nil))
	w.exec("update listings set title = 'unseen'")
	batches := 0
	if err := w.EnsureCollection(t.Context(), func(int, int) { batches++ }); err != nil || batches != 0 {
		t.Errorf("the second time filled %d batches, %v", batches, err)
	}
	if _, err := w.client.Alias(w.alias).Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if err := w.service(w.config).EnsureCollection(t.Context(), func(int, int) {}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := w.collections(); len(got) != 1 || len(w.all(Query{})) != 2 {
		t.Errorf("collections %v", got)
	}
}

func TestChangedFieldsGetANewCollection(t *testing.T) {
	t.Parallel()
	w := newWorld(t, titled("one", nil), titled("two", nil))
	next := w.service(w.config)
	next.fields = append(next.fields, field(".*_extra", "auto"))
	var last, total int
	if err := next.EnsureCollection(t.Context(), func(done, of int) { last, total = done, of }); err != nil {
		t.Fatal(err)
	}
	if last != 2 || total != 2 {
		t.Errorf("progress ended with %d of %d", last, total)
	}
	if got := w.collections(); len(got) != 1 || got[0] != w.collection() {
		t.Errorf("collections %v, want the new one alone", got)
	}
	if got := len(w.all(Query{})); got != 2 {
		t.Errorf("%d found through the alias", got)
	}
	// A worker of the old release cannot write any more; its events wait for one of the new release.
	if err := w.Index(t.Context(), w.host); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a write by the old release: %v", err)
	}
}

func TestPing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	sick := w.service(fake(t, func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusServiceUnavailable) }))
	if err := sick.Ping(t.Context()); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a sick server: %v", err)
	}
}
