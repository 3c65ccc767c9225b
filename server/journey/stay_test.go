package journey_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// TestOneStay walks once through the product: a host lists, an admin approves, a guest finds and books, the host confirms,
// the guest cancels. Each step asserts what its person sees.
func TestOneStay(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t)
	p.Worker()
	walk(t, p)
}

func walk(t *testing.T, p *testkit.Program) {
	t.Helper()
	admin := firstAdmin(t, p)
	host := register(t, p, identity.Host)
	guest := register(t, p, identity.Guest)

	id := listPlace(t, p, host)
	approve(t, p, admin, host, id)
	wanted := stay(40, 3)
	find(t, p, id, wanted)
	booked := bookAndConfirm(t, p, host, guest, id, wanted)
	cancel(t, p, host, guest, booked)
	awaitFound(t, p, id, wanted, true)
	readAudit(t, admin, id)
	leaveEverywhere(t, p, guest)
}

// register goes the way of a person: form, mail, link, log-in.
func register(t *testing.T, p *testkit.Program, role identity.Role) account {
	t.Helper()
	visitor, email := p.Client(""), address(role)
	form := contract.RegisterRequest{Email: email, Password: password, Name: "A " + string(role), Role: new(contract.RegisterRequestRole(role))}
	registered, err := visitor.RegisterWithResponse(t.Context(), form)
	expect(t, registered, err, 202)

	awaitMail(t, p, email, "Confirm your e-mail")
	early, err := visitor.LoginWithResponse(t.Context(), contract.LoginRequest{Email: email, Password: password})
	expect(t, early, err, 403)
	if early.JSONDefault.Error.Code != "email_not_verified" {
		t.Errorf("log-in before the address is verified: %s", early.Body)
	}
	token := tokenIn(t, secondMail(t, p, email).Text)
	for _, status := range []int{200, 400} { // the link works once
		verified, err := visitor.VerifyEmailWithResponse(t.Context(), contract.TokenRequest{Token: token})
		expect(t, verified, err, status)
	}
	a := logIn(t, p, email, password)
	me, err := a.GetMeWithResponse(t.Context())
	expect(t, me, err, 200)
	if u := me.JSON200.Data; u.Email != email || string(u.Role) != string(role) || !u.EmailVerified {
		t.Errorf("the account is %+v", u)
	}
	return a
}

// secondMail waits for the link that the early log-in has asked for again.
func secondMail(t *testing.T, p *testkit.Program, email string) mail {
	t.Helper()
	var list []mail
	testkit.Eventually(t, 20*time.Second, func() (err error) {
		if list, err = mailsTo(t, p, email); err == nil && len(list) != 2 {
			err = fmt.Errorf("%d mails to %s, want the link twice", len(list), email)
		}
		return err
	})
	return list[0]
}

// firstAdmin is made on the command line and sets a password with the link that is printed.
func firstAdmin(t *testing.T, p *testkit.Program) account {
	t.Helper()
	email := address(identity.Admin)
	token := tokenIn(t, p.Command("user", "create", "--role", "admin", email))
	reset, err := p.Client("").ResetPasswordWithResponse(t.Context(), contract.ResetPasswordRequest{Token: token, Password: password})
	expect(t, reset, err, 200)
	a := logIn(t, p, email, password)
	if a.Role != identity.Admin {
		t.Fatalf("the first admin is a %s", a.Role)
	}
	return a
}

