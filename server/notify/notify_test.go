package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
)

var (
	refused = errs.E(errs.Invalid, "the mail server refuses the mail")
	away    = errs.E(errs.Unavailable, "the mail server is not reachable")
)

func TestAnotherEventSendsAnotherMail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 2 {
		if err := w.OnPasswordChanged(w.event(), identity.PasswordChanged{UserID: guestID}); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.outbox.sent) != 2 || w.outbox.sent[0].ID == w.outbox.sent[1].ID {
		t.Errorf("sent %d", len(w.outbox.sent))
	}
}

func TestOvertakenEventsSendNothing(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		if c.listing == "" && c.booking == "" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.listing("archived")
			w.booking("NO_SHOW")
			if err := c.handle(w.event(), w.Service); err != nil || len(w.outbox.sent) != 0 || len(w.mails()) != 0 {
				t.Errorf("sent %d, %v", len(w.outbox.sent), err)
			}
		})
	}
	w := newWorld(t)
	w.exec("update bookings set expires_at = $1", noon)
	if err := w.OnBookingRequested(w.event(), booking.Requested{BookingID: bookingID}); err != nil || len(w.outbox.sent) != 0 {
		t.Errorf("a request whose time is over: sent %d, %v", len(w.outbox.sent), err)
	}
}

// A mail that was tried in vain stays due for nobody when what it says has become untrue.
func TestMailsThatAreTooLateAreDropped(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		if c.listing == "" && c.booking == "" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if c.listing != "" {
				w.listing(c.listing)
			}
			if c.booking != "" {
				w.booking(c.booking)
			}
			ctx := w.event()
			w.outbox.fail = map[string]error{"guest-0001@example.test": away, "host-0001@example.test": away}
			if err := c.handle(ctx, w.Service); !errs.Is(err, errs.Unavailable) || len(w.mails()) != len(c.golden) {
				t.Fatalf("%v, %v", err, w.mails())
			}
			w.outbox.fail = nil
			w.listing("archived")
			w.booking("NO_SHOW")
			w.exec("update mails set claimed_until = $1", noon.Add(time.Second)) // by a worker that may be sending it
			if err := c.handle(ctx, w.Service); !errs.Is(err, errs.Unavailable) {
				t.Errorf("while another worker may be sending it: %v", err)
			}
			w.exec("update mails set claimed_until = $1", noon)
			if err := c.handle(ctx, w.Service); err != nil || len(w.outbox.sent) != 0 {
				t.Errorf("sent %d, %v", len(w.outbox.sent), err)
			}
			for _, mail := range w.mails() {
				if !strings.Contains(mail, " dropped ") {
					t.Error(mail)
				}
			}
		})
	}
}

func TestWhatHasGoneIsInvalid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, nobody := w.event(), uuid.New()
	for name, err := range map[string]error{
		"account":         w.OnPasswordChanged(ctx, identity.PasswordChanged{UserID: nobody}),
		"account of link": w.OnUserRegistered(ctx, identity.UserRegistered{UserID: nobody}),
		"listing":         w.OnListingApproved(ctx, listing.Approved{ListingID: nobody}),
		"revision":        w.OnRevisionApproved(ctx, listing.RevisionApproved{RevisionID: nobody}),
		"rejected":        w.OnListingRejected(ctx, listing.Rejected{ListingID: nobody}),
		"booking":         w.OnBookingRequested(ctx, booking.Requested{BookingID: nobody}),
		"confirmed":       w.OnBookingConfirmed(ctx, booking.Confirmed{BookingID: nobody}),
		"declined":        w.OnBookingDeclined(ctx, booking.Declined{BookingID: nobody}),
		"cancelled":       w.OnBookingCancelled(ctx, booking.Cancelled{BookingID: nobody}),
	} {
		if !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(w.outbox.sent) != 0 {
		t.Errorf("sent %d", len(w.outbox.sent))
	}
}

func TestAMailServerThatIsAwayIsAskedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := w.event()
	changed := identity.PasswordChanged{UserID: guestID}
	w.outbox.fail["guest-0001@example.test"] = away
	if err := w.OnPasswordChanged(ctx, changed); !errs.Is(err, errs.Unavailable) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([]string{"password_changed due 1"}, w.mails()); diff != "" {
		t.Error(diff)
	}
	delete(w.outbox.fail, "guest-0001@example.test")
	for range 2 {
		if err := w.OnPasswordChanged(ctx, changed); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff([]string{"password_changed sent 2"}, w.mails()); diff != "" || len(w.outbox.sent) != 1 {
		t.Error(diff, len(w.outbox.sent))
	}
}

func TestALostAnswerRepeatsTheMessageID(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := w.event()
	w.outbox.gone, w.outbox.fail["guest-0001@example.test"] = true, away
	if err := w.OnUserRegistered(ctx, identity.UserRegistered{UserID: guestID}); err == nil {
		t.Fatal("no error")
	}
	delete(w.outbox.fail, "guest-0001@example.test")
	if err := w.OnUserRegistered(ctx, identity.UserRegistered{UserID: guestID}); err != nil {
		t.Fatal(err)
	}
	if sent := w.outbox.sent; len(sent) != 2 || sent[0].ID != sent[1].ID || !strings.HasSuffix(sent[0].ID, "@rentora.example") {
		t.Errorf("sent %+v", sent)
	}
}

