package listing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/media"
)

func TestPhotosStandInTheOrderGiven(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	photos := w.photos(4)
	photos[1].UploadID = w.upload(w.host.ID, "processing")
	photos[2].Caption, photos[2].AltText = "  The kitchen ", " A kitchen\n"
	for range 3 {
		slices.Reverse(photos)
		var err error
		if l, err = w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, photos); err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for i, p := range l.Photos {
			got = append(got, fmt.Sprintf("%s %q %q %v", p.UploadID, p.Caption, p.AltText, p.Ready))
			in := photos[i]
			want = append(want, fmt.Sprintf("%s %q %q %v", in.UploadID, strings.TrimSpace(in.Caption), strings.TrimSpace(in.AltText), p.Ready))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	first := l.Photos[0]
	if diff := cmp.Diff([]media.Variant{{Name: "thumb", Format: "webp", Width: 320, Height: 240, Bytes: 9000, Key: "k/thumb.webp"}}, first.Variants); diff != "" {
		t.Error(diff)
	}
	if first.Width != 1600 || first.Height != 1200 || first.Blurhash != "LKO2" {
		t.Errorf("first photo: %+v", first)
	}
}

func TestPhotosThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	good := w.upload(w.host.ID, "ready")
	bad := []listing.PhotoInput{
		{UploadID: good},
		{UploadID: w.upload(w.otherHost.ID, "ready")},
		{UploadID: uuid.Must(uuid.NewV7())},
		{UploadID: w.upload(w.host.ID, "failed")},
		{UploadID: w.upload(w.host.ID, "pending")},
		{UploadID: good, Caption: strings.Repeat("é", 201), AltText: strings.Repeat("é", 301)},
	}
	_, err := w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, bad)
	want := []string{
		"photos[1].upload_id not_found", "photos[2].upload_id not_found", "photos[3].upload_id failed", "photos[4].upload_id pending",
		"photos[5].alt_text max", "photos[5].caption max", "photos[5].upload_id unique",
	}
	if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
	now, err := w.do("get", w.host, l)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(l, now); diff != "" {
		t.Error(diff)
	}
}

func TestFiftyPhotosAndNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.create()
	photos := w.photos(51)
	if _, err := w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, photos); !errs.Is(err, errs.Invalid) {
		t.Errorf("51 photos: %v", err)
	}
	l, err := w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, photos[:50])
	if err != nil || len(l.Photos) != 50 {
		t.Errorf("50 photos: %d, %v", len(l.Photos), err)
	}
}

func TestThePublicSeesWhatItMay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.in(listing.StatusLive)
	if _, err := w.pool.Exec(t.Context(), `update uploads set status = 'processing' where id = $1`, l.Photos[1].UploadID); err != nil {
		t.Fatal(err)
	}
	seen, err := w.do("get", w.guest, l)
	if err != nil {
		t.Fatal(err)
	}
	if seen.Location != l.PublicPoint || seen.Exact || seen.Address.Line != "" || seen.Address.PostalCode != "" || seen.Address.City != "Lisboa" {
		t.Errorf("a guest sees %+v %+v", seen.Address, seen.Location)
	}
	if seen.Review.SubmittedAt != nil || seen.Review.ApprovedAt != nil {
		t.Errorf("a guest sees the review: %+v", seen.Review)
	}
	if len(seen.Photos) != 4 {
		t.Errorf("a guest sees %d photos, want the 4 that are ready", len(seen.Photos))
	}
	for _, actor := range []identity.Actor{w.host, w.admin} {
		full, err := w.do("get", actor, l)
		if err != nil || full.Location != lisbon || !full.Exact || full.Address.Line == "" || full.Review.ApprovedAt == nil || len(full.Photos) != 5 {
			t.Errorf("the %s sees %+v, %v", actor.Role, full, err)
		}
	}
}

func TestSubmitNamesAllThatIsMissing(t *testing.T) {
	t.Parallel()
	priced := false
	w := newWorld(t, func(context.Context, pgx.Tx, uuid.UUID) ([]errs.Field, error) {
		if priced {
			return nil, nil
		}
		return []errs.Field{{Field: "price", Rule: "required", Message: "price must be set."}}, nil
	})
	f := facts()
	f.Title, f.Description = "Too short", "A flat."
	l, err := w.rooms.Create(t.Context(), w.host, idempotency.Key{}, f)
	if err != nil {
		t.Fatal(err)
	}
	photos := w.photos(5)
	photos[4].UploadID = w.upload(w.host.ID, "processing")
	if l, err = w.rooms.SetPhotos(t.Context(), w.host, l.ID, l.Version, photos); err != nil {
		t.Fatal(err)
	}
	_, err = w.do("submit", w.host, l)
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid || e.Code != "not_ready_for_review" {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff([]string{"description min", "photos min", "price required", "title min"}, fieldsOf(err)); diff != "" {
		t.Error(diff)
	}
	if _, err := w.pool.Exec(t.Context(), `update uploads set status = 'ready' where owner_id = $1`, w.host.ID); err != nil {
		t.Fatal(err)
	}
	good := facts()
	if l, err = w.rooms.Update(t.Context(), w.host, l.ID, l.Version, listing.Patch{Title: &good.Title, Description: &good.Description}); err != nil {
		t.Fatal(err)
	}
	if _, err = w.do("submit", w.host, l); err == nil || !strings.Contains(err.Error(), "price must be set.") {
		t.Errorf("without a price: %v", err)
	}
	priced = true
	if l, err = w.do("submit", w.host, l); err != nil || l.Status != listing.StatusPending {
		t.Errorf("with all: %s, %v", l.Status, err)
	}
}

func TestARequirementThatFailsFailsTheSubmission(t *testing.T) {
	t.Parallel()
	broken := errors.New("the other room is on fire")
	w := newWorld(t, func(context.Context, pgx.Tx, uuid.UUID) ([]errs.Field, error) { return nil, broken })
	if _, err := w.do("submit", w.host, w.create()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