// listPlace makes a draft, gives it photographs, a price and rules, and hands it in.
func listPlace(t *testing.T, p *testkit.Program, host account) uuid.UUID {
	t.Helper()
	ctx := t.Context()
	created, err := host.CreateListingWithResponse(ctx, &contract.CreateListingParams{IdempotencyKey: new("my first place")}, lisbon("Courtyard flat above the trams", contract.BookingModeRequest))
	expect(t, created, err, 201)
	l := created.JSON201.Data
	if l.Status != contract.ListingStatusDraft || l.Timezone != "Europe/Lisbon" || !l.LocationExact {
		t.Errorf("the draft is %+v", l)
	}
	early, err := host.SubmitListingWithResponse(ctx, l.Id)
	expect(t, early, err, 400)
	if lacks := fieldsOf(early.JSONDefault); lacks["photos"] == "" || lacks["price"] == "" {
		t.Errorf("a draft without photos and price lacks %v", lacks)
	}

	photos := upload(t, host, 5)
	set, err := host.SetListingPhotosWithResponse(ctx, l.Id, &contract.SetListingPhotosParams{IfMatch: created.HTTPResponse.Header.Get("ETag")}, contract.SetPhotosRequest{Photos: photos})
	expect(t, set, err, 200)
	stale, err := host.SetListingPhotosWithResponse(ctx, l.Id, &contract.SetListingPhotosParams{IfMatch: created.HTTPResponse.Header.Get("ETag")}, contract.SetPhotosRequest{Photos: photos})
	expect(t, stale, err, 412)
	priced, err := host.SetPriceWithResponse(ctx, l.Id, nil, price)
	expect(t, priced, err, 200)
	ruled, err := host.SetAvailabilityRulesWithResponse(ctx, l.Id, nil, contract.AvailabilityRulesInput{MinNights: 2, MaxNights: 14, AdvanceNoticeDays: 1, HorizonDays: 300})
	expect(t, ruled, err, 200)
	submitted, err := host.SubmitListingWithResponse(ctx, l.Id)
	expect(t, submitted, err, 200)
	if submitted.JSON200.Data.Status != contract.ListingStatusPending {
		t.Errorf("after submission the listing is %s", submitted.JSON200.Data.Status)
	}
	return l.Id
}

func approve(t *testing.T, p *testkit.Program, admin, host account, id uuid.UUID) {
	t.Helper()
	ctx := t.Context()
	awaitMail(t, p, admin.Email, "To verify: Courtyard flat")
	queue, err := admin.ListVerificationsWithResponse(ctx, nil)
	expect(t, queue, err, 200)
	if list := queue.JSON200.Data; len(list) != 1 || list[0].Id != id || list[0].Kind != contract.VerificationKindListing || len(list[0].Listing.Photos) != 5 {
		t.Fatalf("the queue holds %d listings: %s", len(list), queue.Body)
	}
	hidden, err := p.Client("").GetListingWithResponse(ctx, id)
	expect(t, hidden, err, 404)
	blind, err := admin.ApproveListingWithResponse(ctx, id, nil, contract.ApproveRequest{})
	expect(t, blind, err, 400)
	seen := &contract.ApproveListingParams{IfMatch: queue.JSON200.Data[0].Etag}
	approved, err := admin.ApproveListingWithResponse(ctx, id, seen, contract.ApproveRequest{Note: new("Looked at every photograph.")})
	expect(t, approved, err, 200)
	late, err := admin.ApproveListingWithResponse(ctx, id, seen, contract.ApproveRequest{})
	expect(t, late, err, 412)
	seen.IfMatch = approved.HTTPResponse.Header.Get("ETag")
	again, err := admin.ApproveListingWithResponse(ctx, id, seen, contract.ApproveRequest{})
	expect(t, again, err, 409)
	public, err := p.Client("").GetListingWithResponse(ctx, id)
	expect(t, public, err, 200)
	if l := public.JSON200.Data; l.Status != contract.ListingStatusLive || l.LocationExact || l.Address.Line != nil || l.Review != nil {
		t.Errorf("a visitor sees %s", public.Body)
	}
	awaitMail(t, p, host.Email, "Live: Courtyard flat")
}

// searchFor is what the guest wants: around the old town of Lisbon, for the nights, with filters that the listing passes.
func searchFor(s date.Range) *contract.SearchListingsParams {
	return &contract.SearchListingsParams{Q: new("courtyrd"), Lat: new(38.71), Lng: new(-9.14), RadiusKm: new(5.0), CheckIn: &s.Start, CheckOut: &s.End,
		Guests: new(2), Currency: new("EUR"), PriceMin: new(int64(5000)), PriceMax: new(int64(10000)), BedroomsMin: new(2),
		Amenities: &[]contract.Amenity{contract.AmenityWifi}, PropertyType: &[]contract.PropertyType{contract.PropertyTypeApartment}}
}

// awaitFound waits until the search finds the listing for the nights, or does not.
func awaitFound(t *testing.T, p *testkit.Program, id uuid.UUID, s date.Range, want bool) contract.SearchResult {
	t.Helper()
	visitor := p.Client("")
	var result contract.SearchResult
	testkit.Eventually(t, 20*time.Second, func() error {
		found, err := visitor.SearchListingsWithResponse(t.Context(), searchFor(s))
		expect(t, found, err, 200)
		result = found.JSON200.Data
		if (result.Found == 1 && result.Hits[0].Id == id) != want {
			return fmt.Errorf("%d found for %s, want the listing: %t", result.Found, s, want)
		}
		return nil
	})
	return result
}

