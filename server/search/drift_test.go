package search

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/search/internal/query"
)

// breakEach makes one difference of each kind, and gives the ids.
func (w *world) breakEach(homes []home) map[Difference][]string {
	w.t.Helper()
	stranger := uuid.NewString()
	line, err := json.Marshal(document{ID: stranger, Amenities: []string{}, Stay: []int32{}})
	if err != nil {
		w.t.Fatal(err)
	}
	foreign, err := json.Marshal(document{ID: "by hand", Amenities: []string{}, Stay: []int32{}})
	if err != nil {
		w.t.Fatal(err)
	}
	if refused, err := w.upsert(w.t.Context(), w.collection(), []string{string(line), string(foreign)}); err != nil || len(refused) > 0 {
		w.t.Fatal(refused, err)
	}
	id := func(i int) string { return homes[i].ID.String() }
	if _, err := w.client.Collection(w.collection()).Document(id(0)).Delete(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.exec("update listings set title = 'new' where id = $1", id(1))
	w.exec("update listing_prices set nightly_minor = 77 where listing_id = $1", id(2))
	today := date.In(leapYear, time.UTC)
	w.exec("insert into occupancies (id, listing_id, during, kind, ref_id) values ($1, $2, $3, 'block', $1)", uuid.New(), id(3), date.Range{Start: today + 5, End: today + 9})
	w.exec("update listings set status = 'paused' where id = $1", id(4))
	return map[Difference][]string{Missing: {id(0)}, Stale: {id(1), id(2)}, WrongDays: {id(3)}, Extra: {id(4), stranger, "by hand"}}
}

func sorted(examples map[Difference][]string) map[Difference][]string {
	for _, ids := range examples {
		slices.Sort(ids)
	}
	return examples
}

func TestDriftOfEachKindIsReportedAndRepaired(t *testing.T) {
	t.Parallel()
	homes := make([]home, 260) // more than a batch
	for i := range homes {
		homes[i] = plain(nil)
	}
	w := newWorld(t, homes...)
	w.wantNoDrift()
	want := w.breakEach(homes)
	for _, repair := range []bool{false, true} {
		last := 0
		drift, err := w.Check(t.Context(), repair, func(done, total int) { last = done })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(sorted(want), sorted(drift.Examples)); diff != "" || drift.Total() != 7 || last < len(homes) {
			t.Errorf("repair %t: %d of %d checked, %d differ (-want +got):\n%s", repair, last, drift.Checked, drift.Total(), diff)
		}
		if fixed := drift.Repaired; fixed != map[bool]int{false: 0, true: 7}[repair] {
			t.Errorf("repair %t: %d are repaired", repair, fixed)
		}
	}
	w.wantNoDrift()
	if n := w.size(); n != len(homes)-1 {
		t.Errorf("%d documents", n)
	}
}

func TestTheAuditorRepairsInItsOwnTime(t *testing.T) {
	t.Parallel()
	homes := make([]home, 260)
	for i := range homes {
		homes[i] = plain(nil)
	}
	w := newWorld(t, homes...)
	want := w.breakEach(homes)
	var rounds []Drift
	auditor := w.Auditor(func(d Drift) { rounds = append(rounds, d) })
	for range 4 { // two batches, the other way round, and the begin of the next
		if err := auditor.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(rounds) != 1 {
		t.Fatalf("%d rounds", len(rounds))
	}
	if diff := cmp.Diff(sorted(want), sorted(rounds[0].Examples)); diff != "" || rounds[0].Repaired != 7 {
		t.Errorf("repaired %d (-want +got):\n%s", rounds[0].Repaired, diff)
	}
	w.wantNoDrift()
	for len(rounds) < 2 {
		if err := auditor.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if rounds[1].Total() != 0 {
		t.Errorf("the next round found %v", maps.Collect(maps.All(rounds[1].Counts)))
	}
}

// A building whose collection does not exist makes every repair fail.
func TestAStepThatFailsCountsNothingTwice(t *testing.T) {
	t.Parallel()
	homes := []home{plain(nil), plain(nil), plain(nil), plain(nil), plain(nil)}
	w := newWorld(t, homes...)
	want := w.breakEach(homes)
	var rounds []Drift
	auditor := w.Auditor(func(d Drift) { rounds = append(rounds, d) })
	name := w.alias + "_" + hash(w.fields) + "_00000004"
	if _, err := w.queries.BeginBuilding(t.Context(), query.BeginBuildingParams{Name: name, Alias: w.alias, Fields: hash(w.fields)}); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for range 5 {
		if auditor.Run(t.Context()) != nil {
			failed++
		}
	}
	if failed < 3 {
		t.Errorf("%d runs failed", failed)
	}
	w.exec("delete from search_collections where state = 'building'")
	for range 3 {
		if err := auditor.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(rounds) > 0 {
			break
		}
	}
	if len(rounds) != 1 {
		t.Fatalf("%d rounds", len(rounds))
	}
	if diff := cmp.Diff(sorted(want), sorted(rounds[0].Examples)); diff != "" || rounds[0].Total() != 7 {
		t.Errorf("%d differ (-want +got):\n%s", rounds[0].Total(), diff)
	}
	w.wantNoDrift()
}

func TestADocumentOfYesterdayIsNoDriftJustAfterMidnight(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plain(nil))
	for minutes, want := range map[int]int{5: 0, 15: 1} {
		now := time.Date(2028, 2, 21, 0, minutes, 0, 0, time.UTC)
		w.clock.Store(&now)
		drift, err := w.Check(t.Context(), false, func(int, int) {})
		if err != nil || drift.Counts[WrongDays] != want || drift.Total() != want {
			t.Errorf("%d minutes after midnight: %+v, %v", minutes, drift, err)
		}
	}
}
