package search

import (
	"context"
	"fmt"
	"net/http"

	"github.com/google/uuid"
	"github.com/typesense/typesense-go/v2/typesense/api"
)

// searches gives what is asked at once: the page with its facets and, for each field of which several values may be
// ticked, the counts without that field's condition: a guest who ticked one value wants to know how many the others have.
func (q Query) searches(alias string, number int) []api.MultiSearchCollectionParameters {
	all := []api.MultiSearchCollectionParameters{q.search(alias, facetBy, number, q.limit())}
	without := q
	if without.PropertyTypes = nil; len(q.PropertyTypes) > 0 {
		all = append(all, without.search(alias, "property_type", 1, 0))
	}
	without = q
	if without.RoomTypes = nil; len(q.RoomTypes) > 0 {
		all = append(all, without.search(alias, "room_type", 1, 0))
	}
	return all
}

func (q Query) search(alias, facets string, number, perPage int) api.MultiSearchCollectionParameters {
	text := q.Text
	if text == "" {
		text = "*"
	}
	one := api.MultiSearchCollectionParameters{Collection: alias, Q: &text, QueryBy: ref("title,city,region,country,property_type,amenities,description"),
		QueryByWeights: ref("4,5,3,3,2,2,1"), SortBy: ref(q.sortBy()), FacetBy: &facets, MaxFacetValues: ref(50), Page: &number, PerPage: &perPage,
		IncludeFields: ref(q.fields()), HighlightFields: ref("none")}
	if filter := q.filter(); filter != "" {
		one.FilterBy = &filter
	}
	return one
}

// fields are those that a hit brings along: what it shows comes from the record.
func (q Query) fields() string {
	if q.FlexibleDays > 0 {
		return "id,stay"
	}
	return "id"
}

// found is the answer to one search; Found is nil when it failed.
type found struct {
	Found *int
	Hits  []struct {
		Document struct {
			ID   string
			Stay []int32
		}
	}
	FacetCounts []struct {
		FieldName string `json:"field_name"`
		Counts    []Count
	} `json:"facet_counts"`
	Code  int
	Error string
}

// match is what the index says about a hit.
type match struct {
	ID   uuid.UUID
	Stay []int32 // only of a search with flexible days
}

// ask sends searches as one request, in its body: an address is limited to 4,000 characters. The library would decode the
// answer once more than is needed.
func (s *Service) ask(ctx context.Context, searches []api.MultiSearchCollectionParameters) ([]found, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	var answer struct{ Results []found }
	if err := s.call(ctx, http.MethodPost, "/multi_search", api.MultiSearchSearchesParameter{Searches: searches}, &answer); err != nil {
		return nil, translate(err)
	}
	if len(answer.Results) != len(searches) {
		return nil, translate(fmt.Errorf("search: %d answers to %d searches", len(answer.Results), len(searches)))
	}
	for _, f := range answer.Results {
		if f.Found == nil { // a part that fails does so without failing the whole
			return nil, translate(refused(f.Code, f.Error))
		}
	}
	return answer.Results, nil
}

// matches leaves out a document that is none of ours.
func (f found) matches() []match {
	matches := make([]match, 0, len(f.Hits))
	for _, hit := range f.Hits {
		if id, err := uuid.Parse(hit.Document.ID); err == nil {
			matches = append(matches, match{ID: id, Stay: hit.Document.Stay})
		}
	}
	return matches
}

func ref[T any](v T) *T { return &v }
