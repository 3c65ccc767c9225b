package booking

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// verbs are the transitions that people make.
var verbs = map[string]func(*world, identity.Actor, uuid.UUID) (Booking, error){
	"confirm": func(w *world, a identity.Actor, id uuid.UUID) (Booking, error) {
		return w.service.Confirm(w.Context(), a, id)
	},
	"decline": func(w *world, a identity.Actor, id uuid.UUID) (Booking, error) {
		return w.service.Decline(w.Context(), a, id, "The roof leaks.")
	},
	"cancel": func(w *world, a identity.Actor, id uuid.UUID) (Booking, error) {
		return w.service.Cancel(w.Context(), a, id, "Plans changed.", noKey)
	},
}

func TestEveryTransitionFromEveryStatus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	allowed := map[string]map[Status]Status{
		"confirm": {StatusPending: StatusConfirmed},
		"decline": {StatusPending: StatusDeclined},
		"cancel":  {StatusPending: StatusCancelledByHost, StatusConfirmed: StatusCancelledByHost},
	}
	statuses := []Status{StatusPending, StatusConfirmed, StatusDeclined, StatusExpired, StatusCancelledByGuest, StatusCancelledByHost, StatusCancelledByAdmin,
		StatusCheckedIn, StatusCompleted, "NO_SHOW", "AWAITING_PAYMENT"}
	for name, verb := range verbs {
		for _, from := range statuses {
			b := w.book(w.listing, "2026-07-01", "2026-07-04")
			w.exec(`update bookings set status = $2 where id = $1`, b.ID, string(from))
			got, err := verb(w, w.host, b.ID)
			if to, ok := allowed[name][from]; ok {
				if err != nil || got.Status != to || got.Version != 2 {
					t.Errorf("%s from %s: %s, %v", name, from, got.Status, err)
				}
			} else {
				if !errs.Is(err, errs.Conflict) {
					t.Errorf("%s from %s: %v", name, from, err)
				}
				if after := w.get(b.ID); after.Status != from || after.Version != 1 {
					t.Errorf("%s from %s left %s", name, from, after.Status)
				}
			}
			w.exec(`delete from occupancies`)
		}
	}
}

func TestWhoMayDoWhatToABooking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const ok errs.Kind = ""
	want := map[string]map[string]errs.Kind{
		"guest":      {"confirm": errs.Forbidden, "decline": errs.Forbidden, "cancel": ok, "get": ok, "history": ok, "preview": ok},
		"host":       {"confirm": ok, "decline": ok, "cancel": ok, "get": ok, "history": ok, "preview": ok},
		"admin":      {"confirm": ok, "decline": ok, "cancel": ok, "get": ok, "history": ok, "preview": ok},
		"other host": {"confirm": errs.NotFound, "decline": errs.NotFound, "cancel": errs.NotFound, "get": errs.NotFound, "history": errs.NotFound, "preview": errs.NotFound},
	}
	want["stranger"], want["visitor"] = want["other host"], want["other host"]
	actors := map[string]identity.Actor{"guest": w.guest, "host": w.host, "admin": w.admin, "other host": w.otherHost, "stranger": w.stranger, "visitor": w.visitor}
	reads := map[string]func(identity.Actor, uuid.UUID) error{
		"get":     func(a identity.Actor, id uuid.UUID) error { return justErr(w.service.Get(t.Context(), a, id)) },
		"history": func(a identity.Actor, id uuid.UUID) error { return justErr(w.service.History(t.Context(), a, id)) },
		"preview": func(a identity.Actor, id uuid.UUID) error {
			return justErr(w.service.PreviewCancellation(t.Context(), a, id))
		},
	}
	for who, rights := range want {
		for verb, kind := range rights {
			b := w.book(w.listing, "2026-07-01", "2026-07-04")
			var err error
			if read, isRead := reads[verb]; isRead {
				err = read(actors[who], b.ID)
			} else {
				err = justErr(verbs[verb](w, actors[who], b.ID))
			}
			if err == nil && kind != ok || err != nil && errs.KindOf(err) != kind {
				t.Errorf("%s by %s: %v, want %q", verb, who, err, kind)
			}
			w.exec(`update bookings set status = 'DECLINED' where id = $1`, b.ID)
			w.exec(`delete from occupancies`)
		}
	}
	for name, verb := range verbs {
		if _, err := verb(w, w.admin, uuid.New()); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s of nothing: %v", name, err)
		}
	}
}

