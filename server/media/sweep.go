package media

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/rentora/rentora/server/media/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// SweepPending deletes uploads that were begun before a moment and never completed, the oldest first and at most limit,
// and tells how many. It must be longer ago than an upload may take.
func (s *Service) SweepPending(ctx context.Context, before time.Time, limit int) (int, error) {
	n, err := query.New(s.pool).SweepPending(ctx, query.SweepPendingParams{Before: before, N: int32(limit)})
	return int(n), postgres.Translate(err)
}

// Orphans walks over the objects, a piece at each call, and removes those that no upload needs: originals of failed and
// abandoned uploads, variants of uploads that failed half way or went with their account. Where it is
// stands in the database: it goes on there after a restart. It is not safe for concurrent use.
type Orphans struct {
	media   *Service
	buckets []string
}

// Orphans goes on with the walk through both buckets.
func (s *Service) Orphans() *Orphans {
	return &Orphans{media: s, buckets: []string{s.store.originals, s.store.photos}}
}

// Sweep looks at the next objects, at most limit in each bucket, removes the orphans among those that were stored before
// a moment, and tells how many. After the last object it begins anew. An object that came a moment ago may belong to an
// upload that is being worked on; one without an upload has none for ever, because keys are never used again.
func (o *Orphans) Sweep(ctx context.Context, before time.Time, limit int) (removed int, err error) {
	for _, bucket := range o.buckets {
		n, failed := o.piece(ctx, bucket, before, limit)
		removed += n
		err = errors.Join(err, failed)
	}
	return removed, err
}

func (o *Orphans) piece(ctx context.Context, bucket string, before time.Time, limit int) (removed int, err error) {
	q := query.New(o.media.pool)
	after, err := q.WalkedTo(ctx, bucket)
	if err != nil {
		return 0, postgres.Translate(err)
	}
	objects, err := o.media.store.list(ctx, bucket, after, limit)
	if err != nil {
		return 0, err
	}
	old := map[string][]string{} // by the key of the original that they belong to
	for _, object := range objects {
		if original, ours := originalOf(object.Key); ours && object.LastModified.Before(before) {
			old[original] = append(old[original], object.Key)
		}
	}
	if removed, err = o.remove(ctx, bucket, old); err != nil {
		return removed, err
	}
	after = ""
	if len(objects) == limit {
		after = objects[limit-1].Key
	}
	return removed, postgres.Translate(q.WalkOn(ctx, query.WalkOnParams{Bucket: bucket, After: after}))
}

func (o *Orphans) remove(ctx context.Context, bucket string, old map[string][]string) (removed int, err error) {
	keys := make([]string, 0, len(old))
	for original := range old {
		keys = append(keys, original)
	}
	needed, err := query.New(o.media.pool).NeededObjects(ctx, keys)
	if err != nil {
		return 0, postgres.Translate(err)
	}
	for _, original := range needed {
		delete(old, original)
	}
	for _, orphans := range old {
		for _, key := range orphans {
			if err := o.media.store.inside.RemoveObject(ctx, bucket, key, minio.RemoveObjectOptions{}); err != nil {
				return removed, explain(err)
			}
			removed++
		}
	}
	return removed, nil
}

// originalOf gives the original's key of an object: of itself, or of what a variant was made of. Both carry the id of the
// upload that made them. An object with another name is not ours to judge.
func originalOf(key string) (original string, ours bool) {
	kind, rest, _ := strings.Cut(key, "/")
	id, _, _ := strings.Cut(rest, "/")
	return "originals/" + id, id != "" && (kind == "originals" || kind == "photos")
}

// list gives the next objects of a bucket in the order of their keys, at most limit.
func (s *store) list(ctx context.Context, bucket, after string, limit int) ([]minio.ObjectInfo, error) {
	ctx, cancel := context.WithCancel(ctx) // ends the listing when there is enough
	defer cancel()
	var objects []minio.ObjectInfo
	for object := range s.inside.ListObjects(ctx, bucket, minio.ListObjectsOptions{Recursive: true, StartAfter: after, MaxKeys: limit}) {
		if object.Err != nil {
			return nil, explain(object.Err)
		}
		if objects = append(objects, object); len(objects) == limit {
			break
		}
	}
	return objects, nil
}
