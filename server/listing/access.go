package listing

import (
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// See answers NotFound unless the actor may see a listing of a host in a state: live ones are everybody's, all others
// their host's and the admins'. Rooms that hang things on listings ask the same question.
func See(actor identity.Actor, host uuid.UUID, status Status) error {
	if status == StatusLive || owns(actor, host) || actor.IsAdmin() {
		return nil
	}
	return notFound()
}

// Change answers Forbidden unless the actor is the host or an admin, and NotFound to those who may not even see the listing.
func Change(actor identity.Actor, host uuid.UUID, status Status) error {
	if err := See(actor, host, status); err != nil {
		return err
	}
	if owns(actor, host) || actor.IsAdmin() {
		return nil
	}
	return errs.E(errs.Forbidden, "Only the host of this listing may do this.")
}

// author is Change without the admins: nobody but the host writes what the host says.
func author(actor identity.Actor, host uuid.UUID, status Status) error {
	if err := Change(actor, host, status); err != nil {
		return err
	}
	if owns(actor, host) {
		return nil
	}
	return errs.E(errs.Forbidden, "Only the host writes a listing. Admins approve, reject, pause, resume or archive it.")
}

func verifier(actor identity.Actor) error {
	if actor.IsAdmin() {
		return nil
	}
	return errs.E(errs.Forbidden, "Only admins verify listings.")
}

func owns(actor identity.Actor, host uuid.UUID) bool { return actor.SignedIn() && actor.ID == host }

func notFound() *errs.Error { return errs.E(errs.NotFound, "There is no such listing.") }

func stale() *errs.Error {
	return errs.E(errs.Stale, "The listing has changed since you read it. Read it again and repeat your change.")
}
