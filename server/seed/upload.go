package seed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/seed/internal/query"
)

// photos brings every picture that is shown through the true upload path once, as the first host; the other hosts share
// it. The answer gives the upload of each file.
func (r *run) photos(ctx context.Context, g *generator) (map[string]uuid.UUID, error) {
	files, err := g.files(r.listings)
	if err != nil {
		return nil, err
	}
	known, err := r.begun(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(files))
	count := &counter{step: "photos", total: len(files), tell: r.Progress}
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(2) // decoding and encoding are what takes time
	for i, file := range files {
		group.Go(func() (err error) {
			if ids[i], err = r.photo(gctx, i, file, known[i]); err == nil {
				count.add(1)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	byFile := make(map[string]uuid.UUID, len(files))
	for i, file := range files {
		byFile[file] = ids[i]
	}
	return byFile, nil
}

// files are the pictures that the first n listings show.
func (g *generator) files(n int) ([]string, error) {
	all, err := fs.Glob(Photos(), "*.jpg")
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for i := 0; i < n && len(used) < len(all) && i < 2*round; i++ { // a style that two rounds do not show, none does
		for _, photo := range g.draft(i).Photos {
			used[photo.File] = true
		}
	}
	if n > 2*round {
		return all, nil
	}
	return slices.DeleteFunc(all, func(file string) bool { return !used[file] }), nil
}

// begun are the uploads that an earlier run announced.
func (r *run) begun(ctx context.Context) (map[int]uuid.UUID, error) {
	rows, err := query.New(r.Pool).Batches(ctx, "photos")
	known := map[int]uuid.UUID{}
	for _, row := range rows {
		if row.Ref != nil {
			known[int(row.First)] = *row.Ref
		}
	}
	return known, postgres.Translate(err)
}

// photo takes the upload that an earlier run announced as far as it is still to go. One whose file may not have arrived is
// given up: the sweep of pending uploads removes it, or has since.
func (r *run) photo(ctx context.Context, n int, file string, begun uuid.UUID) (uuid.UUID, error) {
	if begun != uuid.Nil {
		status, err := r.Media.StatusOf(ctx, begun)
		if err != nil && !errs.Is(err, errs.NotFound) {
			return uuid.Nil, err
		}
		if status == media.Ready || status == media.Processing {
			return begun, r.Media.Process(ctx, begun)
		}
	}
	return r.upload(ctx, n, file, identity.Actor{ID: r.hostID(0), Role: identity.Host})
}

func (r *run) upload(ctx context.Context, n int, file string, as identity.Actor) (uuid.UUID, error) {
	content, err := fs.ReadFile(Photos(), file)
	if err != nil {
		return uuid.Nil, err
	}
	presigned, err := r.Media.Create(ctx, as, media.NewUpload{ContentType: "image/jpeg", SizeBytes: int64(len(content))}, idempotency.Key{})
	if err != nil {
		return uuid.Nil, err
	}
	id := presigned.Upload.ID
	if err := query.New(r.Pool).Note(ctx, query.NoteParams{Step: "photos", First: int32(n), Ref: &id}); err != nil {
		return uuid.Nil, postgres.Translate(err)
	}
	if err := put(ctx, presigned, content); err != nil {
		return uuid.Nil, fmt.Errorf("seed: upload %s: %w", file, err)
	}
	if _, err := r.Media.Complete(ctx, as, id); err != nil {
		return uuid.Nil, err
	}
	return id, r.Media.Process(ctx, id)
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
		if failed := new(url.Error); errors.As(err, &failed) {
			err = fmt.Errorf("%s: %w", request.URL.Host, failed.Err) // the rest of the address is a signature
		}
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 500)) // only for the sentence
		return fmt.Errorf("the object store answered %s: %s", answer.Status, said)
	}
	return nil
}
