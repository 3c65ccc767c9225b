package rest

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

type deadLetterRoom interface {
	List(ctx context.Context, actor identity.Actor, f events.LetterFilter, req page.Request) (page.Page[events.Letter], error)
	Get(ctx context.Context, actor identity.Actor, id uuid.UUID) (events.Letter, error)
	Retry(ctx context.Context, actor identity.Actor, id uuid.UUID) (events.Letter, error)
	Discard(ctx context.Context, actor identity.Actor, id uuid.UUID, reason string) (events.Letter, error)
	RetryAll(ctx context.Context, actor identity.Actor, f events.LetterFilter, limit int) (n int, more bool, err error)
}

// ListDeadLetters answers the events that handlers refused for good.
func (a *API) ListDeadLetters(ctx context.Context, req contract.ListDeadLettersRequestObject) (contract.ListDeadLettersResponseObject, error) {
	q := req.Params
	f := events.LetterFilter{Group: q.Group, Type: q.Type, Status: (*events.LetterStatus)(q.Status)}
	p, err := a.DeadLetters.List(ctx, actorOf(ctx), f, pageRequest(q.Cursor, q.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListDeadLetters200JSONResponse{Success: true, Data: each(p.Items, deadLetterOf), Meta: pageMeta(p)}, nil
}

// GetDeadLetter answers one with its payload.
func (a *API) GetDeadLetter(ctx context.Context, req contract.GetDeadLetterRequestObject) (contract.GetDeadLetterResponseObject, error) {
	l, err := a.DeadLetters.Get(ctx, actorOf(ctx), req.DeadLetterId)
	if err != nil {
		return nil, err
	}
	return contract.GetDeadLetter200JSONResponse{DeadLetterAnswerJSONResponse: deadLetterAnswer(l)}, nil
}

// RetryDeadLetter sends one event to its group again.
func (a *API) RetryDeadLetter(ctx context.Context, req contract.RetryDeadLetterRequestObject) (contract.RetryDeadLetterResponseObject, error) {
	l, err := a.DeadLetters.Retry(ctx, actorOf(ctx), req.DeadLetterId)
	if err != nil {
		return nil, err
	}
	return contract.RetryDeadLetter200JSONResponse{DeadLetterAnswerJSONResponse: deadLetterAnswer(l)}, nil
}

// DiscardDeadLetter closes one for good.
func (a *API) DiscardDeadLetter(ctx context.Context, req contract.DiscardDeadLetterRequestObject) (contract.DiscardDeadLetterResponseObject, error) {
	l, err := a.DeadLetters.Discard(ctx, actorOf(ctx), req.DeadLetterId, req.Body.Reason)
	if err != nil {
		return nil, err
	}
	return contract.DiscardDeadLetter200JSONResponse{DeadLetterAnswerJSONResponse: deadLetterAnswer(l)}, nil
}

// RetryDeadLetters sends many events to their groups again.
func (a *API) RetryDeadLetters(ctx context.Context, req contract.RetryDeadLettersRequestObject) (contract.RetryDeadLettersResponseObject, error) {
	limit := 100
	if req.Body.Limit != nil {
		limit = *req.Body.Limit
	}
	n, more, err := a.DeadLetters.RetryAll(ctx, actorOf(ctx), events.LetterFilter{Group: req.Body.Group, Type: req.Body.Type}, limit)
	if err != nil {
		return nil, err
	}
	return contract.RetryDeadLetters200JSONResponse{Success: true, Data: contract.RetriedDeadLetters{Retried: n, More: more}}, nil
}

func deadLetterAnswer(l events.Letter) contract.DeadLetterAnswerJSONResponse {
	return contract.DeadLetterAnswerJSONResponse{Success: true, Data: deadLetterOf(l)}
}

func deadLetterOf(l events.Letter) contract.DeadLetter {
	out := contract.DeadLetter{
		Id: l.ID, EventId: l.EventID, Group: l.Group, Topic: l.Topic, Key: l.Key, Type: l.Type, RequestId: l.RequestID, OccurredAt: l.OccurredAt, Error: l.Error,
		Attempts: l.Attempts, Retriable: l.Retriable, Status: contract.DeadLetterStatus(l.Status), Reason: optional(l.Reason),
		ResolvedBy: l.ResolvedBy, ResolvedAt: l.ResolvedAt, CreatedAt: l.CreatedAt,
	}
	if l.Payload != nil {
		var payload any
		// The column is jsonb: it always decodes.
		_ = json.Unmarshal(l.Payload, &payload)
		out.Payload = &payload
	}
	return out
}
