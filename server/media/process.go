package media

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// settleTime bounds the writing of a failure.
const settleTime = 5 * time.Second

// OnUploadCompleted processes the upload. An upload that has gone with its account is done.
func (s *Service) OnUploadCompleted(ctx context.Context, e UploadCompleted) error {
	err := s.Process(ctx, e.UploadID)
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	return err
}

// Process makes the variants of a completed upload and decides it: ready, or failed with the reason. An image that is at
// fault is no error. An error means that the upload is still processing and the call is worth repeating. One that is
// decided already is left alone, also when two calls run at once.
func (s *Service) Process(ctx context.Context, id uuid.UUID) error {
	row, err := query.New(s.pool).GetUpload(ctx, id)
	if err != nil {
		return found(err)
	}
	switch Status(row.Status) {
	case Ready, Failed:
		return nil
	case Pending:
		return errs.E(errs.Conflict, "This upload is pending: complete it first.")
	}
	began := s.now()
	result, err := s.decide(ctx, row)
	s.observe(result, s.now().Sub(began))
	return err
}

// decide does the work and writes the outcome; result is what the observer hears.
func (s *Service) decide(ctx context.Context, row query.Upload) (result string, err error) {
	made, err := s.work(ctx, row)
	if blameless(ctx, err) {
		return "error", errors.Join(err, s.forgetTry(ctx, row.ID))
	}
	var failure *Failure
	switch {
	case errors.As(err, &failure):
		// The deadline that ended the work must not keep its outcome from being written.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
		defer cancel()
		result, err = failure.Code, s.fail(ctx, row.ID, failure)
	case err == nil:
		result, err = string(Ready), s.finish(ctx, row.ID, made)
	}
	if err != nil {
		return "error", err
	}
	return result, nil
}

// blameless tells that a try says nothing about the image: the storage was away, or the worker was stopped. One that took
// all of its time counts.
func blameless(ctx context.Context, err error) bool {
	return (errs.Is(err, errs.Unavailable) || errors.Is(err, context.Canceled)) && !errors.Is(ctx.Err(), context.DeadlineExceeded)
}

func (s *Service) forgetTry(ctx context.Context, id uuid.UUID) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	return postgres.Translate(query.New(s.pool).ForgetTry(ctx, id))
}

// work fetches, renders and stores, in one of the slots.
func (s *Service) work(ctx context.Context, row query.Upload) (rendering, error) {
	began := s.now()
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return rendering{}, busy(err)
	}
	defer s.slots.Release(1)
	data, err := s.store.fetch(ctx, row.ObjectKey, row.SizeBytes)
	if err != nil {
		return rendering{}, err
	}
	if err := query.New(s.pool).NoteTry(ctx, query.NoteTryParams{ID: row.ID, Now: s.now()}); err != nil {
		return rendering{}, postgres.Translate(err)
	}
	made, err := s.render(ctx, row, data, began)
	if err != nil {
		return rendering{}, err
	}
	var group errgroup.Group
	group.SetLimit(4)
	for _, f := range made.files {
		group.Go(func() error { return s.store.put(ctx, f) })
	}
	return made, group.Wait()
}

// render inspects the original and decodes it when the memory for that is free. When ctx's deadline ends it, the image is
// at fault if most of the time since began went into it; else waiting was, and another try may fare better.
func (s *Service) render(ctx context.Context, row query.Upload, data []byte, began time.Time) (rendering, error) {
	codec, conf, err := inspect(data, row.ContentType)
	if err != nil {
		return rendering{}, err
	}
	bytes := weight(data, conf)
	if err := s.budget.Acquire(ctx, bytes); err != nil {
		return rendering{}, busy(err)
	}
	defer s.budget.Release(bytes)
	turn := s.now()
	made, err := render(ctx, row.ID, data, row.ContentType, codec)
	if errors.Is(err, context.DeadlineExceeded) {
		if s.now().Sub(turn) > turn.Sub(began) {
			return rendering{}, errors.Join(timedOut(), err)
		}
		return rendering{}, busy(err)
	}
	return made, err
}

func (s *Service) finish(ctx context.Context, id uuid.UUID, made rendering) error {
	list := make([]Variant, len(made.files))
	for i, f := range made.files {
		list[i] = f.Variant
	}
	variants, err := json.Marshal(list)
	if err != nil {
		return err
	}
	params := query.FinishReadyParams{ID: id, Width: int32(made.width), Height: int32(made.height), Blurhash: made.blurhash, Variants: variants, Now: s.now()}
	return s.settle(ctx, UploadReady{UploadID: id}, func(q *query.Queries) (int64, error) { return q.FinishReady(ctx, params) })
}

func (s *Service) fail(ctx context.Context, id uuid.UUID, f *Failure) error {
	params := query.FinishFailedParams{ID: id, Code: f.Code, Reason: f.Reason, Now: s.now()}
	return s.settle(ctx, UploadFailed{UploadID: id, Code: f.Code}, func(q *query.Queries) (int64, error) { return q.FinishFailed(ctx, params) })
}

// settle writes the outcome and its event together, unless another call has decided meanwhile.
func (s *Service) settle(ctx context.Context, e events.Event, write func(*query.Queries) (int64, error)) error {
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		n, err := write(query.New(tx))
		if err != nil || n == 0 {
			return err
		}
		return events.Append(ctx, tx, e)
	})
}

func busy(cause error) error {
	return errs.E(errs.Unavailable, "All places for processing images are taken. Please try again.").Because(cause).After(5 * time.Second)
}
