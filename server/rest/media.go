package rest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
)

// mediaRoom is what the door asks of media.
type mediaRoom interface {
	Create(ctx context.Context, actor identity.Actor, n media.NewUpload, key idempotency.Key) (media.Presigned, error)
	Complete(ctx context.Context, actor identity.Actor, id uuid.UUID) (media.Upload, error)
	Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (media.Upload, error)
	URL(key string) string
}

// CreateUpload gives out a presigned upload.
func (a *API) CreateUpload(ctx context.Context, req contract.CreateUploadRequestObject) (contract.CreateUploadResponseObject, error) {
	actor := actorOf(ctx)
	body, err := json.Marshal(req.Body)
	if err != nil {
		return nil, err
	}
	key := idempotency.NewKey(actor.ID, deref(req.Params.IdempotencyKey), "createUpload", body)
	p, err := a.Media.Create(ctx, actor, media.NewUpload{ContentType: string(req.Body.ContentType), SizeBytes: req.Body.SizeBytes}, key)
	if err != nil {
		return nil, err
	}
	return contract.CreateUpload201JSONResponse{Success: true, Data: contract.PresignedUpload{Upload: a.uploadOf(p.Upload), UploadUrl: p.URL,
		Method: contract.PresignedUploadMethod(p.Method), Headers: p.Headers, ExpiresAt: p.ExpiresAt}}, nil
}

// GetUpload shows one upload.
func (a *API) GetUpload(ctx context.Context, req contract.GetUploadRequestObject) (contract.GetUploadResponseObject, error) {
	u, err := a.Media.Get(ctx, actorOf(ctx), req.UploadId)
	if err != nil {
		return nil, err
	}
	return contract.GetUpload200JSONResponse{UploadAnswerJSONResponse: a.uploadAnswer(u)}, nil
}

// CompleteUpload starts the processing.
func (a *API) CompleteUpload(ctx context.Context, req contract.CompleteUploadRequestObject) (contract.CompleteUploadResponseObject, error) {
	u, err := a.Media.Complete(ctx, actorOf(ctx), req.UploadId)
	if err != nil {
		return nil, err
	}
	return contract.CompleteUpload200JSONResponse{UploadAnswerJSONResponse: a.uploadAnswer(u)}, nil
}

func (a *API) uploadAnswer(u media.Upload) contract.UploadAnswerJSONResponse {
	return contract.UploadAnswerJSONResponse{Success: true, Data: a.uploadOf(u)}
}

func (a *API) uploadOf(u media.Upload) contract.Upload {
	out := contract.Upload{Id: u.ID, Status: contract.UploadStatus(u.Status), ContentType: contract.ImageType(u.ContentType),
		SizeBytes: u.SizeBytes, Width: optional(u.Width), Height: optional(u.Height), Blurhash: optional(u.Blurhash),
		Variants: a.variantsOf(u.Variants), CreatedAt: u.CreatedAt}
	if u.Failure.Code != "" {
		out.Failure = &contract.UploadFailure{Code: u.Failure.Code, Message: u.Failure.Reason}
	}
	return out
}

// variantsOf serves every answer that shows photos.
func (a *API) variantsOf(list []media.Variant) []contract.Variant {
	return each(list, func(v media.Variant) contract.Variant {
		return contract.Variant{Name: v.Name, Format: contract.VariantFormat(v.Format), Width: v.Width, Height: v.Height, Bytes: v.Bytes, Url: a.Media.URL(v.Key)}
	})
}
