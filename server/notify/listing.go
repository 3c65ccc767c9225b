package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/notify/internal/query"
)

// OnListingApproved tells the host that the listing is live.
func (s *Service) OnListingApproved(ctx context.Context, e listing.Approved) error {
	l, err := s.listing(ctx, e.ListingID)
	if err != nil {
		return err
	}
	if l.Status != "live" {
		return s.tooLate(ctx, l.HostID, "listing_approved")
	}
	return s.toAccount(ctx, l.HostID, "listing_approved", content{
		Subject: "Live: " + l.Title, Preview: "Guests can find and book it now.", Heading: "Your listing is live",
		Paragraphs: []string{"We have verified " + l.Title + ". Guests can find and book it from now on."},
		Action:     &action{"See the listing", s.publicURL + "/listings/" + l.ID.String()},
	})
}

// OnListingRejected tells the host what to mend.
func (s *Service) OnListingRejected(ctx context.Context, e listing.Rejected) error {
	l, err := s.listing(ctx, e.ListingID)
	if err != nil {
		return err
	}
	if l.Status != "rejected" { // handed in again in the meantime
		return s.tooLate(ctx, l.HostID, "listing_rejected")
	}
	notes, err := notesOf(l.RejectionNotes)
	if err != nil {
		return err
	}
	c := content{
		Subject: "Please look again: " + l.Title, Preview: "It cannot go live as it is.", Heading: "Your listing needs another look",
		Paragraphs: []string{fmt.Sprintf("We could not publish %s: %s.", l.Title, because(l.RejectionReason)), "Please change what is needed and hand it in again."},
		Action:     &action{"Edit the listing", s.publicURL + "/host/listings/" + l.ID.String()},
		Facts:      notes,
	}
	return s.toAccount(ctx, l.HostID, "listing_rejected", c)
}

// notesOf writes an admin's notes on fields.
func notesOf(raw []byte) ([]fact, error) {
	var notes []struct{ Field, Note string }
	if err := json.Unmarshal(raw, &notes); err != nil {
		return nil, fmt.Errorf("notify: notes: %w", err)
	}
	var out []fact
	for _, n := range notes {
		out = append(out, fact{Label: words(n.Field), Value: n.Note})
	}
	return out, nil
}

func because(reason string) string {
	switch reason {
	case "incomplete":
		return "important details are missing"
	case "misleading":
		return "what it says does not seem to match the place"
	case "photos":
		return "its photos are not what guests need to see"
	case "location":
		return "its location does not seem to be right"
	case "duplicate":
		return "the same place is listed already"
	case "prohibited":
		return "our rules do not allow it"
	}
	return "our reviewers found something to change"
}

func (s *Service) listing(ctx context.Context, id uuid.UUID) (query.ListingOfRow, error) {
	l, err := s.queries.ListingOf(ctx, id)
	return l, missing(err, "listing")
}

// words writes a constant for people: check_in becomes "Check in".
func words(constant string) string {
	if constant == "" {
		return constant
	}
	spaced := strings.ReplaceAll(constant, "_", " ")
	return strings.ToUpper(spaced[:1]) + spaced[1:]
}
