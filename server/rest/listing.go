package rest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/pricing"
)

type listingRoom interface {
	Create(ctx context.Context, actor identity.Actor, key idempotency.Key, f listing.Facts) (listing.Listing, error)
	Update(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, p listing.Patch) (listing.Listing, error)
	SetPhotos(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, photos []listing.PhotoInput) (listing.Listing, error)
	Submit(ctx context.Context, actor identity.Actor, id uuid.UUID) (listing.Listing, error)
	Pause(ctx context.Context, actor identity.Actor, id uuid.UUID) (listing.Listing, error)
	Resume(ctx context.Context, actor identity.Actor, id uuid.UUID) (listing.Listing, error)
	Archive(ctx context.Context, actor identity.Actor, id uuid.UUID) (listing.Listing, error)
	Withdraw(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64) (listing.Listing, error)
	Approve(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, note string) (listing.Listing, error)
	Reject(ctx context.Context, actor identity.Actor, id uuid.UUID, version int64, why listing.Rejection) (listing.Listing, error)
	Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (listing.Listing, error)
	WithRevision(ctx context.Context, l listing.Listing) (listing.Listing, error)
	ListMine(ctx context.Context, actor identity.Actor, status *listing.Status, req page.Request) (page.Page[listing.Listing], error)
	Sitemap(ctx context.Context, req page.Request) (page.Page[listing.Entry], error)
	Queue(ctx context.Context, actor identity.Actor, req page.Request) (page.Page[listing.Verification], error)
}

