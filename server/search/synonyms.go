package search

import (
	"context"
	_ "embed" // the words are data
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
)

// synonymData are groups of words that mean the same to a guest: who types one of them finds the others. The key names the
// group. Amenities and types stand in them as their documents have them, with spaces.
//
//go:embed synonyms.json
var synonymData []byte

// nameData are places by the name that their people use, with the names that they have abroad. Names that differ in accents
// alone need no entry.
//
//go:embed names.json
var nameData []byte

// synonym is a group as the search server takes it.
type synonym struct {
	ID    string   `json:"id"`
	Words []string `json:"synonyms"`
}

// synonyms are the groups of this release, in a fixed order.
func synonyms() ([]synonym, error) {
	words, err := groups(synonymData)
	if err != nil {
		return nil, err
	}
	names, err := groups(nameData)
	if err != nil {
		return nil, err
	}
	var out []synonym
	for _, id := range slices.Sorted(maps.Keys(words)) {
		out = append(out, synonym{ID: id, Words: words[id]})
	}
	for i, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, synonym{ID: fmt.Sprintf("place-%03d", i), Words: append([]string{name}, names[name]...)})
	}
	return out, nil
}

func groups(data []byte) (map[string][]string, error) {
	var out map[string][]string
	err := json.Unmarshal(data, &out)
	return out, err
}

// teach gives a collection the synonyms of this release and takes others from it. Servers since version 30 keep them in
// sets beside the collections, older ones in the collection: the server is asked which it knows.
func (s *Service) teach(ctx context.Context, collection string) error {
	all, err := synonyms()
	if err != nil {
		return err
	}
	err = s.call(ctx, http.MethodGet, "/synonym_sets", nil, nil)
	if answers(err, http.StatusNotFound) {
		return s.teachCollection(ctx, collection, all)
	}
	if err != nil {
		return translate(err)
	}
	return s.teachSet(ctx, collection, all)
}

// teachSet serves every collection of the alias with one set.
func (s *Service) teachSet(ctx context.Context, collection string, all []synonym) error {
	if err := s.call(ctx, http.MethodPut, "/synonym_sets/"+s.alias, map[string]any{"items": all}, nil); err != nil {
		return translate(err)
	}
	return translate(s.call(ctx, http.MethodPatch, "/collections/"+collection, map[string]any{"synonym_sets": []string{s.alias}}, nil))
}

func (s *Service) teachCollection(ctx context.Context, collection string, all []synonym) error {
	path := "/collections/" + collection + "/synonyms"
	var known struct{ Synonyms []synonym }
	if err := s.call(ctx, http.MethodGet, path, nil, &known); err != nil {
		return translate(err)
	}
	same := func(a synonym) func(synonym) bool {
		return func(b synonym) bool { return a.ID == b.ID && slices.Equal(a.Words, b.Words) }
	}
	for _, one := range all {
		if slices.ContainsFunc(known.Synonyms, same(one)) {
			continue
		}
		if err := s.call(ctx, http.MethodPut, path+"/"+one.ID, one, nil); err != nil {
			return translate(err)
		}
	}
	for _, one := range known.Synonyms {
		if slices.ContainsFunc(all, func(b synonym) bool { return b.ID == one.ID }) {
			continue
		}
		if err := s.call(ctx, http.MethodDelete, path+"/"+url.PathEscape(one.ID), nil, nil); err != nil && !answers(err, http.StatusNotFound) {
			return translate(err)
		}
	}
	return nil
}