func find(t *testing.T, p *testkit.Program, id uuid.UUID, s date.Range) {
	t.Helper()
	result := awaitFound(t, p, id, s, true)
	// Three nights, cleaning, six per cent tax: (3 × 9000 + 3000) × 1.06.
	if hit := result.Hits[0]; hit.Price.Total == nil || hit.Price.Total.Minor != 31800 || len(hit.Photos) != 5 || hit.DistanceKm == nil {
		t.Errorf("the hit is %+v", hit)
	}
	if len(result.Facets) == 0 {
		t.Error("the search counts no facets")
	}
	for what, params := range map[string]*contract.SearchListingsParams{
		"too dear":       {PriceMax: new(int64(5000)), Currency: new("EUR")},
		"elsewhere":      {Lat: new(41.15), Lng: new(-8.61), RadiusKm: new(20.0)},
		"no sauna":       {Amenities: &[]contract.Amenity{contract.AmenityHotTub}},
		"too many":       {Guests: new(5)},
		"too short":      {CheckIn: &s.Start, CheckOut: new(s.Start + 1)},
		"beyond horizon": {CheckIn: new(s.Start + 300), CheckOut: new(s.Start + 303)},
	} {
		found, err := p.Client("").SearchListingsWithResponse(t.Context(), params)
		expect(t, found, err, 200)
		if found.JSON200.Data.Found != 0 {
			t.Errorf("%s: %d found", what, found.JSON200.Data.Found)
		}
	}
}

func bookAndConfirm(t *testing.T, p *testkit.Program, host, guest account, id uuid.UUID, s date.Range) contract.Booking {
	t.Helper()
	ctx := t.Context()
	expectNights(t, guest, id, s, "free")
	quoted, err := guest.CreateQuoteWithResponse(ctx, id, quoteFor(s, 3))
	expect(t, quoted, err, 200)
	// Three nights, a third guest for three nights, cleaning, six per cent tax: (27000 + 4500 + 3000) × 1.06.
	if q := quoted.JSON200.Data; q.Total.Minor != 36570 || q.Nights != 3 || len(q.Lines) != 4 {
		t.Errorf("the quote is %+v", q)
	}
	form := contract.CreateBookingRequest{QuoteToken: quoted.JSON200.Data.Token, Message: new("We come by the night train.")}
	once := &contract.CreateBookingParams{IdempotencyKey: new("trip to Lisbon")}
	booked, err := guest.CreateBookingWithResponse(ctx, once, form)
	expect(t, booked, err, 201)
	b := booked.JSON201.Data
	again, err := guest.CreateBookingWithResponse(ctx, once, form)
	expect(t, again, err, 201)
	if b.Status != contract.BookingStatusPENDING || again.JSON201.Data.Id != b.Id || b.Total.Minor != 36570 || b.Listing.AddressLine != nil {
		t.Errorf("booked %+v, and with the same key %s", b, again.JSON201.Data.Id)
	}
	asked := awaitMail(t, p, host.Email, "Request: Courtyard flat")
	if !strings.Contains(asked.Text, "We come by the night train.") {
		t.Errorf("the guest's message is not in the mail:\n%s", asked.Text)
	}

	stranger, err := guest.ConfirmBookingWithResponse(ctx, b.Id)
	expect(t, stranger, err, 403)
	confirmed, err := host.ConfirmBookingWithResponse(ctx, b.Id)
	expect(t, confirmed, err, 200)
	late, err := host.DeclineBookingWithResponse(ctx, b.Id, contract.ReasonRequest{})
	expect(t, late, err, 409)
	if told := awaitMail(t, p, guest.Email, "Confirmed: Courtyard flat"); !strings.Contains(told.Text, "Rua da Rosa 1") {
		t.Errorf("the confirmation does not tell the address:\n%s", told.Text)
	}
	expectTrip(t, host, guest, b.Id, s)
	awaitFound(t, p, id, s, false)
	awaitFound(t, p, id, date.Range{Start: s.End, End: s.End + 3}, true)
	expectNights(t, guest, id, s, "booked")
	taken, err := guest.CreateQuoteWithResponse(ctx, id, quoteFor(s, 2))
	expect(t, taken, err, 409)
	expectNearest(t, taken.JSONDefault)
	return b
}

