package listing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/testkit"
)

// clock moves a second at every look, so that no two moments are one.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Second)
	return c.at
}

type world struct {
	*testing.T
	pool                          *pgxpool.Pool
	rooms                         *listing.Service
	host, otherHost, guest, admin identity.Actor
}

func newWorld(t *testing.T, requirements ...listing.Requirement) *world {
	t.Helper()
	pool := testkit.DB(t)
	c := &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	return &world{
		T: t, pool: pool, rooms: listing.New(pool, []byte("a secret of the test"), c.now, requirements...),
		host: testkit.User(t, pool, identity.Host), otherHost: testkit.User(t, pool, identity.Host),
		guest: testkit.User(t, pool, identity.Guest), admin: testkit.User(t, pool, identity.Admin),
	}
}

var lisbon = listing.Point{Lat: 38.71112, Lng: -9.13345}

func facts() listing.Facts {
	return listing.Facts{
		Title: "Flat above the tram line", Description: strings.Repeat("Two rooms with a balcony over the street. ", 3),
		PropertyType: "apartment", RoomType: "entire_place", MaxGuests: 4, Bedrooms: 2, Beds: 3, Bathrooms: 1.5, Amenities: []string{"wifi", "kitchen"},
		Address:  listing.Address{Line: "Rua da Graça 1", City: "Lisboa", PostalCode: "1170-165", CountryCode: "PT"},
		Location: lisbon,
	}
}

func (w *world) create() listing.Listing {
	w.Helper()
	l, err := w.rooms.Create(w.Context(), w.host, idempotency.Key{}, facts())
	if err != nil {
		w.Fatal(err)
	}
	return l
}

// upload inserts an upload of an owner in a status.
func (w *world) upload(owner uuid.UUID, status string) uuid.UUID {
	w.Helper()
	id := uuid.Must(uuid.NewV7())
	_, err := w.pool.Exec(w.Context(), `insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, width, height, blurhash, variants)
		values ($1, $2, 'image/jpeg', 1000, $3, $4, 1600, 1200, 'LKO2', '[{"name":"thumb","format":"webp","width":320,"height":240,"bytes":9000,"key":"k/thumb.webp"}]')`,
		id, owner, id.String(), status)
	if err != nil {
		w.Fatal(err)
	}
	return id
}

func (w *world) photos(n int) []listing.PhotoInput {
	w.Helper()
	out := make([]listing.PhotoInput, n)
	for i := range out {
		out[i] = listing.PhotoInput{UploadID: w.upload(w.host.ID, "ready"), Caption: fmt.Sprintf("Photo %d", i), AltText: "A room"}
	}
	return out
}

// in gives a listing that went the true way to a status.
func (w *world) in(status listing.Status) listing.Listing {
	w.Helper()
	l := w.create()
	l, err := w.rooms.SetPhotos(w.Context(), w.host, l.ID, l.Version, w.photos(5))
	steps := map[listing.Status][]string{
		listing.StatusDraft: {}, listing.StatusPending: {"submit"}, listing.StatusRejected: {"submit", "reject"}, listing.StatusLive: {"submit", "approve"},
		listing.StatusPaused: {"submit", "approve", "pause"}, listing.StatusArchived: {"archive"},
	}[status]
	for _, name := range steps {
		actor := w.host
		if name == "approve" || name == "reject" {
			actor = w.admin
		}
		if err == nil {
			l, err = w.do(name, actor, l)
		}
	}
	if err != nil {
		w.Fatal(err)
	}
	if l.Status != status {
		w.Fatalf("the way to %s leads to %s", status, l.Status)
	}
	return l
}

// do is one verb by its name, on the version of l.
func (w *world) do(verb string, actor identity.Actor, l listing.Listing) (listing.Listing, error) {
	w.Helper()
	ctx := context.WithoutCancel(w.Context())
	switch verb {
	case "get":
		return w.rooms.Get(ctx, actor, l.ID)
	case "title":
		return w.rooms.Update(ctx, actor, l.ID, l.Version, listing.Patch{Title: new("Another title for it")})
	case "rules":
		return w.rooms.Update(ctx, actor, l.ID, l.Version, listing.Patch{HouseRules: new("No shoes inside.")})
	case "photos":
		return w.rooms.SetPhotos(ctx, actor, l.ID, l.Version, w.photos(6))
	case "withdraw":
		return w.rooms.Withdraw(ctx, actor, l.ID, l.Version)
	case "submit":
		return w.rooms.Submit(ctx, actor, l.ID)
	case "pause":
		return w.rooms.Pause(ctx, actor, l.ID)
	case "resume":
		return w.rooms.Resume(ctx, actor, l.ID)
	case "archive":
		return w.rooms.Archive(ctx, actor, l.ID)
	case "approve":
		return w.rooms.Approve(ctx, actor, l.ID, l.Version, " fine ")
	case "reject":
		return w.rooms.Reject(ctx, actor, l.ID, l.Version, listing.Rejection{Reason: "photos", Notes: []listing.Note{{Field: "photos", Note: " Too dark. "}}})
	}
	w.Fatalf("no verb %s", verb)
	return listing.Listing{}, nil
}

// events gives the types of what the outbox holds for a listing, in order.
func (w *world) events(id uuid.UUID) []string {
	w.Helper()
	rows, err := w.pool.Query(w.Context(), `select type from outbox where key = $1 and topic = 'listings' order by id`, id.String())
	if err != nil {
		w.Fatal(err)
	}
	types, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		w.Fatal(err)
	}
	for i := range types {
		types[i] = strings.TrimPrefix(types[i], "listings.")
	}
	return types
}

func fieldsOf(err error) []string {
	var e *errs.Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field+" "+f.Rule)
	}
	slices.Sort(out)
	return out
}

func kind(err error) string {
	if err == nil {
		return "ok"
	}
	return string(errs.KindOf(err))
}
