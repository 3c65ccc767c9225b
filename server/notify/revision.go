package notify

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/notify/internal/query"
)

// OnRevisionApproved tells the host that guests see the change.
func (s *Service) OnRevisionApproved(ctx context.Context, e listing.RevisionApproved) error {
	r, err := s.revision(ctx, e.RevisionID)
	if err != nil {
		return err
	}
	if r.Status != string(listing.RevisionApplied) {
		return s.tooLate(ctx, r.HostID, "revision_approved")
	}
	return s.toAccount(ctx, r.HostID, "revision_approved", content{
		Subject: "Approved: your change of " + r.Title, Preview: "Guests see it now.", Heading: "Your change is approved",
		Paragraphs: []string{"We have looked at your change of " + r.Title + ". Guests see it from now on."},
		Action:     &action{"See the listing", s.publicURL + "/listings/" + r.ListingID.String()},
	})
}

// OnRevisionRejected tells the host what to mend, and that guests still see the approved version.
func (s *Service) OnRevisionRejected(ctx context.Context, e listing.RevisionRejected) error {
	r, err := s.revision(ctx, e.RevisionID)
	if err != nil {
		return err
	}
	if r.Status != string(listing.RevisionRefused) {
		return s.tooLate(ctx, r.HostID, "revision_rejected")
	}
	notes, err := notesOf(r.Notes)
	if err != nil {
		return err
	}
	return s.toAccount(ctx, r.HostID, "revision_rejected", content{
		Subject: "Please look again: your change of " + r.Title, Preview: "Guests still see the listing as it was.", Heading: "Your change needs another look",
		Paragraphs: []string{
			fmt.Sprintf("We could not take over your change of %s: %s.", r.Title, because(r.Reason)),
			"Guests still see, and can book, the listing as it was before. Please change what is needed; we will look again.",
		},
		Facts:  notes,
		Action: &action{"Edit the listing", s.publicURL + "/host/listings/" + r.ListingID.String()},
	})
}

func (s *Service) revision(ctx context.Context, id uuid.UUID) (query.RevisionOfRow, error) {
	r, err := s.queries.RevisionOf(ctx, id)
	return r, missing(err, "revision")
}
