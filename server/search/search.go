// Package search finds stays in Typesense and keeps the index like the record in Postgres.
package search

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/postgres"
)

// Search answers a page of hits with facets. A query that contradicts itself is Invalid; a search server that is away or
// still loading is Unavailable, code search_unavailable.
func (s *Service) Search(ctx context.Context, q Query) (Result, error) {
	began := s.now()
	r, err := s.page(ctx, q)
	s.watch(q.kind(), began, err)
	return r, err
}

func (s *Service) page(ctx context.Context, q Query) (Result, error) {
	q.today = earliestToday(s.now())
	if err := q.validate(q.today); err != nil {
		return Result{}, err
	}
	number, err := q.pageNumber()
	if err != nil {
		return Result{}, err
	}
	found, err := s.ask(ctx, q.searches(s.alias, number))
	if err != nil {
		return Result{}, err
	}
	r := Result{Found: *found[0].Found, Limit: q.limit(), Facets: facetsOf(found)}
	if number > 1 {
		r.Prev = q.cursor(number - 1)
	}
	if reach := number * q.limit(); reach < r.Found && reach < MaxDepth {
		r.Next = q.cursor(number + 1)
	}
	r.Hits, err = s.hits(ctx, q, found[0].matches())
	return r, err
}

// hits dresses the matches of a page with what the record says now, in one query for the page.
func (s *Service) hits(ctx context.Context, q Query, matches []match) ([]Hit, error) {
	if len(matches) == 0 {
		return nil, nil
	}
	ids := make([]uuid.UUID, len(matches))
	for i, m := range matches {
		ids[i] = m.ID
	}
	rows, err := s.queries.Cards(ctx, ids)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	cards := cardsOf(rows)
	hits := make([]Hit, 0, len(matches))
	for _, m := range matches {
		card, ok := cards[m.ID]
		if !ok {
			continue // gone since it was indexed
		}
		hit, err := hitOf(card, q, q.fitting(m.Stay))
		if err != nil {
			return nil, err
		}
		hits = append(hits, hit)
	}
	return hits, nil
}

// facetsOf takes the counts of a field from its own search where there is one.
func facetsOf(found []found) []Facet {
	var out []Facet
	for _, f := range found {
		for _, c := range f.FacetCounts {
			one := Facet{Field: c.FieldName, Counts: c.Counts}
			if i := slices.IndexFunc(out, func(o Facet) bool { return o.Field == one.Field }); i >= 0 {
				out[i] = one
			} else {
				out = append(out, one)
			}
		}
	}
	return out
}
