package notify_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/listing"
)

// submit makes n listings pending, a minute after one another, and tells of each.
func (w *world) submit(n int) {
	w.t.Helper()
	for i := range n {
		id := uuid.New()
		w.exec(`insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms, city, country_code,
			lat, lng, public_lat, public_lng, timezone, submitted_at) values ($1, $2, 'pending', $3, 'apartment', 'entire_place', 4, 1, 2, 1, 'Lisbon', 'PT',
			38.7, -9.1, 38.7, -9.1, 'Europe/Lisbon', $4)`, id, hostID, fmt.Sprintf("Loft %d", i+1), noon.Add(time.Duration(i-60)*time.Minute))
		if err := w.OnListingSubmitted(w.event(), listing.Submitted{ListingID: id}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// after lets time pass and runs the job.
func (w *world) after(d time.Duration) error {
	w.at = w.at.Add(d)
	return w.SendDigests(w.t.Context())
}

// told takes what was sent, in the order of addresses.
func (w *world) told() (subjects []string) {
	for _, m := range w.outbox.sent {
		subjects = append(subjects, strings.TrimSuffix(m.To.Email, "@example.test")+": "+m.Subject)
	}
	w.outbox.sent = nil
	slices.Sort(subjects)
	return subjects
}

func (w *world) admins(n ...string) {
	for _, n := range n {
		w.exec(`insert into users (id, email, name, role) values ($1, $2, 'Admin', 'admin')`, uuid.New(), "admin-000"+n+"@example.test")
	}
}

func TestABurstIsOneMailForEachAdmin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.admins("2")
	w.submit(25)
	w.exec("update listing_revisions set status = 'pending', submitted_at = $1", noon.Add(-30*24*time.Hour))
	if err := w.OnRevisionSubmitted(w.event(), listing.RevisionSubmitted{ListingID: listingID, RevisionID: revisionID}); err != nil {
		t.Fatal(err)
	}
	if err := w.after(4 * time.Second); err != nil || len(w.outbox.sent) != 0 {
		t.Errorf("before the burst is over: %v, %v", w.told(), err)
	}
	for range 3 {
		if err := w.after(time.Second); err != nil {
			t.Fatal(err)
		}
	}
	m := w.outbox.sent[0]
	golden(t, "verifications_waiting.txt", "To: "+m.To.Email+"\nSubject: "+m.Subject+"\n\n"+m.Text)
	golden(t, "verifications_waiting.html", m.HTML)
	want := []string{"admin-0001: To verify: 26 listings and changes", "admin-0002: To verify: 26 listings and changes"}
	if got := w.told(); !slices.Equal(got, want) {
		t.Errorf("told %v", got)
	}
}

func TestTheNextMailComesAfterThePauseAndNotUnasked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.submit(1)
	if err := w.after(6 * time.Second); err != nil || len(w.told()) != 1 {
		t.Fatalf("the first: %v", err)
	}
	w.submit(1)
	for _, c := range []struct {
		after time.Duration
		mails int
	}{{9 * time.Minute, 0}, {2 * time.Minute, 1}, {time.Hour, 0}} {
		if err := w.after(c.after); err != nil {
			t.Fatal(err)
		}
		if got := w.told(); len(got) != c.mails {
			t.Errorf("%s later: %v", c.after, got)
		}
	}
}

func TestWhatWasDecidedMeanwhileIsNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.submit(2)
	w.listing("live")
	if err := w.after(time.Minute); err != nil || len(w.outbox.sent) != 0 {
		t.Errorf("told %v, %v", w.told(), err)
	}
	w.submit(1) // nothing was sent: no pause either
	if err := w.after(6 * time.Second); err != nil || !slices.Equal(w.told(), []string{"admin-0001: To verify: Loft 1"}) {
		t.Errorf("the next: %v, %v", w.told(), err)
	}
}

// What comes in while a mail is written is in the next one, even if this one did not know of it.
func TestASubmissionDuringAMailIsNotLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.submit(1)
	w.outbox.begun, w.outbox.hold = make(chan struct{}), make(chan struct{})
	done := make(chan error)
	w.at = w.at.Add(6 * time.Second)
	go func() { done <- w.SendDigests(t.Context()) }()
	<-w.outbox.begun
	w.submit(1)
	close(w.outbox.hold)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	w.outbox.hold = nil
	if err := w.after(11 * time.Minute); err != nil || !slices.Equal(w.told(), []string{"admin-0001: To verify: 2 listings and changes", "admin-0001: To verify: Loft 1"}) {
		t.Errorf("told %v, %v", w.told(), err)
	}
}

func TestTwoSchedulersSendOneMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.admins("2", "3")
	w.submit(3)
	w.at = w.at.Add(time.Minute)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := w.SendDigests(t.Context()); err != nil && !errs.Is(err, errs.Unavailable) { // another one is sending it
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := w.after(time.Second); err != nil || len(w.told()) != 3 {
		t.Errorf("%v", err)
	}
}

func TestOneBadAddressDoesNotKeepTheOtherAdminsFromTheirMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.admins("2", "3", "4")
	w.submit(1)
	w.outbox.fail["admin-0001@example.test"], w.outbox.fail["admin-0003@example.test"] = refused, away
	if err := w.after(6 * time.Second); !errs.Is(err, errs.Unavailable) || !errors.Is(err, refused) {
		t.Errorf("one is refused and one is away: %v", err)
	}
	w.outbox.fail = map[string]error{}
	for range 2 {
		if err := w.after(time.Second); err != nil {
			t.Error(err)
		}
	}
	want := []string{"admin-0002: To verify: Loft 1", "admin-0003: To verify: Loft 1", "admin-0004: To verify: Loft 1"}
	if got := w.told(); !slices.Equal(got, want) {
		t.Errorf("told %v", got)
	}
}

func TestWhoIsNoAdminAnyMoreGetsNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.submit(1)
	w.exec("update users set role = 'guest' where id = $1", adminID)
	if err := w.after(time.Minute); err != nil || len(w.told()) != 0 {
		t.Errorf("%v", err)
	}
}
