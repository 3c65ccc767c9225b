package calendar_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
)

func TestRulesAreTheDefaultsUntilTheyAreSet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got, err := w.service.GetRules(t.Context(), w.visitor, w.listing)
	if err != nil || got != calendar.DefaultRules() {
		t.Fatalf("%+v, %v", got, err)
	}
	set := calendar.Rules{MinNights: 2, MaxNights: 14, AdvanceNoticeDays: 1, HorizonDays: 200}
	first, err := w.service.SetRules(t.Context(), w.host, w.listing, set)
	if err != nil || first.Version != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	wantKind(t, justErr(w.service.SetRules(t.Context(), w.host, w.listing, set)), errs.Stale) // without the version
	set.Version, set.MinNights = 1, 3
	second, err := w.service.SetRules(t.Context(), w.host, w.listing, set)
	if err != nil || second.Version != 2 {
		t.Fatalf("%+v, %v", second, err)
	}
	wantKind(t, justErr(w.service.SetRules(t.Context(), w.host, w.listing, set)), errs.Stale) // with an old one
	if got, err = w.service.GetRules(t.Context(), w.visitor, w.listing); err != nil || got != second {
		t.Errorf("%+v, %v; want %+v", got, err, second)
	}
	if n := w.count(`select count(*) from outbox where type = 'calendar.changed' and key = $1`, w.listing.String()); n != 2 {
		t.Errorf("%d events, want one per change", n)
	}
}

func TestRulesOfNoRowCannotBeChangedByVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := calendar.DefaultRules()
	r.Version = 4
	wantKind(t, justErr(w.service.SetRules(t.Context(), w.host, w.listing, r)), errs.Stale)
	if n := w.count(`select count(*) from availability_rules`); n != 0 {
		t.Error("a row was written")
	}
}

