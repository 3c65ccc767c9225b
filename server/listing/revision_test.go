package listing_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/listing"
)

func (w *world) update(l listing.Listing, p listing.Patch) listing.Listing {
	w.Helper()
	after, err := w.rooms.Update(w.Context(), w.host, l.ID, l.Version, p)
	if err != nil {
		w.Fatal(err)
	}
	return after
}

// public is what a visitor sees.
func (w *world) public(l listing.Listing) listing.Listing {
	w.Helper()
	seen, err := w.do("get", w.guest, l)
	if err != nil {
		w.Fatal(err)
	}
	return seen
}

// revisions gives the states of a listing's revisions, oldest first.
func (w *world) revisions(id uuid.UUID) []string {
	w.Helper()
	rows, err := w.pool.Query(w.Context(), `select status from listing_revisions where listing_id = $1 order by id`, id)
	if err != nil {
		w.Fatal(err)
	}
	states, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		w.Fatal(err)
	}
	return states
}

// Every field that guests rely on waits, whichever it is, alone or beside one that applies at once.
func TestWhatGuestsRelyOnWaitsForReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, status := range []listing.Status{listing.StatusLive, listing.StatusPaused} {
		for field, p := range map[string]listing.Patch{
			"title": {Title: new("Another title of it")}, "description": {Description: new(facts().Description + "And a garden.")}, "property_type": {PropertyType: new("house")},
			"room_type": {RoomType: new("shared_room")}, "max_guests": {MaxGuests: new(3)}, "bedrooms": {Bedrooms: new(1)}, "beds": {Beds: new(1)},
			"bathrooms": {Bathrooms: new(1.0)}, "address": {Address: &listing.Address{City: "Porto", CountryCode: "PT"}}, "location": {Location: &listing.Point{Lat: 41, Lng: -8}},
		} {
			before := w.in(status)
			p.Amenities, p.HouseRules = &[]string{"wifi"}, new("Quiet.")
			after := w.update(before, p)
			want := before.Facts
			want.Amenities, want.HouseRules = []string{"wifi"}, "Quiet."
			if diff := cmp.Diff(want, after.Facts); diff != "" || after.Status != status || after.Version != before.Version+1 {
				t.Errorf("%s of a %s listing applies at once: %s", field, status, diff)
			}
			if d := after.Diff(); len(d) != 1 || d[0].Field != field || cmp.Equal(d[0].Before, d[0].After) || after.Revision.Status != listing.RevisionOpen {
				t.Errorf("%s of a %s listing waits as %+v", field, status, d)
			}
			if told := w.events(before.ID); !slices.Equal(told[len(told)-2:], []string{"changed", "revision_submitted"}) {
				t.Errorf("told %v", told)
			}
		}
	}
}

func TestTheSameAgainAndTermsAloneNeedNoReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusLive)
	if same := w.update(l, listing.Patch{Title: &l.Title, Address: &l.Address}); same.Version != l.Version {
		t.Errorf("the same again: version %d → %d", l.Version, same.Version)
	}
	for _, p := range []listing.Patch{
		{HouseRules: new("Quiet.")}, {CheckInFrom: new("16:00")}, {CheckOutUntil: new("10:00")}, {CancellationPolicy: new("strict")},
		{BookingMode: new("instant")}, {Amenities: &[]string{"pool"}},
	} {
		if l = w.update(l, p); l.Revision != nil || l.Status != listing.StatusLive {
			t.Errorf("%+v: %s, %+v", p, l.Status, l.Revision)
		}
	}
}

func TestEditsJoinTheRevisionThatWaitsUntilItIsEditedAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.in(listing.StatusLive)
	l := w.update(before, listing.Patch{Title: new("Another title of it")})
	first := *l.Revision
	l = w.update(l, listing.Patch{MaxGuests: new(2), HouseRules: new("Quiet.")})
	if l.Revision.ID != first.ID || !l.Revision.SubmittedAt.Equal(first.SubmittedAt) || *l.Revision.Change.Title != "Another title of it" || *l.Revision.Change.MaxGuests != 2 {
		t.Errorf("joined: %+v", l.Revision)
	}
	l = w.update(l, listing.Patch{Title: &before.Title, MaxGuests: &before.MaxGuests})
	if l.Revision != nil || l.Title != before.Title || l.HouseRules != "Quiet." {
		t.Errorf("edited away: %+v", l.Revision)
	}
	if diff := cmp.Diff([]string{"withdrawn"}, w.revisions(l.ID)); diff != "" {
		t.Error(diff)
	}
}

