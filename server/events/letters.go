package events

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events/internal/query"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/postgres"
)

// LetterStatus is what became of a dead letter.
type LetterStatus string

// The statuses. A retried one whose event fails again is open again.
const (
	Open      LetterStatus = "open"
	Retried   LetterStatus = "retried"
	Discarded LetterStatus = "discarded"
)

// Letter is an event that a group refused for good.
type Letter struct {
	ID, EventID             uuid.UUID
	Group, Topic, Key, Type string
	RequestID               string
	OccurredAt              time.Time
	Error                   string
	Attempts                int
	Retriable               bool // false: what was kept is not the event
	Status                  LetterStatus
	Reason                  string // of the discarding
	ResolvedBy              *uuid.UUID
	ResolvedAt              *time.Time
	CreatedAt               time.Time
	Payload                 json.RawMessage // only FindLetter fills it
}

// LetterFilter narrows; empty fields do not.
type LetterFilter struct {
	Group, Type *string
	Status      *LetterStatus // of listings alone
}

// ListLetters gives a page of dead letters, newest first, without their payloads.
func ListLetters(ctx context.Context, pool *pgxpool.Pool, f LetterFilter, req page.Request) (page.Page[Letter], error) {
	q := query.New(postgres.Replan(pool))
	fetch := func(ctx context.Context, key *uuid.UUID, back bool, n int) ([]Letter, error) {
		from := uuid.Max
		if key != nil {
			from = *key
		}
		if back {
			rows, err := q.LettersAfter(ctx, query.LettersAfterParams{Key: from, Consumer: f.Group, Type: f.Type, Status: (*string)(f.Status), N: int32(n)})
			return letters(rows, func(r query.LettersAfterRow) query.LetterRow { return query.LetterRow(r) }), postgres.Translate(err)
		}
		rows, err := q.LettersBefore(ctx, query.LettersBeforeParams{Key: from, Consumer: f.Group, Type: f.Type, Status: (*string)(f.Status), N: int32(n)})
		return letters(rows, func(r query.LettersBeforeRow) query.LetterRow { return query.LetterRow(r) }), postgres.Translate(err)
	}
	return page.Keyset(ctx, req, fetch, func(l Letter) uuid.UUID { return l.ID })
}

// FindLetter gives one with its payload, or errs.NotFound.
func FindLetter(ctx context.Context, db query.DBTX, id uuid.UUID) (Letter, error) {
	row, err := query.New(db).Letter(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Letter{}, errs.E(errs.NotFound, "There is no such dead letter.")
	}
	if err != nil {
		return Letter{}, postgres.Translate(err)
	}
	return letterOf(row), nil
}

func letters[Row any](rows []Row, same func(Row) query.LetterRow) []Letter {
	out := make([]Letter, len(rows))
	for i, r := range rows {
		out[i] = letterOf(same(r))
	}
	return out
}

func letterOf(r query.LetterRow) Letter {
	return Letter{ID: r.ID, EventID: r.EventID, Group: r.Consumer, Topic: r.Topic, Key: r.Key, Type: r.Type, RequestID: r.RequestID, OccurredAt: r.OccurredAt,
		Error: r.Error, Attempts: int(r.Attempts), Retriable: r.Retriable, Status: LetterStatus(r.Status), Reason: r.Reason,
		ResolvedBy: r.ResolvedBy, ResolvedAt: r.ResolvedAt, CreatedAt: r.CreatedAt, Payload: r.Payload}
}

// firstTier is the ending of a group's first retry topic.
const firstTier = ".retry-1"

// RetryLetter sends one event to its group again, in the caller's transaction. One that is done with, or that another
// transaction deals with, is a Conflict; one whose event was not kept whole is Unprocessable.
func RetryLetter(ctx context.Context, tx pgx.Tx, id, by uuid.UUID, now time.Time) error {
	ids, err := query.New(tx).RetryLetters(ctx, query.RetryLettersParams{ID: &id, By: &by, Now: &now, N: 1, Tier: firstTier})
	if err != nil {
		return err
	}
	if len(ids) == 1 {
		return nil
	}
	l, err := FindLetter(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case l.Status == Open && !l.Retriable:
		return errs.E(errs.Unprocessable, "What was kept of this message is not an event: it can be discarded, not retried.").Coded("not_retriable")
	}
	return l.settled()
}

// settled says why nothing can be done with a letter.
func (l Letter) settled() error {
	if l.Status == Open {
		return errs.E(errs.Conflict, "Somebody else is dealing with this dead letter at this moment.")
	}
	return errs.Ef(errs.Conflict, "This dead letter is %s already.", l.Status).Coded("already_" + string(l.Status))
}

// RetryLetters sends the events of open letters to their groups again, oldest first, at most limit; more says that the
// filter has others.
func RetryLetters(ctx context.Context, tx pgx.Tx, f LetterFilter, limit int, by uuid.UUID, now time.Time) (n int, more bool, err error) {
	q := query.New(tx)
	ids, err := q.RetryLetters(ctx, query.RetryLettersParams{Consumer: f.Group, Type: f.Type, By: &by, Now: &now, N: int32(limit), Tier: firstTier})
	if err != nil {
		return 0, false, err
	}
	more, err = q.MoreLetters(ctx, query.MoreLettersParams{Consumer: f.Group, Type: f.Type})
	return len(ids), more, err
}

// DiscardLetter closes a letter for good, in the caller's transaction. One that is done with is a Conflict.
func DiscardLetter(ctx context.Context, tx pgx.Tx, id, by uuid.UUID, reason string, now time.Time) error {
	n, err := query.New(tx).DiscardLetter(ctx, query.DiscardLetterParams{ID: id, Reason: reason, By: &by, Now: &now})
	if err != nil || n == 1 {
		return err
	}
	l, err := FindLetter(ctx, tx, id)
	if err != nil {
		return err
	}
	return l.settled()
}
