package listing

import (
	"slices"

	"github.com/google/uuid"
)

// FieldDiff is one field that a revision changes. Before and After are values of the field's own type: string, int,
// float64, Address, Point, or []Photo.
type FieldDiff struct {
	Field         string
	Before, After any
	Photos        *PhotosDiff // of photos alone
}

// PhotosDiff says in words of uploads what becomes of the photos.
type PhotosDiff struct {
	Added, Removed []uuid.UUID
	Moved          []PhotoMove
	Captions       []uuid.UUID // their caption or alternative text is another one
}

// PhotoMove is a photo that stays and stands elsewhere among those that stay; places count from 0 among all photos.
type PhotoMove struct {
	UploadID uuid.UUID
	From, To int
}

// Diff tells what the open revision changes, in the order of the form; nothing when there is none.
func (l Listing) Diff() []FieldDiff {
	out := []FieldDiff{}
	r := l.open()
	if r == nil {
		return out
	}
	c := r.Change
	out = differ(out, "title", l.Title, c.Title)
	out = differ(out, "description", l.Description, c.Description)
	out = differ(out, "property_type", l.PropertyType, c.PropertyType)
	out = differ(out, "room_type", l.RoomType, c.RoomType)
	out = differ(out, "max_guests", l.MaxGuests, c.MaxGuests)
	out = differ(out, "bedrooms", l.Bedrooms, c.Bedrooms)
	out = differ(out, "beds", l.Beds, c.Beds)
	out = differ(out, "bathrooms", l.Bathrooms, c.Bathrooms)
	out = differ(out, "address", l.Address, c.Address)
	out = differ(out, "location", l.Location, c.Location)
	if c.Photos != nil {
		out = append(out, FieldDiff{Field: "photos", Before: l.Photos, After: r.Photos, Photos: photosDiff(l.Photos, r.Photos)})
	}
	return out
}

func differ[T any](list []FieldDiff, field string, before T, after *T) []FieldDiff {
	if after == nil {
		return list
	}
	return append(list, FieldDiff{Field: field, Before: before, After: *after})
}

func photosDiff(before, after []Photo) *PhotosDiff {
	d := &PhotosDiff{}
	for _, p := range before {
		if placeOf(after, p.UploadID) < 0 {
			d.Removed = append(d.Removed, p.UploadID)
		}
	}
	for _, p := range after {
		switch i := placeOf(before, p.UploadID); {
		case i < 0:
			d.Added = append(d.Added, p.UploadID)
		case before[i].Caption != p.Caption || before[i].AltText != p.AltText:
			d.Captions = append(d.Captions, p.UploadID)
		}
	}
	d.Moved = moves(before, after)
	return d
}

// moves compares the orders of those photos that stand in both.
func moves(before, after []Photo) (out []PhotoMove) {
	was, is := common(before, after), common(after, before)
	for i, id := range is {
		if was[i] != id {
			out = append(out, PhotoMove{UploadID: id, From: placeOf(before, id), To: placeOf(after, id)})
		}
	}
	return out
}

func common(of, with []Photo) (ids []uuid.UUID) {
	for _, p := range of {
		if placeOf(with, p.UploadID) >= 0 {
			ids = append(ids, p.UploadID)
		}
	}
	return ids
}

func placeOf(list []Photo, id uuid.UUID) int {
	return slices.IndexFunc(list, func(p Photo) bool { return p.UploadID == id })
}
