package journey_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

const (
	approvedTitle = "Flat above the lemon tree"
	changedTitle  = "Flat beside the orange tree"
)

// edited is a live listing whose host changes what guests rely on.
type edited struct {
	p                  *testkit.Program
	host, admin, guest account
	id                 uuid.UUID
	photos             []contract.PhotoInput // of the change
}

func newEdited(t *testing.T, groups ...string) *edited {
	t.Helper()
	p := testkit.StartProgram(t)
	p.Worker(groups...)
	e := &edited{p: p, host: signIn(t, p, identity.Host), admin: signIn(t, p, identity.Admin), guest: signIn(t, p, identity.Guest)}
	e.id = live(t, p, e.host, e.admin, approvedTitle, contract.BookingModeInstant)
	return e
}

// TestReviewedChange walks a change of a live listing to its approval: until then everybody else sees, finds and books
// what was approved, and nobody a mixture.
func TestReviewedChange(t *testing.T) {
	t.Parallel()
	e := newEdited(t)
	e.awaitPublic(t, approvedTitle, 4)
	e.change(t)
	e.wantUnseen(t)
	booked := e.bookFor(t, 4, 30)
	etag := e.wantQueued(t)

	blind, err := e.admin.ApproveListingWithResponse(t.Context(), e.id, nil, contract.ApproveRequest{})
	expect(t, blind, err, 400)
	stale, err := e.admin.ApproveListingWithResponse(t.Context(), e.id, &contract.ApproveListingParams{IfMatch: `"1"`}, contract.ApproveRequest{})
	expect(t, stale, err, 412)
	approved, err := e.admin.ApproveListingWithResponse(t.Context(), e.id, &contract.ApproveListingParams{IfMatch: etag}, contract.ApproveRequest{})
	expect(t, approved, err, 200)

	e.awaitPublic(t, changedTitle, 2)
	seen, err := e.p.Client("").GetListingWithResponse(t.Context(), e.id)
	expect(t, seen, err, 200)
	if got := seen.JSON200.Data.Photos; len(got) != len(e.photos) || got[0].UploadId != e.photos[0].UploadId {
		t.Errorf("visitors see %d photos, the first %s", len(got), got[0].UploadId)
	}
	awaitMail(t, e.p, e.host.Email, "Approved: your change of "+changedTitle)
	kept, err := e.guest.GetBookingWithResponse(t.Context(), booked.Id)
	expect(t, kept, err, 200)
	if b := kept.JSON200.Data; b.Status != contract.BookingStatusCONFIRMED || b.Guests != 4 || b.Total != booked.Total {
		t.Errorf("the booking made meanwhile became %s", kept.Body)
	}
	crowded, err := e.guest.CreateQuoteWithResponse(t.Context(), e.id, quoteFor(stay(60, 2), 4))
	expect(t, crowded, err, 400)
}

// TestRejectedChange goes the other way: the host is told what to mend, and the approved version stays for all.
func TestRejectedChange(t *testing.T) {
	t.Parallel()
	e := newEdited(t)
	e.awaitPublic(t, approvedTitle, 4)
	e.change(t)
	etag := e.wantQueued(t)
	notes := []contract.FieldNote{{Field: contract.FieldNoteFieldTitle, Note: "There is no orange tree on the photographs."}}
	rejected, err := e.admin.RejectListingWithResponse(t.Context(), e.id, &contract.RejectListingParams{IfMatch: etag},
		contract.RejectRequest{Reason: contract.RejectionReasonMisleading, Notes: &notes})
	expect(t, rejected, err, 200)

	told := awaitMail(t, e.p, e.host.Email, "Please look again: your change of "+approvedTitle)
	if !contains(told, notes[0].Note) {
		t.Errorf("the mail does not tell the note:\n%s", told.Text)
	}
	e.wantUnseen(t)
	own, err := e.host.GetListingWithResponse(t.Context(), e.id)
	expect(t, own, err, 200)
	if r := own.JSON200.Data.PendingRevision; r == nil || r.Status != contract.RevisionStatusRejected || r.Notes[0] != notes[0] {
		t.Errorf("the host sees %s", own.Body)
	}
	queue, err := e.admin.ListVerificationsWithResponse(t.Context(), nil)
	expect(t, queue, err, 200)
	if n := len(queue.JSON200.Data); n != 0 {
		t.Errorf("%d wait after the decision", n)
	}
}

