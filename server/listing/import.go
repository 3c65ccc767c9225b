package listing

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
)

// Imported is a listing as Import takes it, in whatever state.
type Imported struct {
	ID     uuid.UUID
	HostID uuid.UUID
	Status Status
	Facts
	Photos      []PhotoInput // uploads of the host
	SubmittedAt *time.Time
	ApprovedAt  *time.Time
	CreatedAt   time.Time
}

var (
	importedColumns = []string{
		"id", "host_id", "status", "title", "description", "property_type", "room_type", "max_guests", "bedrooms", "beds", "bathrooms", "amenities",
		"house_rules", "address_line", "city", "region", "postal_code", "country_code", "lat", "lng", "public_lat", "public_lng", "timezone",
		"check_in_from", "check_out_until", "cancellation_policy", "booking_mode", "submitted_at", "approved_at", "rejection_notes", "created_at", "updated_at",
	}
	importedPhotoColumns = []string{"listing_id", "upload_id", "position", "caption", "alt_text"}
)

// Import inserts many listings with their photos, 500 to a transaction, for seeding: facts are validated, the bound per
// host and the requirements of a submission are not. It tells nobody; whoever seeds has the listings indexed afterwards.
// A failure leaves the batches before it.
func (s *Service) Import(ctx context.Context, listings []Imported) error {
	for batch := range slices.Chunk(listings, 500) {
		if err := postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error { return s.ImportIn(ctx, tx, batch) }); err != nil {
			return err
		}
	}
	return nil
}

// ImportIn is Import in the caller's transaction.
func (s *Service) ImportIn(ctx context.Context, tx pgx.Tx, listings []Imported) error {
	rows, err := s.importedRows(listings)
	if err != nil {
		return err
	}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"listings"}, importedColumns, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"listing_photos"}, importedPhotoColumns, pgx.CopyFromRows(importedPhotos(listings)))
	return err
}

func (s *Service) importedRows(batch []Imported) ([][]any, error) {
	rows := make([][]any, len(batch))
	for i, l := range batch {
		f := l.clean()
		if err := f.validate(); err != nil {
			return nil, errs.Ef(errs.Invalid, "The listing %s (%q) is not one.", l.ID, f.Title).Because(err)
		}
		zone, err := ZoneOf(f.Location)
		if err != nil {
			return nil, err
		}
		near := publicPoint(s.secret, l.ID, f.Location)
		rows[i] = []any{
			l.ID, l.HostID, string(l.Status), f.Title, f.Description, f.PropertyType, f.RoomType, f.MaxGuests, f.Bedrooms, f.Beds, f.Bathrooms, f.Amenities,
			f.HouseRules, f.Address.Line, f.Address.City, f.Address.Region, f.Address.PostalCode, f.Address.CountryCode, f.Location.Lat, f.Location.Lng,
			near.Lat, near.Lng, zone, f.CheckInFrom, f.CheckOutUntil, f.CancellationPolicy, f.BookingMode, l.SubmittedAt, l.ApprovedAt,
			json.RawMessage("[]"), l.CreatedAt, l.CreatedAt,
		}
	}
	return rows, nil
}

func importedPhotos(batch []Imported) [][]any {
	var rows [][]any
	for _, l := range batch {
		for i, p := range l.Photos {
			rows = append(rows, []any{l.ID, p.UploadID, i, p.Caption, p.AltText})
		}
	}
	return rows
}