// ListMyListings answers the host's own listings.
func (a *API) ListMyListings(ctx context.Context, req contract.ListMyListingsRequestObject) (contract.ListMyListingsResponseObject, error) {
	p, err := a.Listings.ListMine(ctx, actorOf(ctx), (*listing.Status)(req.Params.Status), pageRequest(req.Params.Cursor, req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListMyListings200JSONResponse{Success: true, Data: each(p.Items, a.listingOf), Meta: pageMeta(p)}, nil
}

// ListSitemap answers every live listing.
func (a *API) ListSitemap(ctx context.Context, req contract.ListSitemapRequestObject) (contract.ListSitemapResponseObject, error) {
	p, err := a.Listings.Sitemap(ctx, pageRequest(req.Params.Cursor, req.Params.Limit))
	if err != nil {
		return nil, err
	}
	entries := each(p.Items, func(e listing.Entry) contract.SitemapEntry {
		return contract.SitemapEntry{Id: e.ID, UpdatedAt: e.UpdatedAt}
	})
	return contract.ListSitemap200JSONResponse{Success: true, Data: entries, Meta: pageMeta(p)}, nil
}

// ListVerifications answers what waits for an admin.
func (a *API) ListVerifications(ctx context.Context, req contract.ListVerificationsRequestObject) (contract.ListVerificationsResponseObject, error) {
	p, err := a.Listings.Queue(ctx, actorOf(ctx), pageRequest(req.Params.Cursor, req.Params.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListVerifications200JSONResponse{Success: true, Data: each(p.Items, a.verificationOf), Meta: pageMeta(p)}, nil
}

// CreateListing starts a draft.
func (a *API) CreateListing(ctx context.Context, req contract.CreateListingRequestObject) (contract.CreateListingResponseObject, error) {
	actor := actorOf(ctx)
	body, err := json.Marshal(req.Body)
	if err != nil {
		return nil, err
	}
	key := idempotency.NewKey(actor.ID, deref(req.Params.IdempotencyKey), "createListing", body)
	l, err := a.Listings.Create(ctx, actor, key, listingFacts(req.Body))
	if err != nil {
		return nil, err
	}
	return contract.CreateListing201JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// GetListing answers one listing, with its price if it has one. What everybody may see is kept; its host and admins read
// the record itself, so that they see their own changes and what only they may see.
func (a *API) GetListing(ctx context.Context, req contract.GetListingRequestObject) (contract.GetListingResponseObject, error) {
	actor := actorOf(ctx)
	if actor.IsAdmin() {
		return a.ownListing(ctx, actor, req.ListingId)
	}
	answer, err := remember(ctx, a.Details, req.ListingId.String(), func(ctx context.Context) (cache.Answer, error) {
		p, err := a.Prices.GetPriced(ctx, identity.Actor{}, req.ListingId)
		if err != nil {
			return cache.Answer{}, err
		}
		return encoded(a.pricedAnswer(p).Body, p.Host.ID.String())
	})
	switch {
	case actor.SignedIn() && (errs.Is(err, errs.NotFound) || err == nil && answer.Note == actor.ID.String()):
		return a.ownListing(ctx, actor, req.ListingId)
	case err != nil:
		return nil, err
	}
	return prepared{Answer: answer, visitor: !actor.SignedIn()}, nil
}

func (a *API) ownListing(ctx context.Context, actor identity.Actor, id uuid.UUID) (contract.GetListingResponseObject, error) {
	p, err := a.Prices.GetPriced(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if p.Listing, err = a.Listings.WithRevision(ctx, p.Listing); err != nil {
		return nil, err
	}
	return contract.GetListing200JSONResponse{ListingAnswerJSONResponse: a.pricedAnswer(p)}, nil
}

func (a *API) pricedAnswer(p pricing.Priced) contract.ListingAnswerJSONResponse {
	answer := a.listingAnswer(p.Listing)
	if p.Price != nil {
		price := priceOf(*p.Price)
		answer.Body.Data.Price = &price
	}
	return answer
}

// UpdateListing changes facts.
func (a *API) UpdateListing(ctx context.Context, req contract.UpdateListingRequestObject) (contract.UpdateListingResponseObject, error) {
	l, err := a.Listings.Update(ctx, actorOf(ctx), req.ListingId, versionOf(req.Params.IfMatch), listingPatch(req.Body))
	if err != nil {
		return nil, err
	}
	return contract.UpdateListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// SetListingPhotos replaces the photos.
func (a *API) SetListingPhotos(ctx context.Context, req contract.SetListingPhotosRequestObject) (contract.SetListingPhotosResponseObject, error) {
	photos := each(req.Body.Photos, func(p contract.PhotoInput) listing.PhotoInput {
		return listing.PhotoInput{UploadID: p.UploadId, Caption: deref(p.Caption), AltText: deref(p.AltText)}
	})
	l, err := a.Listings.SetPhotos(ctx, actorOf(ctx), req.ListingId, versionOf(req.Params.IfMatch), photos)
	if err != nil {
		return nil, err
	}
	return contract.SetListingPhotos200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// SubmitListing hands a listing in.
func (a *API) SubmitListing(ctx context.Context, req contract.SubmitListingRequestObject) (contract.SubmitListingResponseObject, error) {
	l, err := a.Listings.Submit(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.SubmitListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// PauseListing takes a listing out of sight.
func (a *API) PauseListing(ctx context.Context, req contract.PauseListingRequestObject) (contract.PauseListingResponseObject, error) {
	l, err := a.Listings.Pause(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.PauseListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// ResumeListing puts a listing back.
func (a *API) ResumeListing(ctx context.Context, req contract.ResumeListingRequestObject) (contract.ResumeListingResponseObject, error) {
	l, err := a.Listings.Resume(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.ResumeListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// ArchiveListing retires a listing.
func (a *API) ArchiveListing(ctx context.Context, req contract.ArchiveListingRequestObject) (contract.ArchiveListingResponseObject, error) {
	l, err := a.Listings.Archive(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.ArchiveListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// WithdrawRevision takes back what waits for review.
func (a *API) WithdrawRevision(ctx context.Context, req contract.WithdrawRevisionRequestObject) (contract.WithdrawRevisionResponseObject, error) {
	l, err := a.Listings.Withdraw(ctx, actorOf(ctx), req.ListingId, versionOf(req.Params.IfMatch))
	if err != nil {
		return nil, err
	}
	return contract.WithdrawRevision200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// ApproveListing publishes a listing, or what waits of one.
func (a *API) ApproveListing(ctx context.Context, req contract.ApproveListingRequestObject) (contract.ApproveListingResponseObject, error) {
	l, err := a.Listings.Approve(ctx, actorOf(ctx), req.ListingId, versionOf(req.Params.IfMatch), deref(req.Body.Note))
	if err != nil {
		return nil, err
	}
	return contract.ApproveListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}

// RejectListing sends a listing, or what waits of one, back.
func (a *API) RejectListing(ctx context.Context, req contract.RejectListingRequestObject) (contract.RejectListingResponseObject, error) {
	notes := each(deref(req.Body.Notes), func(n contract.FieldNote) listing.Note { return listing.Note{Field: string(n.Field), Note: n.Note} })
	l, err := a.Listings.Reject(ctx, actorOf(ctx), req.ListingId, versionOf(req.Params.IfMatch), listing.Rejection{Reason: string(req.Body.Reason), Notes: notes})
	if err != nil {
		return nil, err
	}
	return contract.RejectListing200JSONResponse{ListingAnswerJSONResponse: a.listingAnswer(l)}, nil
}
