// Package media takes photographs in and gives them out: presigned uploads, processing, variants and their addresses.
package media

import (
	"time"

	"github.com/google/uuid"
)

// MaxBytes is the size of the largest original that is accepted.
const MaxBytes = 25 << 20

// Status is where an upload stands: pending → processing → ready or failed.
type Status string

// The statuses. Ready and failed are final.
const (
	Pending    Status = "pending"    // the address was given out, the bytes are not confirmed
	Processing Status = "processing" // the bytes are there, the worker has them
	Ready      Status = "ready"
	Failed     Status = "failed"
)

// Upload is one original that somebody uploads, with what became of it. The original itself stays private.
type Upload struct {
	ID          uuid.UUID
	OwnerID     uuid.UUID
	ContentType string // as declared, and enforced by the signature; the worker looks at the bytes
	SizeBytes   int64
	Status      Status
	Failure     Failure // the zero Failure unless Failed
	Width       int     // of the upright original in pixels; 0 until Ready
	Height      int
	Blurhash    string
	Variants    []Variant
	Version     int64
	CreatedAt   time.Time

	objectKey string
}

// Variant is one finished picture. Its key names its content, so what lies there never changes.
type Variant struct {
	Name   string `json:"name"`   // thumb, small, medium, large
	Format string `json:"format"` // webp, jpeg
	Width  int    `json:"width"`  // pixels
	Height int    `json:"height"`
	Bytes  int64  `json:"bytes"`
	Key    string `json:"key"` // in the bucket of photos; Service.URL makes the address
}

// Failure says why an upload did not become a photo: a constant for programs and a sentence for people.
type Failure struct {
	Code   string
	Reason string
}

// Error gives the sentence.
func (f *Failure) Error() string { return f.Reason }
