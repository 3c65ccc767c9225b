package rest

import (
	"context"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/page"
)

// auditLog is audit.Log.
type auditLog interface {
	List(ctx context.Context, f audit.Filter, req page.Request) (page.Page[audit.Entry], error)
}

// ListAuditLog answers who did what.
func (a *API) ListAuditLog(ctx context.Context, req contract.ListAuditLogRequestObject) (contract.ListAuditLogResponseObject, error) {
	if !actorOf(ctx).IsAdmin() { // the record belongs to no room that could ask
		return nil, errs.E(errs.Forbidden, "Only admins read the audit log.")
	}
	q := req.Params
	p, err := a.Audit.List(ctx, audit.Filter{TargetType: q.TargetType, TargetID: q.TargetId, ActorID: q.ActorId}, pageRequest(q.Cursor, q.Limit))
	if err != nil {
		return nil, err
	}
	return contract.ListAuditLog200JSONResponse{Success: true, Data: each(p.Items, auditEntryOf), Meta: pageMeta(p)}, nil
}

func auditEntryOf(e audit.Entry) contract.AuditEntry {
	out := contract.AuditEntry{
		Id: e.ID, At: e.At, ActorId: e.ActorID, ActorRole: e.ActorRole, Action: e.Action,
		TargetType: e.TargetType, TargetId: e.TargetID, Diff: e.Diff, RequestId: e.RequestID,
	}
	if e.Address.IsValid() {
		out.Address = optional(e.Address.String())
	}
	return out
}
