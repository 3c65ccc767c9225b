package listing

import (
	"context"
	"fmt"
	"time"

	"github.com/goccy/go-json"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/media"
)

// read gives one whole listing in one query.
func read(ctx context.Context, db query.DBTX, id uuid.UUID) (Listing, error) {
	found, err := readAll(ctx, db, []uuid.UUID{id})
	if err != nil {
		return Listing{}, err
	}
	if len(found) == 0 {
		return Listing{}, notFound()
	}
	return found[0], nil
}

// readAll gives the listings of ids, in their order, in one query.
func readAll(ctx context.Context, db query.DBTX, ids []uuid.UUID) ([]Listing, error) {
	rows, err := query.New(db).Read(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Listing, len(rows))
	for i, row := range rows {
		if out[i], err = listingOf(row); err != nil {
			return nil, fmt.Errorf("listing %s: %w", row.Listing.ID, err)
		}
	}
	return out, nil
}

func listingOf(row query.ReadRow) (Listing, error) {
	r := row.Listing
	l := Listing{
		ID: r.ID, Status: Status(r.Status), Version: r.Version,
		Host:  Host{ID: r.HostID, Name: row.HostName, Since: row.HostSince.UTC()},
		Facts: factsOf(r), PublicPoint: Point{Lat: r.PublicLat, Lng: r.PublicLng}, Exact: true, Timezone: r.Timezone,
		Review:    Review{SubmittedAt: utc(r.SubmittedAt), ApprovedAt: utc(r.ApprovedAt), RejectionReason: r.RejectionReason},
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(),
	}
	if err := json.Unmarshal(r.RejectionNotes, &l.Review.Notes); err != nil {
		return Listing{}, fmt.Errorf("notes: %w", err)
	}
	var err error
	l.Photos, err = photosOf(row.Photos)
	return l, err
}

func factsOf(r query.Listing) Facts {
	return Facts{
		Title: r.Title, Description: r.Description, PropertyType: r.PropertyType, RoomType: r.RoomType, MaxGuests: int(r.MaxGuests),
		Bedrooms: int(r.Bedrooms), Beds: int(r.Beds), Bathrooms: r.Bathrooms, Amenities: r.Amenities,
		Address:  Address{Line: r.AddressLine, City: r.City, Region: r.Region, PostalCode: r.PostalCode, CountryCode: r.CountryCode},
		Location: Point{Lat: r.Lat, Lng: r.Lng},
		Terms: Terms{
			HouseRules: r.HouseRules, CheckInFrom: r.CheckInFrom, CheckOutUntil: r.CheckOutUntil,
			CancellationPolicy: r.CancellationPolicy, BookingMode: r.BookingMode,
		},
	}
}

func photosOf(raw []byte) ([]Photo, error) {
	var rows []struct {
		UploadID uuid.UUID       `json:"upload_id"`
		Caption  string          `json:"caption"`
		AltText  string          `json:"alt_text"`
		Ready    bool            `json:"ready"`
		Width    int             `json:"width"`
		Height   int             `json:"height"`
		Blurhash string          `json:"blurhash"`
		Variants []media.Variant `json:"variants"`
	}
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, fmt.Errorf("photos: %w", err)
	}
	photos := make([]Photo, len(rows))
	for i, r := range rows {
		photos[i] = Photo{
			UploadID: r.UploadID, Caption: r.Caption, AltText: r.AltText, Ready: r.Ready,
			Width: r.Width, Height: r.Height, Blurhash: r.Blurhash, Variants: r.Variants,
		}
	}
	return photos, nil
}

// Record is a row of the table as a query of another room reads it.
type Record = query.Listing

// Row is a whole listing as a query of another room reads it: the record, its host and its photos as Read has them.
type Row struct {
	Listing   Record
	HostName  string
	HostSince time.Time
	Photos    []byte
}

// SeenBy gives the listing as Get would give it to the actor.
func (r Row) SeenBy(actor identity.Actor) (Listing, error) {
	l, err := listingOf(query.ReadRow(r))
	if err != nil {
		return Listing{}, fmt.Errorf("listing %s: %w", r.Listing.ID, err)
	}
	return l.seenBy(actor)
}

// newRow gives a draft's row, with an id, the zone and the public point.
func (s *Service) newRow(host uuid.UUID, f Facts) (query.InsertParams, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return query.InsertParams{}, fmt.Errorf("listing: id: %w", err)
	}
	zone, err := ZoneOf(f.Location)
	if err != nil {
		return query.InsertParams{}, err
	}
	near := publicPoint(s.secret, id, f.Location)
	return query.InsertParams{
		ID: id, HostID: host, Title: f.Title, Description: f.Description, PropertyType: f.PropertyType, RoomType: f.RoomType,
		MaxGuests: int32(f.MaxGuests), Bedrooms: int32(f.Bedrooms), Beds: int32(f.Beds), Bathrooms: f.Bathrooms, Amenities: f.Amenities,
		HouseRules: f.HouseRules, AddressLine: f.Address.Line, City: f.Address.City, Region: f.Address.Region, PostalCode: f.Address.PostalCode,
		CountryCode: f.Address.CountryCode, Lat: f.Location.Lat, Lng: f.Location.Lng, PublicLat: near.Lat, PublicLng: near.Lng, Timezone: zone,
		CheckInFrom: f.CheckInFrom, CheckOutUntil: f.CheckOutUntil, CancellationPolicy: f.CancellationPolicy, BookingMode: f.BookingMode, Now: s.now(),
	}, nil
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
