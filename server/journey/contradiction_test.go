package journey_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/identity"
)

// contradictions are requests whose fields are each right, and wrong together or at this moment.
func (w *world) contradictions(t *testing.T) {
	all := operations(t)
	named := func(id string) operation {
		i := slices.IndexFunc(all, func(o operation) bool { return o.ID == id })
		if i < 0 {
			t.Fatalf("no operation %s", id)
		}
		return all[i]
	}
	soon := stay(30, 3)
	w.wrongSearches(t, named("searchListings"), soon)
	w.wrongStays(t, named("createQuote"), soon)
	w.wrongPeriods(t, named("getCalendar"), named("createBlock"), named("setAvailabilityRules"), soon)
	w.wrongLists(t, named("listBookings"), soon)
	w.wrongTokens(t, named("createBooking"))
	w.wrongVersions(t, named("updateListing"), named("updateMe"))
	w.usedKey(t, named("createListing"))
}

func (w *world) wrongSearches(t *testing.T, search operation, s date.Range) {
	for _, c := range []struct{ query, field string }{
		{fmt.Sprintf("check_in=%s&check_out=%s", s.End, s.Start), "check_out"},
		{fmt.Sprintf("check_in=%s&check_out=%s", s.Start, s.Start), "check_out"},
		{fmt.Sprintf("check_in=%s&check_out=%s", s.Start, s.Start+600), "check_out"},
		{fmt.Sprintf("check_in=%s", s.Start), "check_out"},
		{fmt.Sprintf("check_out=%s", s.End), "check_out"},
		{"lat=38.7", "lat"}, {"lng=-9.1", "lat"},
		{"lat=38.7&lng=-9.1&bbox=38,-10,39,-9", "bbox"},
		{"bbox=39,-10,38,-9", "bbox"}, {"bbox=1,2,3,4.5.6", "bbox"}, {"bbox=38,-200,39,-9", "bbox"},
		{"radius_km=5", "radius_km"}, {"sort=distance", "sort"},
		{"price_min=200&price_max=100&currency=EUR", "price_max"},
		{"price_min=200", "currency"}, {"sort=price_asc", "currency"},
	} {
		r := w.valid(search)
		r.query = c.query
		w.refuseField(t, search, r, breakage{what: c.query, field: c.field})
	}
}

func (w *world) wrongStays(t *testing.T, quote operation, s date.Range) {
	for _, c := range []struct {
		what    string
		in, out date.Date
		guests  int
		field   string
	}{
		{"reversed dates", s.End, s.Start, 2, "check_out"}, {"no night", s.Start, s.Start, 2, "check_out"},
		{"the past", s.Start - 60, s.Start - 57, 2, "check_in"}, {"beyond the horizon", s.Start + 365, s.End + 365, 2, "check_out"},
		{"too many nights", s.Start, s.Start + 31, 2, "check_out"}, {"too many guests", s.Start, s.End, 5, "guests"},
	} {
		r := w.valid(quote)
		r.path["listing_id"] = w.live.String()
		r.body = encode(t, map[string]any{"check_in": c.in, "check_out": c.out, "guests": c.guests})
		w.refuseField(t, quote, r, breakage{what: c.what, field: c.field})
	}
}

func (w *world) wrongPeriods(t *testing.T, calendar, block, rules operation, s date.Range) {
	for _, query := range []string{
		url.Values{"from": {s.End.String()}, "to": {s.Start.String()}}.Encode(),
		url.Values{"from": {s.Start.String()}, "to": {(s.Start + 732).String()}}.Encode(),
	} {
		r := w.valid(calendar)
		r.path["listing_id"], r.query = w.live.String(), query
		w.refuseField(t, calendar, r, breakage{what: query, field: "to"})
	}
	for _, during := range []date.Range{{Start: s.End, End: s.Start}, {Start: s.Start, End: s.Start}} {
		r := w.valid(block)
		r.body = encode(t, map[string]any{"start": during.Start, "end": during.End})
		w.refuseField(t, block, r, breakage{what: "a block of " + during.String(), field: "end"})
	}
	r := w.valid(block)
	r.path["listing_id"] = w.live.String()
	r.body = encode(t, map[string]any{"start": stay(101, 1).Start, "end": stay(101, 1).End})
	w.refuse(t, "a block over a booking", block, r, 409)
	r = w.valid(rules)
	r.body = encode(t, map[string]any{"min_nights": 9, "max_nights": 8, "advance_notice_days": 0, "horizon_days": 100})
	w.refuseField(t, rules, r, breakage{what: "rules that nobody can keep", field: "max_nights"})
}

func (w *world) wrongLists(t *testing.T, list operation, s date.Range) {
	for _, c := range []struct{ query, rule string }{
		{fmt.Sprintf("stay_from=%s", s.Start), "requires"}, {fmt.Sprintf("stay_to=%s", s.End), "requires"},
		{fmt.Sprintf("stay_from=%s&stay_to=%s", s.Start, s.Start), "after"}, {fmt.Sprintf("stay_from=%s&stay_to=%s", s.End, s.Start), "after"},
		{fmt.Sprintf("stay_from=%s&stay_to=%s", s.Start, s.Start+367), "range"},
	} {
		r := w.valid(list)
		r.query = c.query
		w.refuseField(t, list, r, breakage{what: c.query, field: "stay_to", rule: c.rule})
	}
}

// wrongTokens books with quotes that were not given out so.
func (w *world) wrongTokens(t *testing.T, book operation) {
	for _, at := range []int{0, 10, len(w.quoteToken) / 2, len(w.quoteToken) - 2} {
		other := "A"
		if w.quoteToken[at] == 'A' {
			other = "B"
		}
		r := w.valid(book)
		r.token = w.token(identity.Guest)
		r.body = encode(t, map[string]any{"quote_token": w.quoteToken[:at] + other + w.quoteToken[at+1:]})
		w.refuseField(t, book, r, breakage{what: fmt.Sprintf("a quote that is tampered with at %d", at), field: "quote_token", rule: "signature"})
	}
	for _, token := range []string{w.quoteToken + "A", w.quoteToken[:len(w.quoteToken)/2], strings.Repeat("A", 400), w.accounts[identity.Guest].Token} {
		r := w.valid(book)
		r.body = encode(t, map[string]any{"quote_token": token})
		w.refuseField(t, book, r, breakage{what: "a made-up quote", field: "quote_token"})
	}
	r := w.valid(book)
	r.token = w.token(identity.Host)
	r.body = encode(t, map[string]any{"quote_token": w.quoteToken})
	w.refuse(t, "the host's own listing", book, r, 403)
}

func (w *world) wrongVersions(t *testing.T, update, me operation) {
	r := w.valid(update)
	r.header["If-Match"] = `"999"`
	r.body = encode(t, map[string]any{"title": "Another title of the place"})
	w.refuse(t, "an edit of another version", update, r, 412)
	r = w.valid(me)
	r.header["If-Match"] = `"999"`
	w.refuse(t, "an account of another version", me, r, 412)
}

// usedKey sends another body with the key of an earlier request.
func (w *world) usedKey(t *testing.T, create operation) {
	r := w.valid(create)
	r.header["Idempotency-Key"] = w.idempotencyKey
	r.body = encode(t, lisbon("Made with the same key", "instant"))
	w.refuse(t, "another body with a used key", create, r, 422)
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
