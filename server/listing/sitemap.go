package listing

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/listing/internal/query"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// Entry is a live listing as a sitemap has it.
type Entry struct {
	ID        uuid.UUID
	UpdatedAt time.Time
}

const longestSitemap = 1000 // entries of a page, and those of one that asks for no number

// Sitemap gives everybody a page of the live listings, the oldest first.
func (s *Service) Sitemap(ctx context.Context, req page.Request) (page.Page[Entry], error) {
	req.Limit, req.Most = cmp.Or(req.Limit, longestSitemap), longestSitemap
	p, err := page.Keyset(ctx, req, s.sitemap, func(e Entry) uuid.UUID { return e.ID })
	return p, postgres.Translate(err)
}

// sitemap is a page.Fetch.
func (s *Service) sitemap(ctx context.Context, key *uuid.UUID, back bool, n int) (found []Entry, err error) {
	q, from := query.New(s.pool), uuid.Nil
	if key != nil {
		from = *key
	}
	if back {
		rows, err := q.SitemapBefore(ctx, query.SitemapBeforeParams{Key: from, N: int32(n)})
		for _, r := range rows {
			found = append(found, Entry{r.ID, r.UpdatedAt.UTC()})
		}
		return found, err
	}
	rows, err := q.SitemapAfter(ctx, query.SitemapAfterParams{Key: from, N: int32(n)})
	for _, r := range rows {
		found = append(found, Entry{r.ID, r.UpdatedAt.UTC()})
	}
	return found, err
}
