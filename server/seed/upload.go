package seed

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"sync/atomic"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
)

// photoPool knows the upload of each file for each host.
type photoPool struct {
	byFile map[string]map[uuid.UUID]uuid.UUID
}

func (p *photoPool) of(file string, host uuid.UUID) uuid.UUID { return p.byFile[file][host] }

// photos brings every picture through the true upload path once, as the first host, and lets the other hosts share it.
func (l *Loader) photos(ctx context.Context, hosts []identity.User) (*photoPool, error) {
	files, err := fs.Glob(Photos(), "*.jpg")
	if err != nil {
		return nil, err
	}
	owners := make([]uuid.UUID, len(hosts))
	for i, h := range hosts {
		owners[i] = h.ID
	}
	shared := make([]map[uuid.UUID]uuid.UUID, len(files))
	var done atomic.Int64
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(2) // decoding and encoding are what takes time
	for i, file := range files {
		g.Go(func() (err error) {
			shared[i], err = l.photo(gctx, file, identity.Actor{ID: owners[0], Role: identity.Host}, owners)
			l.Progress("photos", int(done.Add(1)), len(files))
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	pool := &photoPool{byFile: map[string]map[uuid.UUID]uuid.UUID{}}
	for i, file := range files {
		pool.byFile[file] = shared[i]
	}
	return pool, nil
}

func (l *Loader) photo(ctx context.Context, file string, as identity.Actor, owners []uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	content, err := fs.ReadFile(Photos(), file)
	if err != nil {
		return nil, err
	}
	presigned, err := l.Media.Create(ctx, as, media.NewUpload{ContentType: "image/jpeg", SizeBytes: int64(len(content))}, idempotency.Key{})
	if err != nil {
		return nil, err
	}
	if err := put(ctx, presigned, content); err != nil {
		return nil, fmt.Errorf("seed: upload %s: %w", file, err)
	}
	if _, err := l.Media.Complete(ctx, as, presigned.Upload.ID); err != nil {
		return nil, err
	}
	if err := l.Media.Process(ctx, presigned.Upload.ID); err != nil {
		return nil, err
	}
	ids, err := l.Media.Adopt(ctx, presigned.Upload.ID, owners)
	if err != nil {
		return nil, fmt.Errorf("seed: share %s: %w", file, err)
	}
	byHost := make(map[uuid.UUID]uuid.UUID, len(owners))
	for i, owner := range owners {
		byHost[owner] = ids[i]
	}
	return byHost, nil
}

func put(ctx context.Context, p media.Presigned, content []byte) error {
	request, err := http.NewRequestWithContext(ctx, p.Method, p.URL, bytes.NewReader(content))
	if err != nil {
		return err
	}
	for name, value := range p.Headers {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 500)) // only for the sentence
		return fmt.Errorf("the object store answered %s: %s", answer.Status, said)
	}
	return nil
}
