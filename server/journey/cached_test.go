package journey_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestCached looks at a listing as visitor, guest, host and admin while the host changes it: what is kept for everybody
// never hides a change from anybody, nor shows anybody what is not theirs.
func TestCached(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	p.Worker("relay", "cache", "search")
	host, admin, guest := signIn(t, p, identity.Host), signIn(t, p, identity.Admin), signIn(t, p, identity.Guest)
	id := live(t, p, host, admin, "A house that changes", contract.BookingModeInstant)
	visitor := p.Client("")

	seen, err := visitor.GetListingWithResponse(t.Context(), id)
	expect(t, seen, err, 200)
	tag, keep := seen.HTTPResponse.Header.Get("ETag"), seen.HTTPResponse.Header.Get("Cache-Control")
	if seen.JSON200.Data.LocationExact || keep != "public, max-age=5, s-maxage=5, stale-while-revalidate=10" {
		t.Errorf("visitors get %s", keep)
	}
	if quota := seen.HTTPResponse.Header.Get("RateLimit"); quota != "" {
		t.Errorf("an answer that is kept for everybody tells what one visitor may still ask: %s", quota)
	}
	wantUnchanged(t, visitor, id, tag)
	for _, a := range []account{guest, host, admin} {
		own, err := a.GetListingWithResponse(t.Context(), id)
		expect(t, own, err, 200)
		if keep := own.HTTPResponse.Header.Get("Cache-Control"); keep != "private, no-cache" && keep != "private, no-store" {
			t.Errorf("the %s's answer says %s", a.Role, keep)
		}
		if exact := own.JSON200.Data.LocationExact; exact != (a.Role != identity.Guest) {
			t.Errorf("the %s sees the exact place: %t", a.Role, exact)
		}
	}

	price, err := host.GetPriceWithResponse(t.Context(), id)
	expect(t, price, err, 200)
	set, err := host.SetPriceWithResponse(t.Context(), id, &contract.SetPriceParams{IfMatch: new(price.HTTPResponse.Header.Get("ETag"))},
		contract.PriceInput{Currency: "EUR", NightlyMinor: 77700})
	expect(t, set, err, 200)
	for _, a := range []*testkit.Client{visitor, guest.Client, host.Client, admin.Client} {
		now, err := a.GetListingWithResponse(t.Context(), id)
		expect(t, now, err, 200)
		if got := now.JSON200.Data.Price.NightlyMinor; got != 77700 {
			t.Errorf("after the change somebody sees the price %d", got)
		}
	}
	wantNewName(t, host, visitor, id)
	paused, err := host.PauseListingWithResponse(t.Context(), id)
	expect(t, paused, err, 200)
	gone, err := visitor.GetListingWithResponse(t.Context(), id)
	expect(t, gone, err, 404)
	mine, err := host.GetListingWithResponse(t.Context(), id)
	expect(t, mine, err, 200)
}

// wantNewName renames the host; a name is no part of the listing, so visitors see it when the event has come through.
func wantNewName(t *testing.T, host account, visitor *testkit.Client, id uuid.UUID) {
	t.Helper()
	me, err := host.GetMeWithResponse(t.Context())
	expect(t, me, err, 200)
	const name = "A host with a new name"
	renamed, err := host.UpdateMeWithResponse(t.Context(), &contract.UpdateMeParams{IfMatch: me.HTTPResponse.Header.Get("ETag")}, contract.UpdateMeRequest{Name: new(name)})
	expect(t, renamed, err, 200)
	testkit.Eventually(t, 20*time.Second, func() error { // what nobody drops lives longer than that
		now, err := visitor.GetListingWithResponse(t.Context(), id)
		if err == nil && (now.JSON200 == nil || now.JSON200.Data.Host.Name != name) {
			err = fmt.Errorf("visitors see %s", now.Body)
		}
		return err
	})
}

func wantUnchanged(t *testing.T, visitor *testkit.Client, id uuid.UUID, tag string) {
	t.Helper()
	again, err := visitor.GetListingWithResponse(t.Context(), id, func(_ context.Context, r *http.Request) error {
		r.Header.Set("If-None-Match", tag)
		return nil
	})
	expect(t, again, err, 304)
	if len(again.Body) > 0 {
		t.Errorf("304 with a body: %s", again.Body)
	}
}

// TestCachedByAnother changes a listing through one API process and reads it through another.
func TestCachedByAnother(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	p.Worker("relay", "cache", "search")
	second := p.AnotherAPI()
	host, admin := signIn(t, p, identity.Host), signIn(t, p, identity.Admin)
	id := live(t, p, host, admin, "A house seen from two sides", contract.BookingModeInstant)
	there := testkit.NewClient(t, second.Base()+"/api/v1", "")
	before, err := there.GetListingWithResponse(t.Context(), id)
	expect(t, before, err, 200)
	price, err := host.GetPriceWithResponse(t.Context(), id)
	expect(t, price, err, 200)
	set, err := host.SetPriceWithResponse(t.Context(), id, &contract.SetPriceParams{IfMatch: new(price.HTTPResponse.Header.Get("ETag"))},
		contract.PriceInput{Currency: "EUR", NightlyMinor: 55500})
	expect(t, set, err, 200)
	testkit.Eventually(t, 10*time.Second, func() error {
		now, err := there.GetListingWithResponse(t.Context(), id)
		expect(t, now, err, 200)
		if got := now.JSON200.Data.Price.NightlyMinor; got != 55500 {
			return fmt.Errorf("the other process still has the price %d", got)
		}
		return nil
	})
}
