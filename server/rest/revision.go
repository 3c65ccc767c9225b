package rest

import (
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/listing"
)

func (a *API) revisionOf(r *listing.Revision) *contract.PendingRevision {
	if r == nil {
		return nil
	}
	return &contract.PendingRevision{
		Id: r.ID, Status: contract.RevisionStatus(r.Status), SubmittedAt: r.SubmittedAt, Fields: a.revisionFields(*r),
		RejectionReason: (*contract.RejectionReason)(optional(r.Reason)), Notes: each(r.Notes, noteOf),
	}
}

func (a *API) revisionFields(r listing.Revision) contract.RevisionFields {
	c := r.Change
	out := contract.RevisionFields{
		Title: c.Title, Description: c.Description, PropertyType: (*contract.PropertyType)(c.PropertyType), RoomType: (*contract.RoomType)(c.RoomType),
		MaxGuests: c.MaxGuests, Bedrooms: c.Bedrooms, Beds: c.Beds, Bathrooms: c.Bathrooms, Location: (*contract.Point)(c.Location),
	}
	if c.Address != nil {
		address := addressOf(*c.Address)
		out.Address = &address
	}
	if c.Photos != nil {
		photos := each(r.Photos, a.listingPhoto)
		out.Photos = &photos
	}
	return out
}

func (a *API) verificationOf(v listing.Verification) contract.Verification {
	kind := contract.VerificationKindListing
	if v.OfRevision() {
		kind = contract.VerificationKindRevision
	}
	return contract.Verification{
		Id: v.ID, Kind: kind, SubmittedAt: v.SubmittedAt, Etag: *etag(v.Listing.Version), Listing: a.listingOf(v.Listing),
		Diff: each(v.Listing.Diff(), a.fieldDiff),
	}
}

func (a *API) fieldDiff(d listing.FieldDiff) contract.FieldDiff {
	out := contract.FieldDiff{Field: contract.FieldDiffField(d.Field), Before: a.diffValue(d.Before), After: a.diffValue(d.After)}
	if d.Photos != nil {
		out.Photos = &contract.PhotosDiff{
			Added: same(d.Photos.Added), Removed: same(d.Photos.Removed), Captions: same(d.Photos.Captions),
			Moved: each(d.Photos.Moved, func(m listing.PhotoMove) contract.PhotoMove {
				return contract.PhotoMove{UploadId: m.UploadID, From: m.From, To: m.To}
			}),
		}
	}
	return out
}

// diffValue writes a value as the listing's own field is written.
func (a *API) diffValue(v any) any {
	switch v := v.(type) {
	case listing.Address:
		return addressOf(v)
	case listing.Point:
		return contract.Point(v)
	case []listing.Photo:
		return each(v, a.listingPhoto)
	}
	return v
}

// same makes an empty list of none, so that JSON has [] and not null.
func same[T any](in []T) []T { return each(in, func(v T) T { return v }) }
