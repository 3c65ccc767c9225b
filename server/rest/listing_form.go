package rest

import (
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/listing"
)

func listingFacts(b *contract.CreateListingRequest) listing.Facts {
	return listing.Facts{
		Title: b.Title, Description: deref(b.Description), PropertyType: string(b.PropertyType), RoomType: string(b.RoomType),
		MaxGuests: b.MaxGuests, Bedrooms: b.Bedrooms, Beds: b.Beds, Bathrooms: b.Bathrooms, Amenities: *listingAmenities(b.Amenities, true),
		Address: listingAddress(b.Address), Location: listing.Point(b.Location),
		Terms: listing.Terms{
			HouseRules: deref(b.HouseRules), CheckInFrom: deref(b.CheckInFrom), CheckOutUntil: deref(b.CheckOutUntil),
			CancellationPolicy: string(deref(b.CancellationPolicy)), BookingMode: string(deref(b.BookingMode)),
		},
	}
}

func listingPatch(b *contract.UpdateListingRequest) listing.Patch {
	p := listing.Patch{
		Title: b.Title, Description: b.Description, PropertyType: (*string)(b.PropertyType), RoomType: (*string)(b.RoomType),
		MaxGuests: b.MaxGuests, Bedrooms: b.Bedrooms, Beds: b.Beds, Bathrooms: b.Bathrooms, Amenities: listingAmenities(b.Amenities, false),
		Location: (*listing.Point)(b.Location), HouseRules: b.HouseRules, CheckInFrom: b.CheckInFrom, CheckOutUntil: b.CheckOutUntil,
		CancellationPolicy: (*string)(b.CancellationPolicy), BookingMode: (*string)(b.BookingMode),
	}
	if b.Address != nil {
		address := listingAddress(*b.Address)
		p.Address = &address
	}
	return p
}

// listingAmenities gives nil for nil unless always is true.
func listingAmenities(in *[]contract.Amenity, always bool) *[]string {
	if in == nil && !always {
		return nil
	}
	out := each(deref(in), func(a contract.Amenity) string { return string(a) })
	return &out
}

func listingAddress(a contract.Address) listing.Address {
	return listing.Address{Line: deref(a.Line), City: a.City, Region: deref(a.Region), PostalCode: deref(a.PostalCode), CountryCode: a.CountryCode}
}

func (a *API) listingAnswer(l listing.Listing) contract.ListingAnswerJSONResponse {
	return contract.ListingAnswerJSONResponse{
		Body:    contract.ListingEnvelope{Success: true, Data: a.listingOf(l)},
		Headers: contract.ListingAnswerResponseHeaders{ETag: etag(l.Version)},
	}
}

func (a *API) listingOf(l listing.Listing) contract.Listing {
	return contract.Listing{
		Id: l.ID, Status: contract.ListingStatus(l.Status), Host: contract.HostSummary{Id: l.Host.ID, Name: l.Host.Name, Since: l.Host.Since},
		Title: l.Title, Description: l.Description, PropertyType: contract.PropertyType(l.PropertyType), RoomType: contract.RoomType(l.RoomType),
		MaxGuests: l.MaxGuests, Bedrooms: l.Bedrooms, Beds: l.Beds, Bathrooms: l.Bathrooms,
		Amenities: each(l.Amenities, func(s string) contract.Amenity { return contract.Amenity(s) }), HouseRules: l.HouseRules,
		Address:  addressOf(l.Address),
		Location: contract.Point(l.Location), LocationExact: l.Exact, Timezone: l.Timezone, CheckInFrom: l.CheckInFrom, CheckOutUntil: l.CheckOutUntil,
		CancellationPolicy: contract.CancellationPolicy(l.CancellationPolicy), BookingMode: contract.BookingMode(l.BookingMode),
		Photos: each(l.Photos, a.listingPhoto), Review: listingReview(l), PendingRevision: a.revisionOf(l.Revision), CreatedAt: l.CreatedAt, UpdatedAt: l.UpdatedAt,
	}
}

func addressOf(a listing.Address) contract.Address {
	return contract.Address{Line: optional(a.Line), City: a.City, Region: optional(a.Region), PostalCode: optional(a.PostalCode), CountryCode: a.CountryCode}
}

func noteOf(n listing.Note) contract.FieldNote {
	return contract.FieldNote{Field: contract.FieldNoteField(n.Field), Note: n.Note}
}

func listingReview(l listing.Listing) *contract.Review {
	if !l.Exact {
		return nil
	}
	return &contract.Review{
		SubmittedAt: l.Review.SubmittedAt, ApprovedAt: l.Review.ApprovedAt,
		RejectionReason: (*contract.RejectionReason)(optional(l.Review.RejectionReason)),
		Notes:           each(l.Review.Notes, noteOf),
	}
}

func (a *API) listingPhoto(p listing.Photo) contract.Photo {
	return contract.Photo{
		UploadId: p.UploadID, Caption: p.Caption, AltText: p.AltText, Width: p.Width, Height: p.Height, Blurhash: p.Blurhash,
		Variants: a.variantsOf(p.Variants),
	}
}
