package rest

import (
	"context"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/page"
	"github.com/rentora/rentora/server/report"
)

// errorGroups is report.Reporter.
type errorGroups interface {
	List(ctx context.Context, f report.Filter, req page.Request) (page.Page[report.Group], error)
	Get(ctx context.Context, id uuid.UUID) (report.Group, error)
	Resolve(ctx context.Context, by report.Resolver, id uuid.UUID) (report.Group, error)
	ReportBrowser(b report.Browser)
}

// adminOnly stands where no room could ask: the groups belong to none.
func adminOnly(ctx context.Context) error {
	if !actorOf(ctx).IsAdmin() {
		return errs.E(errs.Forbidden, "Only admins see what went wrong.")
	}
	return nil
}

// ReportBrowserError takes what went wrong in a browser. Who tells of it learns nothing of what becomes of it.
func (a *API) ReportBrowserError(_ context.Context, req contract.ReportBrowserErrorRequestObject) (contract.ReportBrowserErrorResponseObject, error) {
	b := req.Body
	a.Errors.ReportBrowser(report.Browser{Kind: string(b.Kind), Message: b.Message, Place: b.Place, Release: b.Release, RequestID: deref(b.RequestId), Stack: deref(b.Stack)})
	return contract.ReportBrowserError202JSONResponse{Success: true, Data: contract.Done{Message: "Thank you. We look into it."}}, nil
}

// ListErrors answers what went wrong.
func (a *API) ListErrors(ctx context.Context, req contract.ListErrorsRequestObject) (contract.ListErrorsResponseObject, error) {
	if err := adminOnly(ctx); err != nil {
		return nil, err
	}
	q := req.Params
	var f report.Filter
	if q.Status != nil {
		f.Open = new(*q.Status == contract.ErrorGroupStatusOpen)
	}
	if q.Source != nil {
		f.Source = new(string(*q.Source))
	}
	p, err := a.Errors.List(ctx, f, pageRequest(q.Cursor, q.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListErrors200JSONResponse{Success: true, Data: each(p.Items, errorGroupOf), Meta: pageMeta(p)}, nil
}

// GetErrorGroup answers one group.
func (a *API) GetErrorGroup(ctx context.Context, req contract.GetErrorGroupRequestObject) (contract.GetErrorGroupResponseObject, error) {
	if err := adminOnly(ctx); err != nil {
		return nil, err
	}
	g, err := a.Errors.Get(ctx, req.ErrorId)
	if err != nil {
		return nil, err
	}
	return contract.GetErrorGroup200JSONResponse{Success: true, Data: errorGroupOf(g)}, nil
}

// ResolveErrorGroup closes a group.
func (a *API) ResolveErrorGroup(ctx context.Context, req contract.ResolveErrorGroupRequestObject) (contract.ResolveErrorGroupResponseObject, error) {
	if err := adminOnly(ctx); err != nil {
		return nil, err
	}
	actor := actorOf(ctx)
	g, err := a.Errors.Resolve(ctx, report.Resolver{ID: actor.ID, Role: string(actor.Role), Address: actor.Address}, req.ErrorId)
	if err != nil {
		return nil, err
	}
	return contract.ResolveErrorGroup200JSONResponse{Success: true, Data: errorGroupOf(g)}, nil
}

func errorGroupOf(g report.Group) contract.ErrorGroup {
	status := contract.ErrorGroupStatusResolved
	if g.Open() {
		status = contract.ErrorGroupStatusOpen
	}
	return contract.ErrorGroup{Id: g.ID, Status: status, Source: contract.ErrorGroupSource(g.Source), Kind: g.Kind, Place: g.Place, Message: g.Message,
		Count: g.Count, FirstSeen: g.FirstSeen, LastSeen: g.LastSeen, FirstRelease: g.FirstRelease, Release: g.Release,
		Sample:     contract.ErrorSample{Route: g.Route, RequestId: optional(g.RequestID), TraceId: optional(g.TraceID), Stack: optional(g.Stack)},
		ResolvedAt: g.ResolvedAt, ResolvedBy: g.ResolvedBy}
}
