package media

import "fmt"

// The codes of a Failure. They are part of the contract: never rename one.
const (
	NotAnImage    = "not_an_image"
	TypeMismatch  = "type_mismatch"
	TooManyPixels = "too_many_pixels"
	TooSmall      = "too_small"
	Damaged       = "damaged"
	Missing       = "missing"
	TimedOut      = "timed_out"
)

func notAnImage() *Failure {
	return &Failure{NotAnImage, "This file is not a JPEG, PNG or WebP image."}
}

func typeMismatch(declared, found string) *Failure {
	return &Failure{TypeMismatch, fmt.Sprintf("This file was announced as %s, but it is %s. Upload it again under its true type.", declared, found)}
}

func tooManyPixels(width, height int) *Failure {
	return &Failure{TooManyPixels, fmt.Sprintf("This image is %d × %d pixels. At most %d megapixels and %d pixels per side are accepted.",
		width, height, maxPixels/1_000_000, maxSide)}
}

func tooSmall(width, height int) *Failure {
	return &Failure{TooSmall, fmt.Sprintf("This image is %d × %d pixels. Each side needs at least %d pixels.", width, height, minSide)}
}

func damaged() *Failure {
	return &Failure{Damaged, "This image is damaged or incomplete and could not be read. Export it again and upload that."}
}

func missing() *Failure {
	return &Failure{Missing, "The uploaded file is no longer there. Please upload it again."}
}

func timedOut() *Failure {
	return &Failure{TimedOut, "This image could not be processed in time. Export it smaller, as an ordinary JPEG, and upload that."}
}
