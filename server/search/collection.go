package search

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

func field(name, kind string) api.Field { return api.Field{Name: name, Type: kind} }

func facet(name, kind string) api.Field {
	yes := true
	return api.Field{Name: name, Type: kind, Facet: &yes}
}

// fields of the collection; Typesense 0.24 and later know all that is used here.
func fields() []api.Field {
	return []api.Field{
		field("title", "string"), field("description", "string"), facet("city", "string"), field("region", "string"), field("country", "string"),
		facet("country_code", "string"), facet("property_type", "string"), facet("room_type", "string"), facet("booking_mode", "string"),
		facet("amenities", "string[]"), field("max_guests", "int32"), facet("bedrooms", "int32"), field("beds", "int32"), field("bathrooms", "float"),
		field("location", "geopoint"), field("lat", "int32"), field("lng", "int32"), facet("currency", "string"), field("nightly", "int64"),
		field("approved_at", "int64"), field("stay", "int32[]"),
	}
}

// facetBy are the facets of every answer.
const facetBy = "property_type,room_type,amenities,booking_mode,bedrooms,city,country_code,currency"

// separators cut the words of amenities and types: a guest types "hot tub", not "hot_tub".
var separators = []string{"_"}

// hash tells releases with other fields apart: they get a new collection beside the old one.
func hash(fields []api.Field) string {
	encoded, _ := json.Marshal(append(fields, api.Field{Name: strings.Join(separators, "")})) // plain strings and booleans always encode
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:4])
}

// EnsureCollection makes the collection of this release, fills it, points the alias at it and drops the one that the
// alias pointed at; it gives the collection the synonyms of this release, too. It builds nothing where that is done
// already, and may run in several processes at once: one builds, the others wait. The places to suggest come last. progress is told how many listings are
// done after each batch.
func (s *Service) EnsureCollection(ctx context.Context, progress func(done, total int)) error {
	for {
		serving, err := s.serving(ctx)
		if err != nil {
			return err
		}
		if serving != "" {
			if err := s.teach(ctx, serving); err != nil {
				return err
			}
			return s.RefreshPlaces(ctx)
		}
		var known *errs.Error
		err = s.Rebuild(ctx, progress)
		if err == nil {
			continue // to the synonyms and places
		}
		if !errors.As(err, &known) || known.Code != building {
			return err
		}
		if err := pause(ctx, time.Second); err != nil {
			return err
		}
	}
}

// serving gives the collection that searches go to, when it has the fields of this release and is kept like the record.
func (s *Service) serving(ctx context.Context) (string, error) {
	live, err := s.queries.LiveCollection(ctx, query.LiveCollectionParams{Alias: s.alias, Fields: hash(s.fields)})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", postgres.Translate(err)
	}
	target, err := s.aliased(ctx)
	if err != nil || target != live {
		return "", err
	}
	if there, err := s.exists(ctx, live); err != nil || !there {
		return "", err
	}
	return live, nil
}

// aliased gives the collection that the alias points at; empty: there is no alias.
func (s *Service) aliased(ctx context.Context) (string, error) {
	alias, err := s.client.Alias(s.alias).Retrieve(ctx)
	if answers(err, http.StatusNotFound) {
		return "", nil
	}
	if err != nil {
		return "", translate(err)
	}
	return alias.CollectionName, nil
}

// kept are the collections that this release writes to.
func (s *Service) kept(ctx context.Context) ([]string, error) {
	names, err := s.queries.Collections(ctx, query.CollectionsParams{Alias: s.alias, Fields: hash(s.fields)})
	if err != nil {
		return nil, postgres.Translate(err)
	}
	if len(names) == 0 {
		return nil, away(errors.New("search: no collection has the fields of this release: migrate makes it"))
	}
	return names, nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Ping asks the server whether it serves.
func (s *Service) Ping(ctx context.Context) error {
	ok, err := s.client.Health(ctx, 2*time.Second)
	if err == nil && !ok {
		err = refused(http.StatusServiceUnavailable, "not healthy")
	}
	return translate(err)
}