// TestEditWhileApproving lets a host edit at the moment of the approval, again and again: one of the two wins, the other
// is told, and the public sees the one change or the old listing.
func TestEditWhileApproving(t *testing.T) {
	t.Parallel()
	e := newEdited(t, "relay", "cache")
	titles := []string{approvedTitle}
	for round := range 6 {
		seen, late := fmt.Sprintf("The title that was seen %d", round), fmt.Sprintf("The title that came late %d", round)
		etag := e.retitle(t, e.etag(t), seen, 200)
		decided := make(chan int)
		go func() {
			approved, err := e.admin.ApproveListingWithResponse(t.Context(), e.id, &contract.ApproveListingParams{IfMatch: etag}, contract.ApproveRequest{})
			if err != nil {
				t.Error(err)
				close(decided)
				return
			}
			decided <- approved.StatusCode()
		}()
		updated, err := e.host.UpdateListingWithResponse(t.Context(), e.id, &contract.UpdateListingParams{IfMatch: etag}, contract.UpdateListingRequest{Title: &late})
		verdict := <-decided
		if err != nil {
			t.Fatal(err)
		}
		switch edit := updated.StatusCode(); {
		case verdict == 200 && (edit == 412 || edit == 409):
			titles = append(titles, seen)
		case edit == 200 && (verdict == 412 || verdict == 409):
		default:
			t.Errorf("the approval gives %d and the edit %d", verdict, edit)
		}
		public, err := e.p.Client("").GetListingWithResponse(t.Context(), e.id)
		expect(t, public, err, 200)
		if got, want := public.JSON200.Data.Title, titles[len(titles)-1]; got != want {
			t.Errorf("round %d: visitors see %q, want %q", round, got, want)
		}
	}
}

func (e *edited) etag(t *testing.T) string {
	t.Helper()
	own, err := e.host.GetListingWithResponse(t.Context(), e.id)
	expect(t, own, err, 200)
	return own.HTTPResponse.Header.Get("ETag")
}

func (e *edited) retitle(t *testing.T, etag, title string, status int) string {
	t.Helper()
	updated, err := e.host.UpdateListingWithResponse(t.Context(), e.id, &contract.UpdateListingParams{IfMatch: etag}, contract.UpdateListingRequest{Title: &title})
	expect(t, updated, err, status)
	return updated.HTTPResponse.Header.Get("ETag")
}

// change proposes another title, room for fewer guests and other photos, with house rules that need no review.
func (e *edited) change(t *testing.T) {
	t.Helper()
	etag := e.etag(t)
	updated, err := e.host.UpdateListingWithResponse(t.Context(), e.id, &contract.UpdateListingParams{IfMatch: etag},
		contract.UpdateListingRequest{Title: new(changedTitle), MaxGuests: new(2), HouseRules: new("No shoes inside.")})
	expect(t, updated, err, 200)
	if l := updated.JSON200.Data; l.Title != approvedTitle || l.PendingRevision == nil || *l.PendingRevision.Fields.Title != changedTitle {
		t.Errorf("the host gets %s", updated.Body)
	}
	e.retitle(t, etag, "A title for an older version", 412)
	e.photos = readyUploads(t, e.p, e.host.ID, 6)
	set, err := e.host.SetListingPhotosWithResponse(t.Context(), e.id,
		&contract.SetListingPhotosParams{IfMatch: updated.HTTPResponse.Header.Get("ETag")}, contract.SetPhotosRequest{Photos: e.photos})
	expect(t, set, err, 200)
	if l := set.JSON200.Data; len(l.Photos) != 5 || len(*l.PendingRevision.Fields.Photos) != 6 {
		t.Errorf("the host gets %s", set.Body)
	}
}