func TestOthersSeeNoWordOfARevision(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.in(listing.StatusLive)
	seen := w.public(before)
	l := w.update(before, listing.Patch{Title: new("Another title of it"), Location: &listing.Point{Lat: 41, Lng: -8}})
	l, err := w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, w.photos(7))
	if err != nil {
		t.Fatal(err)
	}
	still := w.public(l)
	still.Version = seen.Version
	if diff := cmp.Diff(seen, still); diff != "" || still.Revision != nil {
		t.Error(diff)
	}
	admin, err := w.do("get", w.admin, l)
	if err != nil || len(admin.Revision.Photos) != 7 || !admin.Revision.Photos[0].Ready {
		t.Errorf("the admin sees %+v, %v", admin.Revision, err)
	}
}

func TestApprovalAppliesARevisionWholly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.in(listing.StatusLive)
	l := w.update(before, listing.Patch{Title: new("Another title of it"), Location: &listing.Point{Lat: -17.8, Lng: 177.4}, MaxGuests: new(2)})
	photos := w.photos(5)
	l, err := w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, photos)
	if err != nil {
		t.Fatal(err)
	}
	l, err = w.do("approve", w.admin, l)
	if err != nil || l.Revision != nil || l.Title != "Another title of it" || l.MaxGuests != 2 || l.Timezone != "Pacific/Fiji" || l.PublicPoint == before.PublicPoint ||
		l.Photos[4].UploadID != photos[4].UploadID || !l.Review.ApprovedAt.Equal(*before.Review.ApprovedAt) {
		t.Errorf("approved: %+v, %v", l, err)
	}
	if told := w.events(l.ID); !slices.Equal(told[len(told)-3:], []string{"revision_submitted", "changed", "revision_approved"}) {
		t.Errorf("told %v", told)
	}
	var fields []string
	err = w.pool.QueryRow(t.Context(), `select array(select jsonb_array_elements_text(diff -> 'fields')) from audit_log
		where action = 'listing.revision.approve' and target_id = $1 and actor_id = $2 and diff ->> 'note' = 'fine'`, l.ID, w.admin.ID).Scan(&fields)
	if err != nil || !slices.Equal(fields, []string{"title", "max_guests", "location", "photos"}) {
		t.Errorf("audit: %v, %v", fields, err)
	}
	if _, err := w.do("approve", w.admin, l); !errs.Is(err, errs.Conflict) {
		t.Errorf("again: %v", err)
	}
}

func TestRejectionLeavesTheApprovedVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.in(listing.StatusLive)
	l, err := w.do("reject", w.admin, w.update(before, listing.Patch{Title: new("Another title of it")}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before.Facts, l.Facts); diff != "" || l.Status != listing.StatusLive {
		t.Error(diff)
	}
	if r := l.Revision; r == nil || r.Status != listing.RevisionRefused || r.Reason != "photos" || r.Notes[0].Note != "Too dark." || len(l.Diff()) != 0 {
		t.Errorf("the host sees %+v", l.Revision)
	}
	l = w.update(l, listing.Patch{MaxGuests: new(2)})
	if l.Revision.Status != listing.RevisionOpen || l.Revision.Change.Title != nil {
		t.Errorf("the next change takes the rejected one along: %+v", l.Revision)
	}
	if diff := cmp.Diff([]string{"rejected", "pending"}, w.revisions(l.ID)); diff != "" {
		t.Error(diff)
	}
}

