package search

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/search/internal/query"
)

// Auditor compares the record with the index, a batch at a time: every listing with its document, then every document with
// its listing. It is not safe for concurrent use.
type Auditor struct {
	search   *Service
	repair   bool
	patience int // differences to gather before they are looked at again
	after    uuid.UUID
	drift    Drift
	suspects []uuid.UUID
	seen     time.Time // when the last of them was
	steps    int       // of one Run
	done     func(Drift)
}

// Auditor begins at the first listing. Its Run repairs what differs and tells each whole round to done.
func (s *Service) Auditor(done func(Drift)) *Auditor {
	return &Auditor{search: s, repair: true, patience: 1, done: done}
}

// Check compares everything, and with repair puts right what differs. A difference counts when it is still there after a
// moment: events may be on their way. progress is told how many listings are done after each batch.
func (s *Service) Check(ctx context.Context, repair bool, progress func(done, total int)) (Drift, error) {
	total, err := s.queries.Count(ctx)
	if err != nil {
		return Drift{}, postgres.Translate(err)
	}
	a := &Auditor{search: s, repair: repair, patience: gather}
	for {
		n, err := a.step(ctx)
		if n == 0 || err != nil {
			return a.drift, err
		}
		progress(a.drift.Checked, max(a.drift.Checked, int(total)))
	}
}

// How often the scheduler calls Run, and how long a round through everything takes at that pace.
const (
	AuditEvery = 10 * time.Second
	auditRound = time.Hour
)

// Run does the next part of a round.
func (a *Auditor) Run(ctx context.Context) error {
	if a.after == uuid.Nil {
		total, err := a.search.queries.Count(ctx)
		if err != nil {
			return postgres.Translate(err)
		}
		a.steps = 1 + int(total)/checkBatch/int(auditRound/AuditEvery)
	}
	for range a.steps {
		n, err := a.step(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			a.done(a.drift)
			*a = *a.search.Auditor(a.done)
			return nil
		}
	}
	return nil
}

// step compares one batch of listings and tells how many; with the last of them done it compares the other way round and
// tells 0. A step that fails is taken again.
func (a *Auditor) step(ctx context.Context) (int, error) {
	if len(a.suspects) >= a.patience {
		if err := a.lookAgain(ctx); err != nil {
			return 0, err
		}
	}
	ids, err := a.search.queries.IDs(ctx, query.IDsParams{After: a.after, N: checkBatch})
	if err != nil {
		return 0, postgres.Translate(err)
	}
	if len(ids) == 0 {
		return 0, a.otherWay(ctx)
	}
	differing, err := a.search.compare(ctx, ids)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if _, differs := differing[id.String()]; differs {
			a.suspect(id)
		}
	}
	a.after = ids[len(ids)-1]
	a.drift.Checked += len(ids)
	return len(ids), nil
}

// otherWay compares the documents with their listings. It begins anew after an error: what it only looked at is forgotten
// then, what it repaired is counted and does not come again.
func (a *Auditor) otherWay(ctx context.Context) error {
	if err := a.lookAgain(ctx); err != nil {
		return err
	}
	checked := a.drift.Checked
	err := a.strangers(ctx)
	if err == nil {
		err = a.lookAgain(ctx)
	}
	if err != nil {
		a.suspects, a.drift.Checked = nil, checked
	}
	return err
}

func (a *Auditor) suspect(id uuid.UUID) {
	a.suspects, a.seen = append(a.suspects, id), a.search.now()
}

// lookAgain counts the suspects that still differ, and repairs them.
func (a *Auditor) lookAgain(ctx context.Context) error {
	if len(a.suspects) == 0 {
		return nil
	}
	if err := pause(ctx, a.search.grace-a.search.now().Sub(a.seen)); err != nil {
		return err
	}
	for some := range slices.Chunk(a.suspects, checkBatch) {
		differing, err := a.search.compare(ctx, some)
		if err != nil {
			return err
		}
		err = a.mend(ctx, some, differing)
		var left leftOut
		if err != nil && !errors.As(err, &left) {
			return err // they stay suspects, uncounted
		}
		a.suspects = a.suspects[len(some):]
		a.drift.add(some, differing)
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *Auditor) mend(ctx context.Context, ids []uuid.UUID, differing map[string]Difference) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id uuid.UUID) bool { return differing[id.String()] == "" })
	if !a.repair || len(ids) == 0 {
		return nil
	}
	if err := a.search.settle(ctx, ids); err != nil {
		return err
	}
	a.drift.Repaired += len(ids)
	return nil
}

// strangers suspects the documents whose listing does not exist.
func (a *Auditor) strangers(ctx context.Context) error {
	lines, err := a.search.stream(ctx, "/collections/"+a.search.alias+"/documents/export?include_fields=id")
	if err != nil {
		return translate(err)
	}
	defer lines.Close()
	ids := make([]uuid.UUID, 0, strangersAtOnce)
	for scanner := bufio.NewScanner(lines); ; {
		more := scanner.Scan()
		if more {
			var line struct{ ID string }
			if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
				return translate(err)
			}
			id, err := uuid.Parse(line.ID)
			if err == nil {
				ids = append(ids, id)
			} else if err := a.foreign(ctx, line.ID); err != nil {
				return err
			}
		}
		if !more || len(ids) == cap(ids) {
			if err := a.unknown(ctx, ids); err != nil {
				return err
			}
			ids = ids[:0]
		}
		if !more {
			return translate(scanner.Err())
		}
	}
}

// strangersAtOnce is how many ids of documents are looked up in the record at once.
const strangersAtOnce = 1000

func (a *Auditor) unknown(ctx context.Context, ids []uuid.UUID) error {
	unknown, err := a.search.queries.Unknown(ctx, ids)
	if err != nil {
		return postgres.Translate(err)
	}
	for _, id := range unknown {
		a.suspect(id)
	}
	a.drift.Checked += len(unknown)
	if len(a.suspects) < gather {
		return nil
	}
	return a.lookAgain(ctx)
}

// foreign counts a document whose id is none of a listing, and repairs it by deleting it.
func (a *Auditor) foreign(ctx context.Context, id string) error {
	if !a.repair {
		a.drift.Checked++
		a.drift.count(id, Extra)
		return nil
	}
	collections, err := a.search.kept(ctx)
	if err != nil {
		return err
	}
	for _, collection := range collections {
		path := "/collections/" + collection + "/documents/" + url.PathEscape(id)
		if err := a.search.call(ctx, http.MethodDelete, path, nil, nil); err != nil && !answers(err, http.StatusNotFound) {
			return translate(err)
		}
	}
	a.drift.Checked++
	a.drift.count(id, Extra) // last, because a failure is tried again
	a.drift.Repaired++
	return nil
}
