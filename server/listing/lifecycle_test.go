package listing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
)

var statuses = []listing.Status{
	listing.StatusDraft, listing.StatusPending, listing.StatusRejected, listing.StatusLive, listing.StatusPaused, listing.StatusArchived,
}

// Every verb from every state: where it leads, with the event it leaves. What is not named here is a Conflict.
var ways = map[string]map[listing.Status]struct {
	to    listing.Status
	event string
}{
	"submit":  {"draft": {"pending", "submitted"}, "rejected": {"pending", "submitted"}},
	"approve": {"pending": {"live", "approved"}},
	"reject":  {"pending": {"rejected", "rejected"}},
	"pause":   {"live": {"paused", "paused"}},
	"resume":  {"paused": {"live", "resumed"}},
	"archive": {
		"draft": {"archived", "archived"}, "pending": {"archived", "archived"}, "rejected": {"archived", "archived"},
		"live": {"archived", "archived"}, "paused": {"archived", "archived"},
	},
	"title":  {"draft": {"draft", ""}, "rejected": {"rejected", ""}, "live": {"live", "revision_submitted"}, "paused": {"paused", "revision_submitted"}},
	"photos": {"draft": {"draft", "changed"}, "rejected": {"rejected", "changed"}, "live": {"live", "revision_submitted"}, "paused": {"paused", "revision_submitted"}},
	"rules":  {"draft": {"draft", ""}, "rejected": {"rejected", ""}, "live": {"live", "changed"}, "paused": {"paused", "changed"}},
}

func TestEveryVerbFromEveryState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for verb, allowed := range ways {
		for _, from := range statuses {
			before := w.in(from)
			told := w.events(before.ID)
			actor := w.host
			if verb == "approve" || verb == "reject" {
				actor = w.admin
			}
			after, err := w.do(verb, actor, before)
			way, ok := allowed[from]
			if !ok {
				w.refused(verb, from, before, told, err)
				continue
			}
			if err != nil || after.Status != way.to || after.Version != before.Version+1 {
				t.Errorf("%s of %s: %s version %d → %d, %v", verb, from, after.Status, before.Version, after.Version, err)
			}
			want := told
			if way.event != "" {
				want = append(slices.Clone(told), way.event)
			}
			if diff := cmp.Diff(want, w.events(before.ID)); diff != "" {
				t.Errorf("%s of %s: events %s", verb, from, diff)
			}
		}
	}
}

// refused holds a refusal to a Conflict that names the state, and to having changed nothing.
func (w *world) refused(verb string, from listing.Status, before listing.Listing, told []string, err error) {
	w.Helper()
	if !errs.Is(err, errs.Conflict) || !strings.Contains(err.Error(), string(from)) {
		w.Errorf("%s of %s: %v, want a conflict that names the state", verb, from, err)
	}
	now, err := w.rooms.Get(w.Context(), w.host, before.ID)
	if err != nil {
		w.Error(err)
	}
	if diff := cmp.Diff(before, now); diff != "" {
		w.Errorf("%s of %s was refused and changed: %s", verb, from, diff)
	}
	if diff := cmp.Diff(told, w.events(before.ID)); diff != "" {
		w.Errorf("%s of %s was refused and told: %s", verb, from, diff)
	}
}

// Who may do what, to a draft and to a live listing; verbs that the state forbids are Conflict for those who may.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	actors := map[string]identity.Actor{"owner": w.host, "other host": w.otherHost, "guest": w.guest, "visitor": {}, "admin": w.admin}
	const no, hidden = "forbidden", "not_found"
	for _, c := range []struct {
		verb            string
		status          listing.Status
		owner, adm, any string
	}{
		{"get", "draft", "ok", "ok", hidden},
		{"get", "pending", "ok", "ok", hidden},
		{"get", "rejected", "ok", "ok", hidden},
		{"get", "paused", "ok", "ok", hidden},
		{"get", "archived", "ok", "ok", hidden},
		{"get", "live", "ok", "ok", "ok"},
		{"title", "draft", "ok", no, hidden},
		{"title", "live", "ok", no, no},
		{"rules", "live", "ok", no, no},
		{"photos", "draft", "ok", no, hidden},
		{"photos", "live", "ok", no, no},
		{"submit", "draft", "ok", no, hidden},
		{"submit", "live", "conflict", no, no},
		{"pause", "live", "ok", "ok", no},
		{"pause", "draft", "conflict", "conflict", hidden},
		{"resume", "paused", "ok", "ok", hidden},
		{"archive", "live", "ok", "ok", no},
		{"archive", "draft", "ok", "ok", hidden},
		{"approve", "pending", no, "ok", no},
		{"reject", "pending", no, "ok", no},
	} {
		for name, actor := range actors {
			want := map[string]string{"owner": c.owner, "admin": c.adm}[name]
			if want == "" {
				want = c.any
			}
			l := w.in(c.status)
			if _, err := w.do(c.verb, actor, l); kind(err) != want {
				t.Errorf("%s of a %s listing by %s: %s (%v), want %s", c.verb, c.status, name, kind(err), err, want)
			}
		}
	}
}

