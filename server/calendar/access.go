package calendar

import (
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// live is the status of a listing that everybody may see.
const live = "live"

func owns(actor identity.Actor, hostID uuid.UUID) bool {
	return actor.IsAdmin() || actor.SignedIn() && actor.ID == hostID
}

func maySee(actor identity.Actor, hostID uuid.UUID, status string) error {
	if status == live || owns(actor, hostID) {
		return nil
	}
	return noListing()
}

func mayChange(actor identity.Actor, hostID uuid.UUID, status string) error {
	if owns(actor, hostID) {
		return nil
	}
	if status == live {
		return errs.E(errs.Forbidden, "Only the host of this listing can see or change its availability settings.")
	}
	return noListing()
}

func noListing() error { return errs.E(errs.NotFound, "There is no such listing.") }

// missing names the listing when a query by its id has found nothing.
func missing(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return noListing()
	}
	return postgres.Translate(err)
}
