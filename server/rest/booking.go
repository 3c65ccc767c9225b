package rest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/pricing"
)

type bookingRoom interface {
	Quote(ctx context.Context, actor identity.Actor, listingID uuid.UUID, stay date.Range, guests int) (booking.Quote, error)
	Create(ctx context.Context, actor identity.Actor, n booking.NewBooking, key idempotency.Key) (booking.Booking, error)
	Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (booking.Booking, error)
	List(ctx context.Context, actor identity.Actor, f booking.Filter, req page.Request) (page.Page[booking.Booking], error)
	ListAll(ctx context.Context, actor identity.Actor, f booking.AllFilter, req page.Request) (page.Page[booking.Booking], error)
	History(ctx context.Context, actor identity.Actor, id uuid.UUID) ([]booking.Change, error)
	Confirm(ctx context.Context, actor identity.Actor, id uuid.UUID) (booking.Booking, error)
	Decline(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (booking.Booking, error)
	Cancel(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string, key idempotency.Key) (booking.Booking, error)
	PreviewCancellation(ctx context.Context, actor identity.Actor, id uuid.UUID) (booking.Cancellation, error)
}

// CreateQuote prices a stay.
func (a *API) CreateQuote(ctx context.Context, req contract.CreateQuoteRequestObject) (contract.CreateQuoteResponseObject, error) {
	q, err := a.Bookings.Quote(ctx, actorOf(ctx), req.ListingId, date.Range{Start: req.Body.CheckIn, End: req.Body.CheckOut}, req.Body.Guests)
	if err != nil {
		return nil, err
	}
	return contract.CreateQuote200JSONResponse{Success: true, Data: quoteOf(q)}, nil
}

// CreateBooking books a quote.
func (a *API) CreateBooking(ctx context.Context, req contract.CreateBookingRequestObject) (contract.CreateBookingResponseObject, error) {
	actor := actorOf(ctx)
	body, err := json.Marshal(req.Body)
	if err != nil {
		return nil, err
	}
	b, err := a.Bookings.Create(ctx, actor, booking.NewBooking{QuoteToken: req.Body.QuoteToken, Message: deref(req.Body.Message)},
		idempotency.NewKey(actor.ID, deref(req.Params.IdempotencyKey), "createBooking", body))
	if err != nil {
		return nil, err
	}
	return contract.CreateBooking201JSONResponse{BookingAnswerJSONResponse: a.bookingAnswer(b)}, nil
}

// GetBooking answers one booking.
func (a *API) GetBooking(ctx context.Context, req contract.GetBookingRequestObject) (contract.GetBookingResponseObject, error) {
	b, err := a.Bookings.Get(ctx, actorOf(ctx), req.BookingId)
	if err != nil {
		return nil, err
	}
	return contract.GetBooking200JSONResponse{BookingAnswerJSONResponse: a.bookingAnswer(b)}, nil
}

// ListBookings answers a page of the caller's bookings.
func (a *API) ListBookings(ctx context.Context, req contract.ListBookingsRequestObject) (contract.ListBookingsResponseObject, error) {
	q := req.Params
	f := booking.Filter{AsHost: deref(q.As) == contract.ListBookingsParamsAsHost, Status: (*booking.Status)(q.Status), ListingID: q.ListingId,
		When: booking.Phase(deref(q.When))}
	if (q.StayFrom == nil) != (q.StayTo == nil) {
		return nil, errs.InvalidField("stay_to", "requires", "stay_from and stay_to go together.")
	}
	if q.StayFrom != nil {
		f.During = &date.Range{Start: *q.StayFrom, End: *q.StayTo}
	}
	p, err := a.Bookings.List(ctx, actorOf(ctx), f, pageRequest(q.Cursor, q.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListBookings200JSONResponse{Success: true, Data: each(p.Items, a.bookingOf), Meta: pageMeta(p)}, nil
}

// ListAllBookings answers a page of everybody's bookings.
func (a *API) ListAllBookings(ctx context.Context, req contract.ListAllBookingsRequestObject) (contract.ListAllBookingsResponseObject, error) {
	q := req.Params
	f := booking.AllFilter{Begins: deref(q.Q), Status: (*booking.Status)(q.Status), ListingID: q.ListingId, GuestID: q.GuestId, HostID: q.HostId}
	p, err := a.Bookings.ListAll(ctx, actorOf(ctx), f, pageRequest(q.Cursor, q.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListAllBookings200JSONResponse{Success: true, Data: each(p.Items, a.bookingOf), Meta: pageMeta(p)}, nil
}

// GetBookingHistory answers every change of a booking's status.
func (a *API) GetBookingHistory(ctx context.Context, req contract.GetBookingHistoryRequestObject) (contract.GetBookingHistoryResponseObject, error) {
	changes, err := a.Bookings.History(ctx, actorOf(ctx), req.BookingId)
	if err != nil {
		return nil, err
	}
	return contract.GetBookingHistory200JSONResponse{Success: true, Data: each(changes, bookingChangeOf)}, nil
}

// ConfirmBooking takes a request.
func (a *API) ConfirmBooking(ctx context.Context, req contract.ConfirmBookingRequestObject) (contract.ConfirmBookingResponseObject, error) {
	b, err := a.Bookings.Confirm(ctx, actorOf(ctx), req.BookingId)
	if err != nil {
		return nil, err
	}
	return contract.ConfirmBooking200JSONResponse{BookingAnswerJSONResponse: a.bookingAnswer(b)}, nil
}

// DeclineBooking refuses a request.
func (a *API) DeclineBooking(ctx context.Context, req contract.DeclineBookingRequestObject) (contract.DeclineBookingResponseObject, error) {
	b, err := a.Bookings.Decline(ctx, actorOf(ctx), req.BookingId, deref(req.Body.Reason))
	if err != nil {
		return nil, err
	}
	return contract.DeclineBooking200JSONResponse{BookingAnswerJSONResponse: a.bookingAnswer(b)}, nil
}

// CancelBooking ends a booking.
func (a *API) CancelBooking(ctx context.Context, req contract.CancelBookingRequestObject) (contract.CancelBookingResponseObject, error) {
	actor := actorOf(ctx)
	body, err := json.Marshal(req.Body)
	if err != nil {
		return nil, err
	}
	key := idempotency.NewKey(actor.ID, deref(req.Params.IdempotencyKey), "cancelBooking", req.BookingId[:], body)
	b, err := a.Bookings.Cancel(ctx, actor, req.BookingId, deref(req.Body.Reason), key)
	if err != nil {
		return nil, err
	}
	return contract.CancelBooking200JSONResponse{BookingAnswerJSONResponse: a.bookingAnswer(b)}, nil
}

// PreviewCancellation answers what cancelling now would give back.
func (a *API) PreviewCancellation(ctx context.Context, req contract.PreviewCancellationRequestObject) (contract.PreviewCancellationResponseObject, error) {
	c, err := a.Bookings.PreviewCancellation(ctx, actorOf(ctx), req.BookingId)
	if err != nil {
		return nil, err
	}
	return contract.PreviewCancellation200JSONResponse{Success: true, Data: contract.Cancellation{
		Refund: contract.Money{Minor: c.RefundMinor, Currency: c.Currency}, Total: contract.Money{Minor: c.TotalMinor, Currency: c.Currency},
		RefundBps: c.RefundBps, Explanation: c.Explanation, ChangesAt: c.ChangesAt}}, nil
}

func quoteOf(q booking.Quote) contract.Quote {
	return contract.Quote{Token: q.Token, ListingId: q.ListingID, CheckIn: q.Stay.Start, CheckOut: q.Stay.End, Nights: q.Stay.Nights(), Guests: q.Guests,
		Lines: each(q.Lines, bookingLineOf), Total: contract.Money{Minor: q.TotalMinor, Currency: q.Currency}, NightlyAverageMinor: q.NightlyAverageMinor,
		BookingMode: contract.BookingMode(q.Mode), CancellationPolicy: contract.CancellationPolicy(q.Policy), ExpiresAt: q.ExpiresAt}
}

func (a *API) bookingAnswer(b booking.Booking) contract.BookingAnswerJSONResponse {
	return contract.BookingAnswerJSONResponse{Body: contract.BookingEnvelope{Success: true, Data: a.bookingOf(b)},
		Headers: contract.BookingAnswerResponseHeaders{ETag: etag(b.Version)}}
}

func (a *API) bookingOf(b booking.Booking) contract.Booking {
	out := contract.Booking{Id: b.ID, Code: b.Code, Status: contract.BookingStatus(b.Status), Listing: a.bookingListingOf(b.Listing),
		Host: contract.Party{Id: b.Host.ID, Name: b.Host.Name}, Guest: contract.Party{Id: b.Guest.ID, Name: b.Guest.Name},
		CheckIn: b.CheckIn, CheckOut: b.CheckOut, Nights: date.Range{Start: b.CheckIn, End: b.CheckOut}.Nights(), Guests: b.Guests, Message: b.Message,
		Lines: each(b.Lines, bookingLineOf), Total: contract.Money{Minor: b.TotalMinor, Currency: b.Currency},
		CancellationPolicy: contract.CancellationPolicy(b.Policy), Timezone: b.Timezone, CheckInFrom: b.CheckInFrom,
		Reason: b.Reason, CreatedAt: b.CreatedAt, UpdatedAt: b.UpdatedAt}
	if b.Status == booking.StatusPending {
		out.ExpiresAt = b.ExpiresAt
	}
	if b.RefundMinor != nil {
		out.Refund = &contract.Money{Minor: *b.RefundMinor, Currency: b.Currency}
	}
	return out
}

func (a *API) bookingListingOf(p booking.Place) contract.BookingListing {
	out := contract.BookingListing{Id: p.ID, Title: p.Title, City: p.City, CountryCode: p.CountryCode,
		AddressLine: optional(p.AddressLine), PostalCode: optional(p.PostalCode)}
	if p.Exact != nil {
		out.Location = &contract.Point{Lat: p.Exact.Lat, Lng: p.Exact.Lng}
	}
	if c := p.Cover; c != nil {
		out.Cover = &contract.Cover{AltText: c.AltText, Blurhash: c.Blurhash, Variants: a.variantsOf(c.Variants)}
	}
	return out
}

func bookingLineOf(l pricing.Line) contract.QuoteLine {
	return contract.QuoteLine{Kind: contract.QuoteLineKind(l.Kind), Label: l.Label, Quantity: l.Quantity, UnitMinor: l.UnitMinor, AmountMinor: l.AmountMinor}
}

func bookingChangeOf(c booking.Change) contract.BookingChange {
	return contract.BookingChange{FromStatus: (*contract.BookingStatus)(optional(c.From)), ToStatus: contract.BookingStatus(c.To), ActorId: c.ActorID,
		ActorRole: contract.BookingChangeActorRole(c.ActorRole), Reason: c.Reason, At: c.At}
}