func TestSupportSeesNoMoreThanGuests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	support := w.guest
	support.Role = identity.Support
	if _, err := w.rooms.Get(t.Context(), support, w.in("draft").ID); !errs.Is(err, errs.NotFound) {
		t.Errorf("support gets a draft: %v", err)
	}
}

func TestApproveAndRejectAtOnceHaveOneWinner(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 10 {
		l := w.in(listing.StatusPending)
		answers := make(chan error)
		for i := range 8 {
			verb := []string{"approve", "reject"}[i%2]
			go func() {
				_, err := w.do(verb, w.admin, l)
				answers <- err
			}()
		}
		won := 0
		for range 8 {
			if err := <-answers; err == nil {
				won++
			} else if !errs.Is(err, errs.Conflict) && !errs.Is(err, errs.Stale) {
				t.Errorf("a loser gets %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d winners", won)
		}
		if told := w.events(l.ID); len(told) != 3 { // changed (photos), submitted, and one verdict
			t.Errorf("told %v", told)
		}
		var entries int
		if err := w.pool.QueryRow(t.Context(), `select count(*) from audit_log where target_id = $1`, l.ID).Scan(&entries); err != nil || entries != 1 {
			t.Errorf("%d audit entries, %v", entries, err)
		}
	}
}

func TestReviewIsKeptForTheHost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusRejected)
	if l.Review.RejectionReason != "photos" || l.Review.SubmittedAt == nil || l.Review.ApprovedAt != nil {
		t.Errorf("review = %+v", l.Review)
	}
	if diff := cmp.Diff([]listing.Note{{Field: "photos", Note: "Too dark."}}, l.Review.Notes); diff != "" {
		t.Error(diff)
	}
	l, err := w.do("submit", w.host, l)
	if err != nil || l.Review.RejectionReason != "" || len(l.Review.Notes) != 0 {
		t.Errorf("handed in again: %+v, %v", l.Review, err)
	}
	l, err = w.do("approve", w.admin, l)
	if err != nil || l.Review.ApprovedAt == nil {
		t.Errorf("approved: %+v, %v", l.Review, err)
	}
}

func TestRejectionsNameWhatIsWrongWithThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusPending)
	_, err := w.rooms.Reject(t.Context(), w.admin, l.ID, l.Version, listing.Rejection{Notes: []listing.Note{{"title", "  "}, {"title", strings.Repeat("x", 501)}}})
	want := []string{"notes[0].note length", "notes[1].note length", "reason required"}
	if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
	_, err = w.rooms.Reject(t.Context(), w.admin, l.ID, l.Version, listing.Rejection{Reason: "other", Notes: make([]listing.Note, 21)})
	if !strings.Contains(strings.Join(fieldsOf(err), ","), "notes max") {
		t.Errorf("21 notes: %v", err)
	}
}

func TestAdminsLeaveATraceAndHostsDoNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusLive)
	for _, verb := range []string{"pause", "resume", "pause", "archive"} {
		actor := w.admin
		if verb == "resume" {
			actor = w.host
		}
		var err error
		if l, err = w.do(verb, actor, l); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := w.pool.Query(t.Context(), `select action || ' ' || (diff #>> '{status,from}') || ' ' || (diff #>> '{status,to}') || ' ' || coalesce(diff ->> 'note', '')
		from audit_log where target_id = $1 and actor_id = $2 and actor_role = 'admin' order by id`, l.ID, w.admin.ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i] = strings.TrimSpace(got[i])
	}
	want := []string{"listing.approve pending live fine", "listing.pause live paused", "listing.pause live paused", "listing.archive paused archived"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWrongStateTellsProgramsTheState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.do("resume", w.host, w.in(listing.StatusDraft))
	var e *errs.Error
	if !errors.As(err, &e) || e.Code != "wrong_state" {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff(map[string]any{"status": "draft"}, e.Details); diff != "" {
		t.Error(diff)
	}
}
