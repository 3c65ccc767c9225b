package notify_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/notify"
)

var update = flag.Bool("update", false, "write the golden mails anew")

// cases are every mail: the state that it is true in, the event, and the golden files in the order of sending.
var cases = []struct {
	name             string
	listing, booking string // status
	handle           func(ctx context.Context, s *notify.Service) error
	golden           []string
}{
	{"registered", "", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnUserRegistered(ctx, identity.UserRegistered{UserID: guestID})
	}, []string{"verify_email"}},
	{"verification requested", "", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnVerificationRequested(ctx, identity.VerificationRequested{UserID: guestID})
	}, []string{"verify_email"}},
	{"registered again", "", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnRegistrationRepeated(ctx, identity.RegistrationRepeated{UserID: guestID})
	}, []string{"registration_repeated"}},
	{"reset requested", "", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnPasswordResetRequested(ctx, identity.PasswordResetRequested{UserID: guestID})
	}, []string{"reset_password"}},
	{"password changed", "", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnPasswordChanged(ctx, identity.PasswordChanged{UserID: guestID})
	}, []string{"password_changed"}},
	{"invited", "", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnInvited(ctx, identity.Invited{UserID: guestID})
	}, []string{"invitation"}},
	{"approved", "live", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnListingApproved(ctx, listing.Approved{ListingID: listingID})
	}, []string{"listing_approved"}},
	{"rejected", "rejected", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnListingRejected(ctx, listing.Rejected{ListingID: listingID})
	}, []string{"listing_rejected"}},
	{"revision approved", "revision approved", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnRevisionApproved(ctx, listing.RevisionApproved{RevisionID: revisionID})
	}, []string{"revision_approved"}},
	{"revision rejected", "revision rejected", "", func(ctx context.Context, s *notify.Service) error {
		return s.OnRevisionRejected(ctx, listing.RevisionRejected{RevisionID: revisionID})
	}, []string{"revision_rejected"}},
	{"requested", "", "PENDING", func(ctx context.Context, s *notify.Service) error {
		return s.OnBookingRequested(ctx, booking.Requested{BookingID: bookingID})
	}, []string{"booking_requested"}},
	{"confirmed", "", "CONFIRMED", func(ctx context.Context, s *notify.Service) error {
		return s.OnBookingConfirmed(ctx, booking.Confirmed{BookingID: bookingID})
	}, []string{"booking_confirmed"}},
	{"booked at once", "", "CONFIRMED", func(ctx context.Context, s *notify.Service) error {
		return s.OnBookingConfirmed(ctx, booking.Confirmed{BookingID: bookingID, Instant: true})
	}, []string{"booking_confirmed", "booking_confirmed_host"}},
	{"declined", "", "DECLINED", func(ctx context.Context, s *notify.Service) error {
		return s.OnBookingDeclined(ctx, booking.Declined{BookingID: bookingID})
	}, []string{"booking_declined"}},
	{"expired", "", "EXPIRED", func(ctx context.Context, s *notify.Service) error {
		return s.OnBookingExpired(ctx, booking.Expired{BookingID: bookingID})
	}, []string{"booking_expired"}},
	{"cancelled", "", "CANCELLED_BY_HOST", func(ctx context.Context, s *notify.Service) error {
		return s.OnBookingCancelled(ctx, booking.Cancelled{BookingID: bookingID, By: "host"})
	}, []string{"booking_cancelled_host", "booking_cancelled_guest"}},
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if c.listing != "" {
				w.listing(c.listing)
			}
			if c.booking != "" {
				w.booking(c.booking)
			}
			if c.name == "cancelled" {
				w.exec("update bookings set reason = 'A pipe broke.', refund_minor = 51812")
			}
			ctx := w.event()
			for range 3 { // redelivery sends nothing
				if err := c.handle(ctx, w.Service); err != nil {
					t.Fatal(err)
				}
			}
			if len(w.outbox.sent) != len(c.golden) {
				t.Fatalf("%d mails, want %d", len(w.outbox.sent), len(c.golden))
			}
			for i, m := range w.outbox.sent {
				golden(t, c.golden[i]+".txt", "To: "+m.To.Email+"\nSubject: "+m.Subject+"\n\n"+m.Text)
				golden(t, c.golden[i]+".html", m.HTML)
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", path, diff)
	}
}
