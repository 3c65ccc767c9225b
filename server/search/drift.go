package search

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

// Difference is a way in which a document is not what the record says.
type Difference string

// The differences.
const (
	Missing   Difference = "missing"    // the listing must be found and is not in the index
	Stale     Difference = "stale"      // something about it is older than the record
	WrongDays Difference = "wrong_days" // only the days on which a stay may start are
	Extra     Difference = "extra"      // it is in the index and must not be found
)

// Differences are all of them, in the order of a report.
var Differences = []Difference{Missing, Stale, WrongDays, Extra}

// Drift is how the index differs from the record.
type Drift struct {
	Checked  int // listings and documents that were compared
	Counts   map[Difference]int
	Examples map[Difference][]string // at most maxExamples each
	Repaired int
}

const (
	maxExamples = 5
	// grace is how long an event may need from the record to the index before a difference is one.
	grace = 2 * time.Second
	// midnight is how old the day of a document may be when it has just passed.
	midnight = 10 * time.Minute
	// checkBatch is how many documents are compared at once; the server gives at most 250 a page.
	checkBatch = 250
	// gather is how many differences a check looks at again at once.
	gather = 5_000
)

// Total is the number of documents that differ.
func (d Drift) Total() (n int) {
	for _, count := range d.Counts {
		n += count
	}
	return n
}

func (d *Drift) add(ids []uuid.UUID, differing map[string]Difference) {
	for _, id := range ids {
		if kind := differing[id.String()]; kind != "" {
			d.count(id.String(), kind)
		}
	}
}

func (d *Drift) count(id string, kind Difference) {
	if d.Counts == nil {
		d.Counts, d.Examples = map[Difference]int{}, map[Difference][]string{}
	}
	if d.Counts[kind]++; len(d.Examples[kind]) < maxExamples {
		d.Examples[kind] = append(d.Examples[kind], id)
	}
}

// compare tells which of some listings differ from their documents, at most checkBatch.
func (s *Service) compare(ctx context.Context, ids []uuid.UUID) (map[string]Difference, error) {
	now := s.now()
	// Two days back is before today in every zone.
	rows, err := s.queries.Sources(ctx, query.SourcesParams{Ids: ids, Since: date.In(now, time.UTC) - 2})
	if err != nil {
		return nil, postgres.Translate(err)
	}
	have, err := s.documents(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]Difference{}
	for _, row := range rows {
		id := row.ID.String()
		kind, err := differs(row, have[id], now)
		delete(have, id)
		if err != nil {
			slog.ErrorContext(ctx, "a listing cannot be indexed", "listing_id", id, "error", err)
			continue
		}
		if kind != "" {
			out[id] = kind
		}
	}
	for id := range have {
		out[id] = Extra
	}
	return out, nil
}

// differs compares a listing with its document; nil is none.
func differs(row query.SourcesRow, have *document, now time.Time) (Difference, error) {
	want, err := documentOf(row, now)
	if err != nil || have == nil {
		return Missing, err
	}
	if equal(want, *have) {
		return "", nil
	}
	days := want.Stay
	want.Stay = have.Stay
	if !equal(want, *have) {
		return Stale, nil
	}
	before, err := documentOf(row, now.Add(-midnight))
	if err == nil && slices.Equal(before.Stay, have.Stay) || slices.Equal(days, have.Stay) {
		return "", nil
	}
	return WrongDays, err
}

func equal(a, b document) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// documents gives what the index holds of some listings, at most checkBatch, by id.
func (s *Service) documents(ctx context.Context, ids []uuid.UUID) (map[string]*document, error) {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	request := map[string]any{"searches": []any{map[string]any{"collection": s.alias, "q": "*", "filter_by": "id:[" + strings.Join(names, ",") + "]",
		"per_page": checkBatch, "highlight_fields": "none"}}}
	var answer struct {
		Results []struct {
			Found *int
			Code  int
			Error string
			Hits  []struct{ Document document }
		}
	}
	if err := s.call(ctx, http.MethodPost, "/multi_search", request, &answer); err != nil {
		return nil, translate(err)
	}
	if len(answer.Results) != 1 {
		return nil, translate(fmt.Errorf("search: %d answers to one search", len(answer.Results)))
	}
	if one := answer.Results[0]; one.Found == nil {
		return nil, translate(refused(one.Code, one.Error))
	}
	out := make(map[string]*document, len(ids))
	for _, hit := range answer.Results[0].Hits {
		out[hit.Document.ID] = &hit.Document
	}
	return out, nil
}