func expectNearest(t *testing.T, failure *contract.FailureAnswer) {
	t.Helper()
	if failure == nil || failure.Error.Details == nil {
		t.Fatal("the refusal has no details")
	}
	if list, ok := (*failure.Error.Details)["nearest_dates"].([]any); !ok || len(list) == 0 {
		t.Errorf("the refusal names no dates: %+v", failure.Error)
	}
}

func expectNights(t *testing.T, who account, id uuid.UUID, s date.Range, state string) {
	t.Helper()
	days, err := who.GetCalendarWithResponse(t.Context(), id, &contract.GetCalendarParams{From: &s.Start, To: &s.End})
	expect(t, days, err, 200)
	if len(days.JSON200.Data.Days) != s.Nights() {
		t.Fatalf("%d days for %s", len(days.JSON200.Data.Days), s)
	}
	for _, d := range days.JSON200.Data.Days {
		if string(d.State) != state || d.NightlyMinor != price.NightlyMinor {
			t.Errorf("%s is %s at %d, want %s at %d", d.Date, d.State, d.NightlyMinor, state, price.NightlyMinor)
		}
	}
}

func cancel(t *testing.T, p *testkit.Program, host, guest account, b contract.Booking) {
	t.Helper()
	ctx := t.Context()
	preview, err := guest.PreviewCancellationWithResponse(ctx, b.Id)
	expect(t, preview, err, 200)
	if c := preview.JSON200.Data; c.Refund.Minor != b.Total.Minor || c.RefundBps != 10000 { // moderate, 40 days ahead
		t.Errorf("the preview is %+v", c)
	}
	once := &contract.CancelBookingParams{IdempotencyKey: new("no-train")}
	for range 2 { // the second says the same, as if the first answer had been lost
		cancelled, err := guest.CancelBookingWithResponse(ctx, b.Id, once, contract.ReasonRequest{Reason: new("The train does not run.")})
		expect(t, cancelled, err, 200)
		if got := cancelled.JSON200.Data; got.Refund == nil || got.Refund.Minor != preview.JSON200.Data.Refund.Minor {
			t.Errorf("the refund is %+v, the preview said %+v", got.Refund, preview.JSON200.Data.Refund)
		}
	}
	other, err := guest.CancelBookingWithResponse(ctx, b.Id, once, contract.ReasonRequest{Reason: new("Another reason.")})
	expect(t, other, err, 422)
	awaitMail(t, p, host.Email, "Cancelled: Courtyard flat")
	awaitMail(t, p, guest.Email, "Cancelled: Courtyard flat")
	history, err := host.GetBookingHistoryWithResponse(ctx, b.Id)
	expect(t, history, err, 200)
	var steps []string
	for _, c := range history.JSON200.Data {
		steps = append(steps, string(c.ActorRole)+" "+string(c.ToStatus))
	}
	if got, want := strings.Join(steps, ", "), "guest PENDING, host CONFIRMED, guest CANCELLED_BY_GUEST"; got != want {
		t.Errorf("the history is %s, want %s", got, want)
	}
}

func readAudit(t *testing.T, admin account, id uuid.UUID) {
	t.Helper()
	entries, err := admin.ListAuditLogWithResponse(t.Context(), &contract.ListAuditLogParams{TargetId: &id})
	expect(t, entries, err, 200)
	if list := entries.JSON200.Data; len(list) != 1 || list[0].Action != "listing.approve" || list[0].ActorId == nil || *list[0].ActorId != admin.ID || list[0].RequestId == "" {
		t.Errorf("the audit log says %s", entries.Body)
	}
}

// leaveEverywhere signs in on a second device and ends all sessions from it: both end at once.
func leaveEverywhere(t *testing.T, p *testkit.Program, guest account) {
	t.Helper()
	second := logIn(t, p, guest.Email, password)
	out, err := second.LogoutAllWithResponse(t.Context())
	expect(t, out, err, 200)
	for _, device := range []account{guest, second} {
		me, err := device.GetMeWithResponse(t.Context())
		expect(t, me, err, 401)
		refreshed, err := p.Client("").RefreshWithResponse(t.Context(), contract.RefreshRequest{RefreshToken: &device.RefreshToken})
		expect(t, refreshed, err, 401)
	}
}

func fieldsOf(failure *contract.FailureAnswer) map[string]string {
	rules := map[string]string{}
	for _, f := range failure.Error.FieldErrors {
		rules[f.Field] = f.Rule
	}
	return rules
}
