package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/typesense/typesense-go/v2/typesense"
	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

// Service searches the index and keeps it like the record. It is safe for concurrent use.
type Service struct {
	client  *typesense.Client
	nodes   *nodes
	pool    *pgxpool.Pool
	queries *query.Queries
	alias   string // where searches go
	fields  []api.Field
	timeout time.Duration
	grace   time.Duration // before a difference is drift
	now     func() time.Time
	observe Observer
	changed func(context.Context) // after documents were written or deleted
}

// New makes the service; nothing is asked of the server yet.
func New(pool *pgxpool.Pool, c config.Typesense, now func() time.Time, options ...Option) (*Service, error) {
	client, nodes, err := open(c)
	if err != nil {
		return nil, err
	}
	s := &Service{client: client, nodes: nodes, pool: pool, queries: query.New(pool), alias: c.Collection, fields: fields(),
		timeout: c.Timeout, grace: grace, now: now, observe: func(Kind, time.Duration) {},
		changed: func(context.Context) {}}
	for _, option := range options {
		option(s)
	}
	return s, nil
}

// Index brings the documents of some listings to what the record says: written when the listing is live and has a price,
// else deleted. It may be called at any time, twice, and for one listing from several places at once.
func (s *Service) Index(ctx context.Context, ids ...uuid.UUID) error {
	return s.settle(ctx, ids)
}

// maxRounds bounds how often a listing that keeps changing under our hands is written again.
const maxRounds = 5

// settle writes documents to every collection that is kept. They are looked up before the record is read: a collection
// that is announced later is filled by a reading that is later, too.
func (s *Service) settle(ctx context.Context, ids []uuid.UUID) error {
	return s.settleIn(ctx, ids, s.kept)
}

// settleIn writes documents until the record read after a write is what was written. Two writers at once may finish in any
// order: the one whose write lands last reads the record after it, sees a difference if its own reading was old, and
// writes again. So a stale document never stays, without a lock around a network call. The error is leftOut when all
// others are written.
func (s *Service) settleIn(ctx context.Context, ids []uuid.UUID, collections func(context.Context) ([]string, error)) error {
	var last error
	var in []string
	var written map[string]string
	broken := map[uuid.UUID]error{} // of all rounds: later ones read only what changed
	for range maxRounds {
		names, err := collections(ctx)
		if err != nil {
			return err
		}
		if !slices.Equal(names, in) {
			in, written = names, nil
		}
		want, bad, err := s.read(ctx, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			delete(broken, id)
		}
		maps.Copy(broken, bad)
		pending := differing(ids, want, written)
		if len(pending) == 0 {
			return leftOutOf(broken).err()
		}
		refused, err := s.writeAll(ctx, in, pending, want)
		switch {
		case answers(err, http.StatusNotFound): // dropped since we looked
			last, written = err, nil
			if err := s.bury(ctx); err != nil { // a builder that died before it made its collection
				return err
			}
			continue
		case err != nil:
			return err
		case len(refused) > 0:
			return append(leftOutOf(broken), refused...).err()
		}
		ids, written = pending, want
	}
	if last != nil {
		return last
	}
	return errs.E(errs.Unavailable, "a listing keeps changing while it is indexed")
}

func (s *Service) writeAll(ctx context.Context, collections []string, ids []uuid.UUID, want map[string]string) (leftOut, error) {
	var refused leftOut
	for _, collection := range collections {
		some, err := s.write(ctx, collection, ids, want)
		if err != nil {
			return nil, err
		}
		refused = append(refused, some...)
	}
	s.changed(ctx)
	return refused, nil
}

// leftOut are the complaints about listings that cannot be indexed.
type leftOut []error

func leftOutOf(broken map[uuid.UUID]error) (l leftOut) {
	for _, id := range slices.SortedFunc(maps.Keys(broken), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		l = append(l, broken[id])
	}
	return l
}

func (l leftOut) err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error names them all.
func (l leftOut) Error() string {
	lines := make([]string, len(l))
	for i, err := range l {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "; ")
}

// read gives the encoded document of each listing that must be found, and the complaint about each that has none; the others
// are in neither map.
func (s *Service) read(ctx context.Context, ids []uuid.UUID) (map[string]string, map[uuid.UUID]error, error) {
	now := s.now()
	// Two days back is before today in every zone.
	rows, err := s.queries.Sources(ctx, query.SourcesParams{Ids: ids, Since: date.In(now, time.UTC) - 2})
	if err != nil {
		return nil, nil, postgres.Translate(err)
	}
	out := make(map[string]string, len(rows))
	broken := map[uuid.UUID]error{}
	for _, row := range rows {
		line, err := encode(row, now)
		if err != nil {
			broken[row.ID] = fmt.Errorf("listing %s: %w", row.ID, err)
			continue
		}
		out[row.ID.String()] = line
	}
	return out, broken, nil
}

func encode(row query.SourcesRow, now time.Time) (string, error) {
	d, err := documentOf(row, now)
	if err != nil {
		return "", err
	}
	line, err := json.Marshal(d)
	return string(line), err
}

func differing(ids []uuid.UUID, want, written map[string]string) []uuid.UUID {
	if written == nil {
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool {
		return want[id.String()] == written[id.String()]
	})
}

// write tells which documents the server refused; the others are in.
func (s *Service) write(ctx context.Context, collection string, ids []uuid.UUID, want map[string]string) (leftOut, error) {
	var upserts, gone []string
	for _, id := range ids {
		if line, ok := want[id.String()]; ok {
			upserts = append(upserts, line)
		} else {
			gone = append(gone, id.String())
		}
	}
	// The address of a request is limited to 4,000 characters.
	for some := range slices.Chunk(gone, 80) {
		filter, batch := "id:["+strings.Join(some, ",")+"]", len(some)
		if _, err := s.client.Collection(collection).Documents().Delete(ctx, &api.DeleteDocumentsParams{FilterBy: &filter, BatchSize: &batch}); err != nil {
			return nil, translate(err)
		}
	}
	if len(upserts) == 0 {
		return nil, nil
	}
	return s.upsert(ctx, collection, upserts)
}

// upsert imports documents and looks at every row's result: an import answers 200 although rows failed.
func (s *Service) upsert(ctx context.Context, collection string, lines []string) (leftOut, error) {
	action := "upsert"
	body, err := s.client.Collection(collection).Documents().ImportJsonl(ctx, strings.NewReader(strings.Join(lines, "\n")), &api.ImportDocumentsParams{Action: &action})
	if err != nil {
		return nil, translate(err)
	}
	defer body.Close()
	var out leftOut
	results := json.NewDecoder(body)
	for range lines {
		var row rowResult
		if err := results.Decode(&row); err != nil {
			return nil, translate(fmt.Errorf("search: result of an import: %w", err))
		}
		switch {
		case row.Success:
		case row.Code >= 400 && row.Code < 500:
			out = append(out, fmt.Errorf("%s: %s", row.Document, row.Error))
		default:
			return nil, translate(refused(row.Code, row.Error))
		}
	}
	return out, nil
}

type rowResult struct {
	Success  bool   `json:"success"`
	Error    string `json:"error"`
	Code     int    `json:"code"`
	Document string `json:"document"`
}
