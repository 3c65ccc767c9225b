// Package seed makes demo listings out of real places and real property attributes, the same ones for the same seed number.
package seed

// Draft is one listing as the loader should create it: all facts, no ids, no hosts, no clock. Dates are day offsets
// from a "today" that the loader chooses; amounts are minor units of Currency. Equal seed and Index give an equal Draft.
type Draft struct {
	Index       int    // position in the sequence, from 0
	Title       string // at most 80 characters
	Description string // three to six sentences
	HouseRules  []string

	PropertyType string // apartment, house, villa, cabin, loft, cottage, townhouse, studio, guesthouse
	RoomType     string // entire_place, private_room, shared_room
	Capacity     int    // guests, 1 to 16
	Bedrooms     int    // 0 for a studio
	Beds         int
	Bathrooms    float64 // in halves: 1, 1.5, 2 …
	Amenities    []string

	Address Address
	Lat     float64 // WGS 84 degrees, five decimals
	Lng     float64
	// AtTrueSpot tells that the point is the recorded coordinate of the home whose attributes these are; otherwise the
	// attributes belong to a home elsewhere and the point is near that of a named place.
	AtTrueSpot bool

	Price        Price
	Stay         StayRules
	BookingMode  string // instant, request
	Cancellation string // flexible, moderate, strict
	Photos       []Photo
	Occupied     []Occupied // ordered by StartDay, never overlapping
	Stays        []Stay     // bookings besides those of Occupied: over, going on, or never come about
	AgeDays      int        // since the listing was approved: before its first booking
}

// Address is as much of an address as the data knows: named places, never a street.
type Address struct {
	Line        string // where in the place: "Near the center of Kipséli"
	Locality    string // the nearest named place: a quarter, suburb or town
	City        string // the city that people search for; equal to Locality in a town
	Region      string // first-level division, "" where there is none
	CountryCode string // ISO 3166-1 alpha-2
	Country     string
}

// Price holds amounts in minor units of Currency.
type Price struct {
	Currency       string // ISO 4217
	Nightly        int64
	CleaningFee    int64  // per stay, 0 for none
	ExtraGuestFee  int64  // per night and guest beyond IncludedGuests, 0 for none
	IncludedGuests int    // 1 to the capacity
	TaxBasisPoints int    // a rounded illustration, not tax advice
	Derivation     string // the sentence that labels Nightly as derived, and from what
}

// StayRules say which stays may be booked.
type StayRules struct {
	MinNights  int // 1 to 28
	MaxNights  int // at least MinNights, at most 365
	NoticeDays int // days between booking and check-in, from 0
	Horizon    int // how many days ahead may be booked
	CheckIn    string
	CheckOut   string // wall-clock times as HH:MM
}

// Photo names one file of Photos and what it shows. All are renderings; Alt says so.
type Photo struct {
	File    string // base name, to be opened from Photos
	Caption string
	Alt     string
}

// The kinds of Occupied.
const (
	Booking = "booking"
	Block   = "block"
)

// Occupied is a run of nights which are taken: by a guest (Booking) or by the host (Block).
type Occupied struct {
	Kind     string
	StartDay int  // first night, in days after today; at least 1
	Nights   int  // within StayRules for a Booking
	Guests   int  // 0 for a Block
	AgeDays  int  // since it was booked; 0 for a Block
	Waiting  bool // a request of the last hours, which the host has not answered
}

// Stay is a booking that takes no night of the future, or only the rest of a stay that goes on.
type Stay struct {
	Status   string // COMPLETED, CHECKED_IN, DECLINED, EXPIRED or CANCELLED_BY_…, as bookings have it
	StartDay int    // negative in the past
	Nights   int
	Guests   int
	AgeDays  int // since it was booked
	EndHours int // from booking to what ended it, of one that never came about
}