func TestATransitionLeavesHistoryEventAndRecord(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	w.advance(time.Minute)
	if _, err := w.service.Confirm(t.Context(), w.admin, b.ID); err != nil {
		t.Fatal(err)
	}
	w.advance(time.Minute)
	if _, err := w.service.Cancel(t.Context(), w.guest, b.ID, "Plans changed.", noKey); err != nil {
		t.Fatal(err)
	}
	got, err := w.service.History(t.Context(), w.host, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	start := w.now().Add(-2 * time.Minute)
	want := []Change{
		{To: StatusPending, ActorID: &w.guest.ID, ActorRole: "guest", At: start},
		{From: StatusPending, To: StatusConfirmed, ActorID: &w.admin.ID, ActorRole: "admin", At: start.Add(time.Minute)},
		{From: StatusConfirmed, To: StatusCancelledByGuest, ActorID: &w.guest.ID, ActorRole: "guest", Reason: "Plans changed.", At: start.Add(2 * time.Minute)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := w.count(`select count(*) from audit_log where action = 'booking.confirm' and target_id = $1`, b.ID); n != 1 || w.count(`select count(*) from audit_log`) != 1 {
		t.Errorf("%d audit entries of the admin's deed", n)
	}
	if n := w.count(`select count(*) from outbox where type = 'bookings.cancelled' and payload->>'by' = 'guest' and payload->>'version' = '3'`); n != 1 {
		t.Errorf("%d events", n)
	}
	w.assertTruth()
	w.book(w.listing, "2026-07-01", "2026-07-04") // the nights are free again
}

func TestCancellingGivesBackWhatThePreviewSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := map[string]time.Duration{"early": time.Minute, "regret": 49 * time.Hour, "late": 26 * 24 * time.Hour, "eve": 29*24*time.Hour + 6*time.Hour}
	for _, policy := range []Policy{Flexible, Moderate, Strict} {
		for when, later := range at {
			for by, actor := range map[Status]identity.Actor{StatusCancelledByGuest: w.guest, StatusCancelledByHost: w.host, StatusCancelledByAdmin: w.admin} {
				w.at(instant(t, "2026-06-01T12:00:00Z"))
				b := w.book(w.addListing(Instant, policy, "Europe/Lisbon"), "2026-07-01", "2026-07-04")
				w.advance(later)
				preview, err := w.service.PreviewCancellation(t.Context(), actor, b.ID)
				if err != nil {
					t.Fatal(err)
				}
				got, err := w.service.Cancel(t.Context(), actor, b.ID, "", noKey)
				if err != nil {
					t.Fatal(err)
				}
				if got.Status != by || got.RefundMinor == nil || *got.RefundMinor != preview.RefundMinor {
					t.Errorf("%s, %s, %s: %+v, preview %+v", policy, when, by, got.RefundMinor, preview)
				}
			}
		}
	}
	w.assertTruth()
}

func TestARequestIsAnsweredInTimeOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	w.advance(24 * time.Hour)
	for name, verb := range verbs {
		if _, err := verb(w, w.host, b.ID); err == nil {
			t.Errorf("%s worked", name)
		} else {
			wantCode(t, err, errs.Conflict, "expired")
		}
	}
	w.advance(-time.Second)
	if _, err := w.service.Confirm(t.Context(), w.host, b.ID); err != nil {
		t.Error(err)
	}
}

func TestAGuestWhoCouldHaveArrivedCannotCancel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.addListing(Instant, Flexible, "Europe/Lisbon"), "2026-07-01", "2026-07-04")
	w.at(instant(t, "2026-07-01T14:00:00Z"))
	wantCode(t, justErr(w.service.Cancel(t.Context(), w.guest, b.ID, "", noKey)), errs.Conflict, "stay_began")
	wantCode(t, justErr(w.service.PreviewCancellation(t.Context(), w.guest, b.ID)), errs.Conflict, "stay_began")
	w.advance(-time.Second)
	if _, err := w.service.PreviewCancellation(t.Context(), w.guest, b.ID); err != nil {
		t.Error(err)
	}
	w.advance(time.Hour)
	got, err := w.service.Cancel(t.Context(), w.host, b.ID, "", noKey)
	if err != nil || *got.RefundMinor != got.TotalMinor {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReasonsHaveALength(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.book(w.listing, "2026-07-01", "2026-07-04")
	_, err := w.service.Decline(t.Context(), w.host, b.ID, string(make([]rune, 501)))
	if diff := cmp.Diff([]string{"reason max_length"}, brokenRules(err)); diff != "" {
		t.Error(diff)
	}
}

func TestTheSweepEndsWhatIsDue(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.book(w.listing, "2026-07-01", "2026-07-02")
	w.book(w.listing, "2026-07-03", "2026-07-04")
	w.book(w.listing, "2026-07-05", "2026-07-06")
	w.advance(time.Second)
	later := w.book(w.listing, "2026-07-07", "2026-07-08")
	w.advance(24*time.Hour - time.Second)
	for _, want := range []int{2, 1, 0} {
		if n, err := w.service.ExpireDue(t.Context(), 2); err != nil || n != want {
			t.Errorf("%d, %v; want %d", n, err, want)
		}
	}
	if w.get(first.ID).Status != StatusExpired || w.get(later.ID).Status != StatusPending {
		t.Error("the wrong ones ended")
	}
	history, err := w.service.History(t.Context(), w.guest, first.ID)
	if err != nil || len(history) != 2 || history[1].ActorRole != "system" || history[1].ActorID != nil {
		t.Errorf("%+v, %v", history, err)
	}
	if n := w.count(`select count(*) from outbox where type = 'bookings.expired'`); n != 3 {
		t.Errorf("%d events", n)
	}
	w.assertTruth()
}