func TestARefusalForGoodIsSaidAtEveryTry(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := w.event()
	w.outbox.fail["guest-0001@example.test"] = refused
	for range 2 { // the second time when somebody retries its dead letter too early
		if err := w.OnPasswordChanged(ctx, identity.PasswordChanged{UserID: guestID}); !errs.Is(err, errs.Invalid) {
			t.Errorf("got %v", err)
		}
	}
	if diff := cmp.Diff([]string{"password_changed failed 2"}, w.mails()); diff != "" {
		t.Error(diff)
	}
}

// A retried dead letter is the same event again.
func TestARefusedMailIsSentWhenItsDeadLetterIsRetried(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, changed := w.event(), identity.PasswordChanged{UserID: guestID}
	w.outbox.fail["guest-0001@example.test"] = refused
	if err := w.OnPasswordChanged(ctx, changed); !errs.Is(err, errs.Invalid) {
		t.Errorf("got %v", err)
	}
	delete(w.outbox.fail, "guest-0001@example.test")
	for range 2 { // the second time it is a repetition
		if err := w.OnPasswordChanged(ctx, changed); err != nil || len(w.outbox.sent) != 1 {
			t.Errorf("sent %d, %v", len(w.outbox.sent), err)
		}
	}
	if diff := cmp.Diff([]string{"password_changed sent 2"}, w.mails()); diff != "" {
		t.Error(diff)
	}
}

func TestBothSidesOfABookingAreIndependent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.booking("CANCELLED_BY_ADMIN")
	w.outbox.fail["host-0001@example.test"] = refused
	err := w.OnBookingCancelled(w.event(), booking.Cancelled{BookingID: bookingID, By: "admin"})
	if !errs.Is(err, errs.Invalid) || len(w.outbox.sent) != 1 || !strings.Contains(w.outbox.sent[0].Text, "cancelled by Rentora") {
		t.Errorf("sent %+v, %v", w.outbox.sent, err)
	}
	w.booking("CONFIRMED")
	w.outbox.fail = map[string]error{"guest-0001@example.test": refused}
	err = w.OnBookingConfirmed(w.event(), booking.Confirmed{BookingID: bookingID, Instant: true})
	if !errs.Is(err, errs.Invalid) || len(w.outbox.sent) != 2 || w.outbox.sent[1].To.ID != hostID {
		t.Errorf("sent %+v, %v", w.outbox.sent, err)
	}
}

func TestATokenStandsInTheLinkAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.OnPasswordResetRequested(w.event(), identity.PasswordResetRequested{UserID: guestID}); err != nil {
		t.Fatal(err)
	}
	m := w.outbox.sent[0]
	if !strings.Contains(m.Text, "https://rentora.example/reset-password#token=s3cret-1\n") || !strings.Contains(m.HTML, "/reset-password#token=s3cret-1\"") {
		t.Errorf("no link in\n%s", m.Text)
	}
	if strings.Contains(m.Subject+m.ID, "s3cret") || strings.Count(m.Text, "s3cret") != 1 || strings.Count(m.HTML, "s3cret") != 1 {
		t.Error("the token stands elsewhere too")
	}
	var row string
	if err := w.pool.QueryRow(t.Context(), "select mails::text from mails").Scan(&row); err != nil || strings.Contains(row, "s3cret") {
		t.Errorf("the record has %s, %v", row, err)
	}
}

func TestWordsOfOthersStayWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`update listings set title = E'Loft\r\nBcc: victim@example.test <b>"x"</b>'`)
	w.exec(`update users set name = '<script>alert(1)</script>'`)
	w.exec(`update bookings set message = '</p><img src=x onerror=alert(1)>'`)
	if err := w.OnBookingRequested(w.event(), booking.Requested{BookingID: bookingID}); err != nil {
		t.Fatal(err)
	}
	m := w.outbox.sent[0]
	if strings.ContainsAny(m.Subject, "\r\n") || !strings.Contains(m.Subject, "Loft Bcc: victim") {
		t.Errorf("subject %q", m.Subject)
	}
	for _, tag := range []string{"<script", "<img", "<b>"} {
		if strings.Contains(m.HTML, tag) {
			t.Errorf("%s got into the HTML", tag)
		}
	}
}

func TestEveryReasonOfARejectionHasItsSentence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.listing("rejected")
	seen := map[string]bool{}
	for _, reason := range []string{"incomplete", "misleading", "photos", "location", "duplicate", "prohibited", "other"} {
		w.exec("update listings set rejection_reason = $1", reason)
		if err := w.OnListingRejected(w.event(), listing.Rejected{ListingID: listingID}); err != nil {
			t.Fatal(err)
		}
		text := w.outbox.sent[len(w.outbox.sent)-1].Text
		if seen[text] || strings.Contains(text, "  \n") {
			t.Errorf("%s: %s", reason, text)
		}
		seen[text] = true
	}
}
