package search

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

// building is the code of a Conflict: another process builds the collection.
const building = "index_building"

// silence is how long a builder may be silent before others take it for dead. It beats after every batch.
const silence = 2 * time.Minute

// Rebuild fills a new collection from the record, points the alias at it and drops the old one. Searches go on meanwhile,
// and writers of this release keep both collections from the moment at which the new one is announced, so that nothing is
// missing from it when it takes over. It is a Conflict, code index_building, while another process rebuilds. A rebuild
// that dies leaves its collection to the next one, or to Tidy.
//
// Writers of an older release do not know the new fields: what they wrote meanwhile is read from the record once more,
// after their collection is gone; their later events wait for new workers.
func (s *Service) Rebuild(ctx context.Context, progress func(done, total int)) error {
	if err := s.Tidy(ctx); err != nil {
		return err
	}
	old, err := s.aliased(ctx)
	if err != nil {
		return err
	}
	fields := hash(s.fields)
	name := s.alias + "_" + fields + "_" + uuid.NewString()[:8]
	n, err := s.queries.BeginBuilding(ctx, query.BeginBuildingParams{Name: name, Alias: s.alias, Fields: fields})
	if err != nil {
		return postgres.Translate(err)
	}
	if n == 0 {
		return errs.E(errs.Conflict, "Another process is building the search index.").Coded(building)
	}
	if err := s.build(ctx, name, progress); err != nil {
		s.abandon(ctx, name)
		return err
	}
	if err := s.Tidy(ctx); err != nil {
		return err
	}
	if old == "" || strings.HasPrefix(old, s.alias+"_"+fields) {
		return nil
	}
	return s.Reindex(ctx, progress)
}

func (s *Service) build(ctx context.Context, name string, progress func(done, total int)) error {
	if _, err := s.client.Collections().Create(ctx, &api.CollectionSchema{Name: name, Fields: s.fields, TokenSeparators: &separators}); err != nil {
		return translate(err)
	}
	if err := s.teach(ctx, name); err != nil {
		return err
	}
	if err := s.fill(ctx, name, progress); err != nil {
		return err
	}
	if _, err := s.client.Aliases().Upsert(ctx, s.alias, &api.CollectionAliasSchema{CollectionName: name}); err != nil {
		return translate(err)
	}
	return s.promote(ctx, name)
}

// fill writes every listing into one collection, and goes on only while nobody has taken us for dead.
func (s *Service) fill(ctx context.Context, name string, progress func(done, total int)) error {
	only := func(ctx context.Context) ([]string, error) {
		n, err := s.queries.Beat(ctx, name)
		if err == nil && n == 0 {
			err = errs.E(errs.Conflict, "Another process took the building of the search index over.").Coded(building)
		}
		return []string{name}, postgres.Translate(err)
	}
	if err := s.all(ctx, only, progress); err != nil {
		return err
	}
	_, err := only(ctx)
	return err
}

// promote says that the alias points at the collection now. Until then writers keep the old one, too.
func (s *Service) promote(ctx context.Context, name string) error {
	return postgres.Translate(postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		if err := q.ForgetLive(ctx, s.alias); err != nil {
			return err
		}
		n, err := q.Promote(ctx, name)
		if err == nil && n == 0 {
			err = errs.E(errs.Conflict, "Another process took the building of the search index over.").Coded(building)
		}
		return err
	}))
}

// abandon clears up after a rebuild that failed, if that is possible now.
func (s *Service) abandon(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.end(ctx, name); err != nil {
		slog.WarnContext(ctx, "the collection of a failed rebuild stays until the next tidying", "collection", name, "error", err)
	}
}

// end gives a building that nobody works on its end: it is live when the alias points at it already, else it goes.
func (s *Service) end(ctx context.Context, name string) error {
	target, err := s.aliased(ctx)
	if err != nil {
		return err
	}
	if target == name {
		return s.promote(ctx, name)
	}
	if _, err := s.queries.ForgetBuilding(ctx, name); err != nil {
		return postgres.Translate(err)
	}
	return s.drop(ctx, name)
}

func (s *Service) drop(ctx context.Context, name string) error {
	if _, err := s.client.Collection(name).Delete(ctx); err != nil && !answers(err, http.StatusNotFound) {
		return translate(err)
	}
	return nil
}

// Tidy ends the building of a process that died, and drops the collections of this alias that nobody knows any more. It
// may run at any time.
func (s *Service) Tidy(ctx context.Context) error {
	if err := s.bury(ctx); err != nil {
		return err
	}
	litter, err := s.litter(ctx)
	if err != nil {
		return err
	}
	for _, name := range litter {
		if err := s.drop(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// bury ends the building of a process that died, if there is one.
func (s *Service) bury(ctx context.Context) error {
	dead, err := s.queries.DeadBuilding(ctx, query.DeadBuildingParams{Alias: s.alias, SilentSeconds: silence.Seconds()})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return postgres.Translate(err)
	}
	return s.end(ctx, dead)
}

// ours is what follows the alias in a collection's name: the hash of its fields and a word of its own.
var ours = regexp.MustCompile(`^_[0-9a-f]{8}_[0-9a-f]{8}$`)

// litter are collections that belong to nobody. What is known is asked last: a building is announced before it exists.
func (s *Service) litter(ctx context.Context) ([]string, error) {
	all, err := s.client.Collections().Retrieve(ctx)
	if err != nil {
		return nil, translate(err)
	}
	target, err := s.aliased(ctx)
	if err != nil {
		return nil, err
	}
	known, err := s.queries.Known(ctx, s.alias)
	if err != nil {
		return nil, postgres.Translate(err)
	}
	keep := map[string]bool{target: true}
	for _, name := range known {
		keep[name] = true
	}
	var out []string
	for _, c := range all {
		if rest, mine := strings.CutPrefix(c.Name, s.alias); mine && ours.MatchString(rest) && !keep[c.Name] {
			out = append(out, c.Name)
		}
	}
	return out, nil
}
