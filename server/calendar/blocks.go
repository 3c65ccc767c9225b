package calendar

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/calendar/internal/query"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// Block is nights that the host keeps closed.
type Block struct {
	ID        uuid.UUID
	During    date.Range
	Note      string // for the host alone
	CreatedAt time.Time
}

// The longest block, in nights, and how many days ahead of today it may end.
const (
	maxBlockNights = 366
	maxBlockAhead  = 730
)

// Blocks gives the blocks of a listing that have not ended, soonest first, to its host.
func (s *Service) Blocks(ctx context.Context, actor identity.Actor, listingID uuid.UUID) ([]Block, error) {
	_, today, err := s.owned(ctx, actor, listingID)
	if err != nil {
		return nil, err
	}
	rows, err := query.New(s.pool).Blocks(ctx, query.BlocksParams{ListingID: listingID, Today: today})
	if err != nil {
		return nil, postgres.Translate(err)
	}
	blocks := make([]Block, len(rows))
	for i, r := range rows {
		blocks[i] = Block(r)
	}
	return blocks, nil
}

// errTaken says that something already occupies a night of a new block.
var errTaken = errors.New("calendar: a night is taken")

// Block closes nights. errs.Conflict, code dates_taken, names the booking or block that is in the way.
func (s *Service) Block(ctx context.Context, actor identity.Actor, listingID uuid.UUID, during date.Range, note string, key idempotency.Key) (Block, error) {
	hostID, today, err := s.owned(ctx, actor, listingID)
	if err != nil {
		return Block{}, err
	}
	var block Block
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		var err error
		block, _, err = idempotency.Once(ctx, tx, key, func() (Block, error) {
			if err := checkBlock(today, during, note); err != nil {
				return Block{}, err
			}
			return s.insertBlock(ctx, tx, actor, hostID, listingID, during, note)
		})
		return err
	})
	if errors.Is(err, errTaken) {
		return Block{}, s.inTheWay(ctx, listingID, during, err)
	}
	return block, err
}

func (s *Service) insertBlock(ctx context.Context, tx pgx.Tx, actor identity.Actor, hostID, listingID uuid.UUID, during date.Range, note string) (Block, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Block{}, err
	}
	b := Block{ID: id, During: during, Note: note, CreatedAt: s.now().UTC().Truncate(time.Microsecond)}
	n, err := query.New(tx).InsertBlock(ctx, query.InsertBlockParams{ID: b.ID, ListingID: listingID, During: during, Note: note, At: b.CreatedAt})
	if err != nil {
		return Block{}, err
	}
	if n == 0 {
		return Block{}, errTaken
	}
	return b, s.changed(ctx, tx, actor, hostID, listingID, "calendar.block", map[string]any{"start": during.Start, "end": during.End})
}

// Unblock opens the nights of a block. A booking is not a block: errs.NotFound.
func (s *Service) Unblock(ctx context.Context, actor identity.Actor, listingID, blockID uuid.UUID) error {
	hostID, _, err := s.owned(ctx, actor, listingID)
	if err != nil {
		return err
	}
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error {
		during, err := query.New(tx).DeleteBlock(ctx, query.DeleteBlockParams{ID: blockID, ListingID: listingID})
		if errors.Is(err, pgx.ErrNoRows) {
			return errs.E(errs.NotFound, "There is no such block.")
		}
		if err != nil {
			return err
		}
		return s.changed(ctx, tx, actor, hostID, listingID, "calendar.unblock", map[string]any{"start": during.Start, "end": during.End})
	})
}

// owned gives the host and today's date of a listing that the actor may change.
func (s *Service) owned(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (hostID uuid.UUID, today date.Date, err error) {
	row, err := s.rules(ctx, listingID)
	if err != nil {
		return uuid.Nil, 0, err
	}
	if err := mayChange(actor, row.HostID, row.Status); err != nil {
		return uuid.Nil, 0, err
	}
	today, err = Today(s.now(), row.Timezone)
	return row.HostID, today, err
}

func checkBlock(today date.Date, during date.Range, note string) error {
	var f errs.Fields
	if during.Start < today {
		f.Addf("start", "past", "start must not be in the past; at the place it is %s.", today)
	}
	switch {
	case during.Nights() < 1:
		f.Add("end", "after", "end must be after start.")
	case during.Nights() > maxBlockNights:
		f.Addf("end", "max_nights", "end must be %s or earlier: a block has at most %d nights.", during.Start+maxBlockNights, maxBlockNights)
	}
	if during.End > today+maxBlockAhead {
		f.Addf("end", "horizon", "end must be %s or earlier: a block ends at most %d days ahead.", today+maxBlockAhead, maxBlockAhead)
	}
	f.Check(utf8.RuneCountInString(note) <= 200, "note", "max_length", "note must have at most 200 characters.")
	return f.Err()
}

// inTheWay says what broke the constraint, from a look after the transaction; it may have gone by then.
func (s *Service) inTheWay(ctx context.Context, listingID uuid.UUID, during date.Range, cause error) error {
	row, err := query.New(s.pool).Obstacle(ctx, query.ObstacleParams{ListingID: listingID, During: during})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return errs.E(errs.Conflict, "These nights were taken a moment ago and are free again. Please try again.").Coded("dates_taken").Because(cause)
	case err != nil:
		return postgres.Translate(err)
	}
	return errs.Ef(errs.Conflict, "A %s from %s to %s is in the way.", row.Kind, row.During.Start, row.During.End).Coded("dates_taken").Because(cause).
		With(map[string]any{"in_the_way": map[string]any{"kind": row.Kind, "start": row.During.Start, "end": row.During.End}})
}
