package media

import (
	"context"
	"errors"
	"fmt"

	"github.com/minio/minio-go/v7"
)

// EnsureBuckets makes the two buckets and lets everybody read, but not list, the finished photos. It may run any number
// of times, and several times at once.
func (s *Service) EnsureBuckets(ctx context.Context) error {
	for _, bucket := range []string{s.store.originals, s.store.photos} {
		if err := s.store.ensure(ctx, bucket); err != nil {
			return err
		}
	}
	return explain(s.store.inside.SetBucketPolicy(ctx, s.store.photos, readable(s.store.photos)))
}

// Reach tells whether the object storage answers and has the buckets, for readiness.
func (s *Service) Reach(ctx context.Context) error {
	there, err := s.store.inside.BucketExists(ctx, s.store.photos)
	if err == nil && !there {
		return fmt.Errorf("media: the bucket %s does not exist; run rentora migrate", s.store.photos)
	}
	return explain(err)
}

func (s *store) ensure(ctx context.Context, bucket string) error {
	if there, err := s.inside.BucketExists(ctx, bucket); err != nil || there {
		return explain(err)
	}
	err := s.inside.MakeBucket(ctx, bucket, minio.MakeBucketOptions{Region: s.region})
	var answer minio.ErrorResponse
	if errors.As(err, &answer) && answer.Code == minio.BucketAlreadyOwnedByYou {
		return nil // another one was faster
	}
	return explain(err)
}

// readable is a policy that lets anybody fetch an object whose key they know.
func readable(bucket string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::` +
		bucket + `/*"]}]}`
}