// wantUnseen holds what others see to the approved version, but for what needs no review.
func (e *edited) wantUnseen(t *testing.T) {
	t.Helper()
	for _, other := range []*testkit.Client{e.p.Client(""), e.guest.Client} {
		seen, err := other.GetListingWithResponse(t.Context(), e.id)
		expect(t, seen, err, 200)
		if l := seen.JSON200.Data; l.Title != approvedTitle || l.MaxGuests != 4 || l.HouseRules != "No shoes inside." || l.PendingRevision != nil || len(l.Photos) != 5 ||
			slices.ContainsFunc(l.Photos, func(p contract.Photo) bool { return p.UploadId == e.photos[0].UploadId }) {
			t.Errorf("somebody else sees %s", seen.Body)
		}
	}
	e.awaitPublic(t, approvedTitle, 4)
}

// awaitPublic waits until a visitor sees and finds the listing with the title and so many guests.
func (e *edited) awaitPublic(t *testing.T, title string, guests int) {
	t.Helper()
	visitor := e.p.Client("")
	seen, err := visitor.GetListingWithResponse(t.Context(), e.id)
	expect(t, seen, err, 200)
	if l := seen.JSON200.Data; l.Title != title || l.MaxGuests != guests {
		t.Errorf("a visitor sees %q for %d, want %q for %d", l.Title, l.MaxGuests, title, guests)
	}
	testkit.Eventually(t, 20*time.Second, func() error {
		found, err := visitor.SearchListingsWithResponse(t.Context(), &contract.SearchListingsParams{Guests: new(2)})
		expect(t, found, err, 200)
		hits := found.JSON200.Data.Hits
		if len(hits) != 1 || hits[0].Title != title || hits[0].MaxGuests != guests {
			return fmt.Errorf("the search finds %+v, want %q for %d", hits, title, guests)
		}
		return nil
	})
}

func (e *edited) bookFor(t *testing.T, guests, daysAhead int) contract.Booking {
	t.Helper()
	quoted, err := e.guest.CreateQuoteWithResponse(t.Context(), e.id, quoteFor(stay(daysAhead, 2), guests))
	expect(t, quoted, err, 200)
	booked, err := e.guest.CreateBookingWithResponse(t.Context(), nil, contract.CreateBookingRequest{QuoteToken: quoted.JSON200.Data.Token})
	expect(t, booked, err, 201)
	if b := booked.JSON201.Data; b.Listing.Title != approvedTitle {
		t.Errorf("the booking names %q", b.Listing.Title)
	}
	return booked.JSON201.Data
}

// wantQueued looks at what waits as the admin and gives the ETag to decide with.
func (e *edited) wantQueued(t *testing.T) string {
	t.Helper()
	queue, err := e.admin.ListVerificationsWithResponse(t.Context(), nil)
	expect(t, queue, err, 200)
	list := queue.JSON200.Data
	if len(list) != 1 || list[0].Kind != contract.VerificationKindRevision || list[0].Listing.Id != e.id || list[0].Listing.Title != approvedTitle {
		t.Fatalf("there waits %s", queue.Body)
	}
	var fields []string
	for _, d := range list[0].Diff {
		fields = append(fields, string(d.Field))
	}
	if !slices.Equal(fields, []string{"title", "max_guests", "photos"}) {
		t.Fatalf("the change is of %v", fields)
	}
	if d := list[0].Diff; d[0].Before != approvedTitle || d[0].After != changedTitle || len(d[2].Photos.Added) != 6 || len(d[2].Photos.Removed) != 5 {
		t.Errorf("the difference is %s", queue.Body)
	}
	return list[0].Etag
}