func TestRulesThatMakeNoSenseAreRefusedByField(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		rules calendar.Rules
		want  []string
	}{
		{calendar.Rules{MinNights: 5, MaxNights: 4, HorizonDays: 30}, []string{"max_nights min"}},
		{calendar.Rules{MinNights: 0, MaxNights: 500, AdvanceNoticeDays: 91, HorizonDays: 731},
			[]string{"min_nights range", "max_nights range", "advance_notice_days range", "horizon_days range"}},
		{calendar.Rules{MinNights: 64, MaxNights: 64, AdvanceNoticeDays: -1, HorizonDays: 300}, []string{"min_nights range", "advance_notice_days range"}},
		{calendar.Rules{MinNights: 5, MaxNights: 9, AdvanceNoticeDays: 6, HorizonDays: 10}, []string{"horizon_days min"}},
	} {
		_, err := w.service.SetRules(t.Context(), w.host, w.listing, c.rules)
		wantKind(t, err, errs.Invalid)
		if diff := cmp.Diff(c.want, brokenRules(err)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestOnlyOwnersChangeAndOnlyLiveListingsAreShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft := w.addListing("draft", "Europe/Lisbon")
	other := w.guest
	other.Role = identity.Host
	b, err := w.block("2026-07-01", "2026-07-03")
	if err != nil {
		t.Fatal(err)
	}
	verbs := map[string]func(identity.Actor, uuid.UUID) error{
		"set": func(a identity.Actor, l uuid.UUID) error {
			return justErr(w.service.SetRules(t.Context(), a, l, calendar.DefaultRules()))
		},
		"list": func(a identity.Actor, l uuid.UUID) error { return justErr(w.service.Blocks(t.Context(), a, l)) },
		"block": func(a identity.Actor, l uuid.UUID) error {
			return justErr(w.service.Block(t.Context(), a, l, stay("2026-08-01", "2026-08-02"), "", idempotency.Key{}))
		},
		"unblock": func(a identity.Actor, l uuid.UUID) error { return w.service.Unblock(t.Context(), a, l, b.ID) },
	}
	for name, verb := range verbs {
		for _, actor := range []identity.Actor{w.visitor, w.guest, other} {
			if got := errs.KindOf(verb(actor, w.listing)); got != errs.Forbidden {
				t.Errorf("%s by %q on a live listing: %s", name, actor.Role, got)
			}
			if got := errs.KindOf(verb(actor, draft)); got != errs.NotFound {
				t.Errorf("%s by %q on a draft: %s", name, actor.Role, got)
			}
		}
		if got := errs.KindOf(verb(w.host, uuid.New())); got != errs.NotFound {
			t.Errorf("%s on nothing: %s", name, got)
		}
	}
	for _, l := range []uuid.UUID{draft, uuid.New()} {
		wantKind(t, justErr(w.service.GetRules(t.Context(), w.guest, l)), errs.NotFound)
		wantKind(t, justErr(w.service.Days(t.Context(), w.visitor, l, nil, nil)), errs.NotFound)
	}
	for _, owner := range []identity.Actor{w.host, w.admin} {
		if _, err := w.service.Days(t.Context(), owner, draft, nil, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatAnAdminChangesIsOnRecord(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, err := w.service.Block(t.Context(), w.admin, w.listing, stay("2026-07-01", "2026-07-03"), "", idempotency.Key{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.service.Unblock(t.Context(), w.admin, w.listing, b.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.service.SetRules(t.Context(), w.admin, w.listing, calendar.DefaultRules()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.block("2026-07-01", "2026-07-03"); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`select count(*) from audit_log where actor_id = $1 and target_id = $2`, w.admin.ID, w.listing); n != 3 {
		t.Errorf("%d entries of the admin, want 3", n)
	}
	if n := w.count(`select count(*) from audit_log where actor_id = $1`, w.host.ID); n != 0 {
		t.Errorf("%d entries of the host, want none", n)
	}
}

func TestBlocksAreCheckedAgainstTheCalendarOfThePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.now = time.Date(2026, 6, 1, 23, 30, 0, 0, time.UTC) // half past midnight on 2 June in Lisbon
	for _, c := range []struct {
		start, end string
		want       []string
	}{
		{"2026-06-01", "2026-06-03", []string{"start past"}},
		{"2026-06-05", "2026-06-05", []string{"end after"}},
		{"2026-06-05", "2026-06-04", []string{"end after"}},
		{"2026-06-05", "2027-06-07", []string{"end max_nights"}},
		{"2028-05-30", "2028-06-02", []string{"end horizon"}},
		{"2026-06-02", "2026-06-03", nil},
		{"2028-05-30", "2028-06-01", nil},
	} {
		_, err := w.block(c.start, c.end)
		if diff := cmp.Diff(c.want, brokenRules(err)); diff != "" || (err == nil) != (c.want == nil) {
			t.Errorf("%s to %s: %v\n%s", c.start, c.end, err, diff)
		}
	}
	long := make([]rune, 201)
	for i := range long {
		long[i] = 'ä'
	}
	_, err := w.service.Block(t.Context(), w.host, w.listing, stay("2026-07-01", "2026-07-02"), string(long), idempotency.Key{})
	if diff := cmp.Diff([]string{"note max_length"}, brokenRules(err)); diff != "" {
		t.Error(diff)
	}
}

func TestABlockInTheWayIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.block("2026-07-10", "2026-07-15"); err != nil {
		t.Fatal(err)
	}
	w.occupy("2026-07-01", "2026-07-05")
	for _, c := range []struct{ start, end, want string }{
		{"2026-07-14", "2026-07-20", "A block from 2026-07-10 to 2026-07-15 is in the way."},
		{"2026-07-04", "2026-07-06", "A booking from 2026-07-01 to 2026-07-05 is in the way."},
	} {
		_, err := w.block(c.start, c.end)
		if e := wantKind(t, err, errs.Conflict); e.Message != c.want || e.Code != "dates_taken" || e.Details == nil {
			t.Errorf("%s %q", e.Code, e.Message)
		}
	}
	if _, err := w.block("2026-07-05", "2026-07-10"); err != nil {
		t.Errorf("between the two: %v", err)
	}
	if n := w.count(`select count(*) from outbox`); n != 2 {
		t.Errorf("%d events, want those of the two blocks that were made", n)
	}
}

func TestBlocksAreListedSoonestFirstUntilTheyEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var made []calendar.Block
	for _, s := range [][2]string{{"2026-06-20", "2026-06-22"}, {"2026-06-05", "2026-06-08"}, {"2026-06-08", "2026-06-09"}} {
		b, err := w.block(s[0], s[1])
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, b)
	}
	w.occupy("2026-06-25", "2026-06-27")
	for _, c := range []struct {
		today string
		want  []calendar.Block
	}{{"2026-06-01", []calendar.Block{made[1], made[2], made[0]}}, {"2026-06-07", []calendar.Block{made[1], made[2], made[0]}},
		{"2026-06-08", []calendar.Block{made[2], made[0]}}, {"2026-06-22", []calendar.Block{}}} {
		w.now = day(c.today).Time().Add(12 * time.Hour)
		got, err := w.service.Blocks(t.Context(), w.host, w.listing)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("on %s: %s", c.today, diff)
		}
	}
}

func TestUnblockOpensBlocksAndNeverBookings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b, err := w.block("2026-07-10", "2026-07-15")
	if err != nil {
		t.Fatal(err)
	}
	booking := w.occupy("2026-07-01", "2026-07-05")
	other := w.addListing("live", "Europe/Lisbon")
	wantKind(t, w.service.Unblock(t.Context(), w.host, w.listing, booking), errs.NotFound)
	wantKind(t, w.service.Unblock(t.Context(), w.host, other, b.ID), errs.NotFound)
	if err := w.service.Unblock(t.Context(), w.host, w.listing, b.ID); err != nil {
		t.Fatal(err)
	}
	wantKind(t, w.service.Unblock(t.Context(), w.host, w.listing, b.ID), errs.NotFound)
	if n := w.count(`select count(*) from occupancies`); n != 1 {
		t.Errorf("%d occupancies, want the booking's alone", n)
	}
}

func TestAKeyMakesABlockOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	try := func(body string) (calendar.Block, error) {
		key := idempotency.NewKey(w.host.ID, "k-1", "createBlock", []byte(body))
		return w.service.Block(t.Context(), w.host, w.listing, stay("2026-07-10", "2026-07-15"), "note", key)
	}
	first, err := try("a")
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.AddDate(1, 0, 0) // a replay is an answer of then, not a new check
	again, err := try("a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	wantKind(t, justErr(try("b")), errs.Unprocessable)
}

func TestRivalBlocksNeverOverlap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var wg sync.WaitGroup
	results := make([]error, 32)
	for i := range results {
		wg.Go(func() { _, results[i] = w.block("2026-07-10", "2026-07-15") })
	}
	wg.Wait()
	made := 0
	for _, err := range results {
		if err == nil {
			made++
		} else if !errs.Is(err, errs.Conflict) {
			t.Error(err)
		}
	}
	if made != 1 || w.count(`select count(*) from occupancies`) != 1 || w.count(`select count(*) from outbox`) != 1 {
		t.Errorf("%d made it", made)
	}
}

func justErr[T any](_ T, err error) error { return err }
