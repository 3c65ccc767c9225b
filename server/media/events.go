package media

import "github.com/google/uuid"

// UploadCompleted says that an upload's bytes are there; processing starts.
type UploadCompleted struct {
	UploadID uuid.UUID `json:"upload_id"`
}

// EventType names it.
func (UploadCompleted) EventType() string { return "media.upload_completed" }

// EventKey orders by upload.
func (e UploadCompleted) EventKey() string { return e.UploadID.String() }

// UploadReady says that an upload's variants can be shown.
type UploadReady struct {
	UploadID uuid.UUID `json:"upload_id"`
}

// EventType names it.
func (UploadReady) EventType() string { return "media.upload_ready" }

// EventKey orders by upload.
func (e UploadReady) EventKey() string { return e.UploadID.String() }

// UploadFailed says that an upload will not become a photo, with the Failure's code.
type UploadFailed struct {
	UploadID uuid.UUID `json:"upload_id"`
	Code     string    `json:"code"`
}

// EventType names it.
func (UploadFailed) EventType() string { return "media.upload_failed" }

// EventKey orders by upload.
func (e UploadFailed) EventKey() string { return e.UploadID.String() }
