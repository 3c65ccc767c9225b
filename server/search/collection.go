package search

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"github.com/typesense/typesense-go/v2/typesense/api"
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

// collectionName carries a hash of the fields: a release that changes them gets a new collection beside the old one.
func collectionName(alias string, fields []api.Field) string {
	encoded, _ := json.Marshal(fields) // plain strings and booleans always encode
	sum := sha256.Sum256(encoded)
	return alias + "_" + hex.EncodeToString(sum[:4])
}

// EnsureCollection makes the collection of this release, fills it, points the alias at it and drops the one that the
// alias pointed at. It changes nothing where that is done already, and may run in several processes at once. progress is
// told how many listings are done after each batch.
//
// Nothing is lost while workers of the old release still run: they write to the old collection until it is dropped, and
// what they wrote there meanwhile is read from the record once more after that; later events wait for new workers.
func (s *Service) EnsureCollection(ctx context.Context, progress func(done, total int)) error {
	current, err := s.client.Alias(s.alias).Retrieve(ctx)
	if err != nil && !answers(err, http.StatusNotFound) {
		return translate(err)
	}
	if err == nil && current.CollectionName == s.collection {
		return nil
	}
	if err := s.createCollection(ctx); err != nil {
		return translate(err)
	}
	if err := s.Reindex(ctx, progress); err != nil {
		return err
	}
	if _, err := s.client.Aliases().Upsert(ctx, s.alias, &api.CollectionAliasSchema{CollectionName: s.collection}); err != nil {
		return translate(err)
	}
	if current == nil {
		return nil
	}
	if _, err := s.client.Collection(current.CollectionName).Delete(ctx); err != nil && !answers(err, http.StatusNotFound) {
		return translate(err)
	}
	return s.Reindex(ctx, progress)
}

// createCollection leaves one that is there as it is: its name says what is in it.
func (s *Service) createCollection(ctx context.Context) error {
	_, err := s.client.Collections().Create(ctx, &api.CollectionSchema{Name: s.collection, Fields: s.fields})
	if answers(err, http.StatusConflict) {
		return nil
	}
	return err
}

// Ping asks the server whether it serves.
func (s *Service) Ping(ctx context.Context) error {
	ok, err := s.client.Health(ctx, 2*time.Second)
	if err == nil && !ok {
		err = refused(http.StatusServiceUnavailable, "not healthy")
	}
	return translate(err)
}
