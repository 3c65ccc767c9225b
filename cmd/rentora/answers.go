package main

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/cache"
)

// The stores of answers, and the group under which all searches are dropped together.
const (
	detailAnswers = "detail"
	searchAnswers = "search"
	everySearch   = "all"
)

// keepAnswers makes the stores that the configuration asks for. A detail is never seen after its change; a page of
// results may be a second old, because anything that is indexed may change it.
func (p *program) keepAnswers() (details, searches *cache.Store, err error) {
	bytes := uint64(p.config.Cache.Bytes)
	switch p.config.Cache.Mode {
	case "off":
		return nil, nil, nil
	case "redis":
		bytes = 0
	}
	details, err = p.bus.Store(cache.Options{Name: detailAnswers, Bytes: bytes / 2, Fresh: 30 * time.Second, Stale: time.Minute})
	if err != nil {
		return nil, nil, err
	}
	searches, err = p.bus.Store(cache.Options{Name: searchAnswers, Bytes: bytes / 2, Fresh: 10 * time.Second, Stale: 20 * time.Second,
		Tolerance: time.Second, Group: func(string) string { return everySearch }})
	return details, searches, err
}

// forgetListing drops a listing's detail everywhere.
func (p *program) forgetListing(ctx context.Context, id uuid.UUID) error {
	return p.bus.Drop(ctx, detailAnswers, id.String())
}

// forgetSearches drops every page of results. Its failure only lets them live until they are too old.
func (p *program) forgetSearches(ctx context.Context) {
	_ = p.bus.Drop(ctx, searchAnswers, everySearch)
}
