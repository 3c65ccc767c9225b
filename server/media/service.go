package media

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/semaphore"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Service is the photographs' room. It is safe for concurrent use.
type Service struct {
	pool    *pgxpool.Pool
	store   *store
	now     func() time.Time
	slots   *semaphore.Weighted // images processed at once
	budget  *semaphore.Weighted // bytes that decoding may take
	observe Observer
}

// Observer hears of every image that was processed: "ready", the code of a Failure, or "error" for one that will be
// tried again. It is called from several goroutines.
type Observer func(result string, took time.Duration)

// Option changes a Service.
type Option func(*Service)

// Observed sets who hears of processed images.
func Observed(by Observer) Option { return func(s *Service) { s.observe = by } }

// New makes the room; slots bounds how many images are processed at once. It opens no connection.
func New(pool *pgxpool.Pool, c config.S3, slots int, now func() time.Time, options ...Option) (*Service, error) {
	store, err := newStore(c)
	if err != nil {
		return nil, err
	}
	s := &Service{pool: pool, store: store, now: now, slots: semaphore.NewWeighted(int64(max(1, slots))),
		budget: semaphore.NewWeighted(decodeBudget), observe: func(string, time.Duration) {}}
	for _, o := range options {
		o(s)
	}
	return s, nil
}

// URL gives the address of a variant's key for browsers.
func (s *Service) URL(key string) string { return s.store.base + "/" + key }

// Get gives an upload to its owner and to admins; for everybody else there is none.
func (s *Service) Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (Upload, error) {
	row, err := query.New(s.pool).GetUpload(ctx, id)
	if err != nil {
		return Upload{}, found(err)
	}
	if row.OwnerID != actor.ID && !actor.IsAdmin() {
		return Upload{}, noUpload()
	}
	return uploadOf(row)
}

func uploadOf(row query.Upload) (Upload, error) {
	variants, err := DecodeVariants(row.Variants)
	if err != nil {
		return Upload{}, err
	}
	u := Upload{ID: row.ID, OwnerID: row.OwnerID, ContentType: row.ContentType, SizeBytes: row.SizeBytes, Status: Status(row.Status),
		Failure: Failure{row.FailureCode, row.FailureReason}, Blurhash: row.Blurhash, Variants: variants, Version: row.Version,
		CreatedAt: row.CreatedAt, objectKey: row.ObjectKey}
	if row.Width != nil && row.Height != nil {
		u.Width, u.Height = int(*row.Width), int(*row.Height)
	}
	return u, nil
}

// found translates a query's error.
func found(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return noUpload()
	}
	return postgres.Translate(err)
}

func noUpload() error { return errs.E(errs.NotFound, "There is no such upload.") }
