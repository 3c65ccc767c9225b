package date

// Range is a stay: the nights from Start (check-in) up to, and without, End (check-out).
type Range struct {
	Start Date `json:"start"`
	End   Date `json:"end"`
}

// Nights of the range; zero or negative when it is not a stay.
func (r Range) Nights() int { return int(r.End - r.Start) }

// Overlaps tells whether two ranges share a night.
func (r Range) Overlaps(o Range) bool { return r.Start < o.End && o.Start < r.End }

// Contains tells whether the night that starts on d is in the range.
func (r Range) Contains(d Date) bool { return r.Start <= d && d < r.End }

// String gives [start, end).
func (r Range) String() string { return "[" + r.Start.String() + ", " + r.End.String() + ")" }
