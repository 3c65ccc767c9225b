package rest

import (
	"context"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/numbers"
)

// numberRoom is numbers.Reader.
type numberRoom interface {
	Summary(ctx context.Context, actor identity.Actor, days int) (numbers.Summary, error)
}

// GetNumbers answers how the business goes.
func (a *API) GetNumbers(ctx context.Context, req contract.GetNumbersRequestObject) (contract.GetNumbersResponseObject, error) {
	s, err := a.Numbers.Summary(ctx, actorOf(ctx), deref(req.Params.Days))
	if err != nil {
		return nil, err
	}
	return contract.GetNumbers200JSONResponse{Success: true, Data: contract.Numbers{
		Days: each(s.Days, numbersDayOf),
		Value: each(s.Value, func(v numbers.Value) contract.CurrencyValue {
			return contract.CurrencyValue{Currency: v.Currency, ConfirmedMinor: v.ConfirmedMinor}
		}),
		Now: contract.NumbersNow{PendingVerifications: s.Now.PendingVerifications, PendingRequests: s.Now.PendingRequests,
			OpenDeadLetters: s.Now.OpenDeadLetters, OpenErrors: s.Now.OpenErrors, LiveListings: s.Now.LiveListings}}}, nil
}

func numbersDayOf(d numbers.Day) contract.NumbersDay {
	return contract.NumbersDay{Date: d.Date, BookingsRequested: d.BookingsRequested, BookingsConfirmed: d.BookingsConfirmed,
		BookingsCancelled: d.BookingsCancelled, NightsConfirmed: d.NightsConfirmed, NewAccounts: d.NewAccounts, NewListings: d.NewListings}
}
