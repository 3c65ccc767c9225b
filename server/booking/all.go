package booking

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking/internal/query"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/page"
)

// AllFilter narrows ListAll; empty fields do not.
type AllFilter struct {
	Begins                     string // how the code begins, capitals or not
	Status                     *Status
	ListingID, GuestID, HostID *uuid.UUID
}

// ListAll gives admins a page of everybody's bookings, newest first, in one query.
func (s *Service) ListAll(ctx context.Context, actor identity.Actor, f AllFilter, req page.Request) (page.Page[Booking], error) {
	if !actor.IsAdmin() {
		return page.Page[Booking]{}, errs.E(errs.Forbidden, "Only admins see the bookings of others.")
	}
	p := query.SelectedBeforeParams{Status: (*string)(f.Status), ListingID: f.ListingID, GuestID: f.GuestID, HostID: f.HostID, Now: s.now()}
	if begins := strings.TrimSpace(f.Begins); begins != "" {
		prefix := escapeLike.Replace(strings.ToUpper(begins)) + "%"
		p.Prefix = &prefix
	}
	return list(ctx, actor, s.selected(p), req)
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