func TestWithdrawAndArchiveEndARevision(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for verb, state := range map[string]string{"withdraw": "withdrawn", "archive": "superseded"} {
		l := w.update(w.in(listing.StatusPaused), listing.Patch{Beds: new(1)})
		l, err := w.do(verb, w.host, l)
		if err != nil || l.Revision != nil || l.Beds != 3 {
			t.Errorf("%s: %+v, %v", verb, l.Revision, err)
		}
		if diff := cmp.Diff([]string{state}, w.revisions(l.ID)); diff != "" {
			t.Errorf("%s: %s", verb, diff)
		}
	}
	if _, err := w.do("withdraw", w.host, w.in(listing.StatusLive)); !errs.Is(err, errs.NotFound) {
		t.Errorf("nothing to withdraw: %v", err)
	}
	l := w.update(w.in(listing.StatusLive), listing.Patch{Beds: new(1)})
	if _, err := w.do("withdraw", w.otherHost, l); !errs.Is(err, errs.Forbidden) {
		t.Errorf("another host withdraws: %v", err)
	}
}

// A revision is as complete as what is handed in, in what it touches; the rest was approved as it is.
func TestIncompleteRevisionsAreRefusedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusLive)
	_, err := w.rooms.Update(t.Context(), w.host, l.ID, l.Version, listing.Patch{Title: new("Short"), Description: new("Small.")})
	if diff := cmp.Diff([]string{"description min", "title min"}, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
	_, err = w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, w.photos(4))
	if diff := cmp.Diff([]string{"photos min"}, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
	if states := w.revisions(l.ID); len(states) != 0 {
		t.Errorf("kept %v", states)
	}
}

func TestARevisionThatNoLongerFitsIsRefusedByName(t *testing.T) {
	t.Parallel()
	tight := false
	w := newWorld(t, func(_ context.Context, _ pgx.Tx, _ uuid.UUID) ([]errs.Field, error) {
		if tight {
			return []errs.Field{{Field: "price", Rule: "range", Message: "price includes more guests than the listing takes."}}, nil
		}
		return nil, nil
	})
	l := w.update(w.in(listing.StatusLive), listing.Patch{MaxGuests: new(1)})
	tight = true
	w.unfit(l, "price range")
	tight = false

	photos := w.photos(5)
	l, err := w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, photos)
	if err != nil {
		t.Fatal(err)
	}
	for state, want := range map[string]string{"failed": "photos[1].upload_id failed", "processing": "photos min"} {
		w.exec(`update uploads set status = $2 where id = $1`, photos[1].UploadID, state)
		w.unfit(l, want)
	}
	w.exec(`delete from uploads where id = $1`, photos[1].UploadID)
	w.unfit(l, "photos[1].upload_id not_found")
}

// unfit holds an approval to a Conflict that names the rule, and to having changed nothing.
func (w *world) unfit(l listing.Listing, want string) {
	w.Helper()
	_, err := w.do("approve", w.admin, l)
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Conflict || e.Code != "revision_invalid" || !slices.Equal(fieldsOf(err), []string{want}) {
		w.Errorf("%s: %v %v", want, err, fieldsOf(err))
	}
	now, err := w.do("get", w.host, l)
	if err != nil || now.Version != l.Version || now.MaxGuests != l.MaxGuests || now.Revision.Status != listing.RevisionOpen {
		w.Errorf("%s: the refusal changed %+v, %v", want, now, err)
	}
}

func (w *world) exec(sql string, args ...any) {
	w.Helper()
	if _, err := w.pool.Exec(w.Context(), sql, args...); err != nil {
		w.Fatal(err)
	}
}

func TestDecisionsNameTheVersionThatWasSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	change := w.update(w.in(listing.StatusLive), listing.Patch{Beds: new(1)})
	w.update(change, listing.Patch{Beds: new(2)})
	fresh := w.in(listing.StatusPending)
	for _, verb := range []string{"reject", "rules", "submit"} { // another admin sends it back, the host hands in something else
		actor := w.host
		if verb == "reject" {
			actor = w.admin
		}
		now, err := w.do("get", w.host, fresh)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.do(verb, actor, now); err != nil {
			t.Fatalf("%s: %v", verb, err)
		}
	}
	for what, seen := range map[string]listing.Listing{"a change": change, "a new listing": fresh} {
		blind := seen
		blind.Version = 0
		for _, verb := range []string{"approve", "reject"} {
			if _, err := w.do(verb, w.admin, blind); !errs.Is(err, errs.Invalid) {
				t.Errorf("%s %s without a version: %v", verb, what, err)
			}
			if _, err := w.do(verb, w.admin, seen); !errs.Is(err, errs.Stale) {
				t.Errorf("%s %s that has been edited since: %v", verb, what, err)
			}
		}
	}
}
