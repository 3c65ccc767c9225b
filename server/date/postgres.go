package date

import (
	"fmt"

	"github.com/jackc/pgx/v5/pgtype"
)

// ScanDate reads a Postgres date. It refuses NULL (scan into *Date for that) and infinity.
func (d *Date) ScanDate(v pgtype.Date) error {
	if !v.Valid {
		return fmt.Errorf("date: cannot scan NULL into a Date")
	}
	if v.InfinityModifier != pgtype.Finite {
		return fmt.Errorf("date: cannot scan infinity into a Date")
	}
	*d = Of(v.Time.Date())
	return nil
}

// DateValue gives the Postgres date.
func (d Date) DateValue() (pgtype.Date, error) {
	return pgtype.Date{Time: d.Time(), Valid: true}, nil
}

// IsNull tells that a Range is never NULL.
func (r Range) IsNull() bool { return false }

// BoundTypes of a stay: the first night in, the day of leaving out.
func (r Range) BoundTypes() (lower, upper pgtype.BoundType) {
	return pgtype.Inclusive, pgtype.Exclusive
}

// Bounds of the range.
func (r Range) Bounds() (lower, upper any) { return r.Start, r.End }

// ScanNull refuses NULL.
func (r *Range) ScanNull() error { return fmt.Errorf("date: cannot scan NULL into a Range") }

// ScanBounds gives the targets for the two bounds.
func (r *Range) ScanBounds() (lowerTarget, upperTarget any) { return &r.Start, &r.End }

// SetBoundTypes refuses unbounded and unusual ranges; Postgres gives daterange in canonical form [start, end).
func (r *Range) SetBoundTypes(lower, upper pgtype.BoundType) error {
	if lower != pgtype.Inclusive || upper != pgtype.Exclusive {
		return fmt.Errorf("date: range bounds %c%c are not [)", lower, upper)
	}
	return nil
}
