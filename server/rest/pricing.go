package rest

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/pricing"
)

type priceRoom interface {
	Get(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (pricing.Price, error)
	GetPriced(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (pricing.Priced, error)
	Set(ctx context.Context, actor identity.Actor, p pricing.Price) (pricing.Price, error)
}

// GetPrice answers a listing's price.
func (a *API) GetPrice(ctx context.Context, req contract.GetPriceRequestObject) (contract.GetPriceResponseObject, error) {
	p, err := a.Prices.Get(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.GetPrice200JSONResponse{PriceAnswerJSONResponse: priceAnswer(p)}, nil
}

// SetPrice sets it.
func (a *API) SetPrice(ctx context.Context, req contract.SetPriceRequestObject) (contract.SetPriceResponseObject, error) {
	b := req.Body
	p, err := a.Prices.Set(ctx, actorOf(ctx), pricing.Price{
		ListingID: req.ListingId, Currency: b.Currency, NightlyMinor: b.NightlyMinor, CleaningMinor: deref(b.CleaningMinor),
		IncludedGuests: max(deref(b.IncludedGuests), 1), ExtraGuestMinor: deref(b.ExtraGuestMinor), TaxBps: deref(b.TaxBps),
		Version: versionOf(deref(req.Params.IfMatch)),
	})
	if err != nil {
		return nil, err
	}
	return contract.SetPrice200JSONResponse{PriceAnswerJSONResponse: priceAnswer(p)}, nil
}

func priceAnswer(p pricing.Price) contract.PriceAnswerJSONResponse {
	return contract.PriceAnswerJSONResponse{
		Body:    contract.PriceEnvelope{Success: true, Data: priceOf(p)},
		Headers: contract.PriceAnswerResponseHeaders{ETag: etag(p.Version)},
	}
}

func priceOf(p pricing.Price) contract.Price {
	return contract.Price{
		Currency: p.Currency, NightlyMinor: p.NightlyMinor, CleaningMinor: p.CleaningMinor, IncludedGuests: p.IncludedGuests,
		ExtraGuestMinor: p.ExtraGuestMinor, TaxBps: p.TaxBps,
	}
}
