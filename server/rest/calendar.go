package rest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/idempotency"
	"github.com/rentora/rentora/server/identity"
)

type calendarRoom interface {
	GetRules(ctx context.Context, actor identity.Actor, listingID uuid.UUID) (calendar.Rules, error)
	SetRules(ctx context.Context, actor identity.Actor, listingID uuid.UUID, r calendar.Rules) (calendar.Rules, error)
	Days(ctx context.Context, actor identity.Actor, listingID uuid.UUID, from, to *date.Date) (calendar.Calendar, error)
	Blocks(ctx context.Context, actor identity.Actor, listingID uuid.UUID) ([]calendar.Block, error)
	Block(ctx context.Context, actor identity.Actor, listingID uuid.UUID, during date.Range, note string, key idempotency.Key) (calendar.Block, error)
	Unblock(ctx context.Context, actor identity.Actor, listingID, blockID uuid.UUID) error
}

// GetAvailabilityRules answers the rules, or the defaults.
func (a *API) GetAvailabilityRules(ctx context.Context, req contract.GetAvailabilityRulesRequestObject) (contract.GetAvailabilityRulesResponseObject, error) {
	r, err := a.Calendar.GetRules(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.GetAvailabilityRules200JSONResponse{AvailabilityRulesAnswerJSONResponse: rulesAnswer(r)}, nil
}

// SetAvailabilityRules replaces the rules.
func (a *API) SetAvailabilityRules(ctx context.Context, req contract.SetAvailabilityRulesRequestObject) (contract.SetAvailabilityRulesResponseObject, error) {
	r, err := a.Calendar.SetRules(ctx, actorOf(ctx), req.ListingId, calendar.Rules{MinNights: req.Body.MinNights, MaxNights: req.Body.MaxNights,
		AdvanceNoticeDays: req.Body.AdvanceNoticeDays, HorizonDays: req.Body.HorizonDays, Version: versionOf(deref(req.Params.IfMatch))})
	if err != nil {
		return nil, err
	}
	return contract.SetAvailabilityRules200JSONResponse{AvailabilityRulesAnswerJSONResponse: rulesAnswer(r)}, nil
}

// GetCalendar answers a period of days.
func (a *API) GetCalendar(ctx context.Context, req contract.GetCalendarRequestObject) (contract.GetCalendarResponseObject, error) {
	c, err := a.Calendar.Days(ctx, actorOf(ctx), req.ListingId, req.Params.From, req.Params.To)
	if err != nil {
		return nil, err
	}
	return contract.GetCalendar200JSONResponse{Success: true, Data: calendarOf(c)}, nil
}

// ListBlocks answers the host's blocks.
func (a *API) ListBlocks(ctx context.Context, req contract.ListBlocksRequestObject) (contract.ListBlocksResponseObject, error) {
	blocks, err := a.Calendar.Blocks(ctx, actorOf(ctx), req.ListingId)
	if err != nil {
		return nil, err
	}
	return contract.ListBlocks200JSONResponse{Success: true, Data: each(blocks, blockOf)}, nil
}

// CreateBlock closes nights.
func (a *API) CreateBlock(ctx context.Context, req contract.CreateBlockRequestObject) (contract.CreateBlockResponseObject, error) {
	actor := actorOf(ctx)
	body, err := json.Marshal(req.Body)
	if err != nil {
		return nil, err
	}
	key := idempotency.NewKey(actor.ID, deref(req.Params.IdempotencyKey), "createBlock", req.ListingId[:], body)
	b, err := a.Calendar.Block(ctx, actor, req.ListingId, date.Range{Start: req.Body.Start, End: req.Body.End}, deref(req.Body.Note), key)
	if err != nil {
		return nil, err
	}
	return contract.CreateBlock201JSONResponse{Success: true, Data: blockOf(b)}, nil
}

// DeleteBlock opens the nights of a block.
func (a *API) DeleteBlock(ctx context.Context, req contract.DeleteBlockRequestObject) (contract.DeleteBlockResponseObject, error) {
	if err := a.Calendar.Unblock(ctx, actorOf(ctx), req.ListingId, req.BlockId); err != nil {
		return nil, err
	}
	return contract.DeleteBlock200JSONResponse{DoneAnswerJSONResponse: done("These nights are open again.")}, nil
}

func rulesAnswer(r calendar.Rules) contract.AvailabilityRulesAnswerJSONResponse {
	return contract.AvailabilityRulesAnswerJSONResponse{
		Body: contract.AvailabilityRulesEnvelope{Success: true, Data: contract.AvailabilityRules{MinNights: r.MinNights, MaxNights: r.MaxNights,
			AdvanceNoticeDays: r.AdvanceNoticeDays, HorizonDays: r.HorizonDays}},
		Headers: contract.AvailabilityRulesAnswerResponseHeaders{ETag: etag(r.Version)},
	}
}

func calendarOf(c calendar.Calendar) contract.Calendar {
	return contract.Calendar{Currency: c.Currency, Timezone: c.Timezone, Today: c.Today, MinNights: c.Rules.MinNights, MaxNights: c.Rules.MaxNights,
		Days: each(c.Days, func(d calendar.Day) contract.CalendarDay {
			return contract.CalendarDay{Date: d.Date, State: contract.CalendarDayState(d.State), NightlyMinor: d.NightlyMinor, CheckIn: d.CheckIn}
		})}
}

func blockOf(b calendar.Block) contract.Block {
	return contract.Block{Id: b.ID, Start: b.During.Start, End: b.During.End, Note: b.Note, CreatedAt: b.CreatedAt}
}
