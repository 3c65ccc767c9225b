package search

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/postgres"
)

// maxPlaces bounds the gazetteer: those with the most listings are in it.
const maxPlaces = 50_000

func placeFields() []api.Field {
	return []api.Field{
		field("names", "string[]"), field("around", "string[]"), field("listings", "int32"),
	}
}

// placesAlias is where suggestions are looked up.
func (s *Service) placesAlias() string { return s.alias + "_places" }

// RefreshPlaces brings the suggested places to what the record says: it counts them in one statement and writes those that
// changed. The scheduler calls it every minute; it may be called at any time. Two at once may leave the older count until
// the next call.
func (s *Service) RefreshPlaces(ctx context.Context) error {
	rows, err := s.queries.Places(ctx, maxPlaces)
	if err != nil {
		return postgres.Translate(err)
	}
	foreign, err := foreignNames()
	if err != nil {
		return err
	}
	want := make(map[string]placeDocument, len(rows))
	for _, row := range rows {
		d := placeDocumentOf(row, foreign)
		want[d.ID] = d
	}
	name := s.placesAlias() + "_" + hash(placeFields())
	if err := s.createPlaces(ctx, name); err != nil {
		return err
	}
	if err := s.writePlaces(ctx, name, want); err != nil {
		return err
	}
	return s.swapPlaces(ctx, name)
}

func (s *Service) createPlaces(ctx context.Context, name string) error {
	_, err := s.client.Collection(name).Retrieve(ctx)
	if !answers(err, http.StatusNotFound) {
		return translate(err)
	}
	_, err = s.client.Collections().Create(ctx, &api.CollectionSchema{Name: name, Fields: placeFields()})
	if err != nil && !answers(err, http.StatusConflict) {
		return translate(err)
	}
	return s.teach(ctx, name)
}

// writePlaces changes what differs.
func (s *Service) writePlaces(ctx context.Context, collection string, want map[string]placeDocument) error {
	gone, err := s.unchanged(ctx, collection, want)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(gone, 80) { // the address of a request is limited to 4,000 characters
		filter := "id:[" + strings.Join(some, ",") + "]"
		if _, err := s.client.Collection(collection).Documents().Delete(ctx, &api.DeleteDocumentsParams{FilterBy: &filter, BatchSize: ref(len(some))}); err != nil {
			return translate(err)
		}
	}
	lines := make([]string, 0, len(want))
	for _, d := range want {
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		lines = append(lines, string(line))
	}
	for some := range slices.Chunk(lines, reindexBatch) {
		refused, err := s.upsert(ctx, collection, some)
		if err != nil {
			return err
		}
		if len(refused) > 0 {
			return refused.err()
		}
	}
	return nil
}

// unchanged takes the places out of want that are in the collection just so, and gives the ids of those that must go.
func (s *Service) unchanged(ctx context.Context, collection string, want map[string]placeDocument) (gone []string, err error) {
	lines, err := s.stream(ctx, "/collections/"+collection+"/documents/export")
	if err != nil {
		return nil, translate(err)
	}
	defer lines.Close()
	scanner := bufio.NewScanner(lines)
	for scanner.Scan() {
		var have placeDocument
		if err := json.Unmarshal(scanner.Bytes(), &have); err != nil {
			return nil, translate(err)
		}
		d, wanted := want[have.ID]
		switch {
		case !wanted:
			gone = append(gone, have.ID)
		case slices.Equal(d.Names, have.Names) && slices.Equal(d.Around, have.Around) && d.Listings == have.Listings && d.Centre == have.Centre && d.Box == have.Box:
			delete(want, have.ID)
		}
	}
	return gone, translate(scanner.Err())
}

// swapPlaces points the alias at the collection of this release and drops the one of another.
func (s *Service) swapPlaces(ctx context.Context, name string) error {
	old, err := s.client.Alias(s.placesAlias()).Retrieve(ctx)
	switch {
	case err == nil && old.CollectionName == name:
		return nil
	case err != nil && !answers(err, http.StatusNotFound):
		return translate(err)
	}
	if _, err := s.client.Aliases().Upsert(ctx, s.placesAlias(), &api.CollectionAliasSchema{CollectionName: name}); err != nil {
		return translate(err)
	}
	if old == nil {
		return nil
	}
	return s.drop(ctx, old.CollectionName)
}

// foreignNames gives the other names of a place by each of its names, in lower case.
func foreignNames() (map[string][]string, error) {
	all, err := groups(nameData)
	if err != nil {
		return nil, err
	}
	out := map[string][]string{}
	for name, others := range all {
		names := append([]string{name}, others...)
		for i, one := range names {
			out[strings.ToLower(one)] = slices.Concat(names[:i], names[i+1:])
		}
	}
	return out, nil
}
