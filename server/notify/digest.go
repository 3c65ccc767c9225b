package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/notify/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// The rhythm of the mails that tell admins what waits for verification: the first a moment after the submission, so that
// a burst is one mail, and then not more often than the pause.
const (
	digestQuiet   = 5 * time.Second
	digestPause   = 10 * time.Minute
	digestNames   = 20  // that one mail lists
	digestsAtOnce = 100 // admins served by one run
)

// OnListingSubmitted puts a new listing into the next mail to every admin.
func (s *Service) OnListingSubmitted(ctx context.Context, _ listing.Submitted) error {
	return s.askDigests(ctx)
}

// OnRevisionSubmitted puts a change of an approved listing into the next mail to every admin.
func (s *Service) OnRevisionSubmitted(ctx context.Context, _ listing.RevisionSubmitted) error {
	return s.askDigests(ctx)
}

func (s *Service) askDigests(ctx context.Context) error {
	admins, err := s.accounts.Admins(ctx)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(admins))
	for i, a := range admins {
		ids[i] = a.ID
	}
	err = s.queries.AskDigests(ctx, query.AskDigestsParams{UserIds: ids, Due: s.now().Add(digestQuiet), PauseSeconds: digestPause.Seconds()})
	return postgres.Translate(err)
}

// SendDigests writes to the admins whose mail is due what waits for verification; nothing, when nothing does any more.
// It may be interrupted and run again, and twice at once: a mail goes out once for each time that it is due.
func (s *Service) SendDigests(ctx context.Context) error {
	due, err := s.queries.DueDigests(ctx, query.DueDigestsParams{Now: s.now(), N: digestsAtOnce}) // before what waits is read
	if err != nil || len(due) == 0 {
		return postgres.Translate(err)
	}
	waiting, err := s.queries.Waiting(ctx, digestNames)
	if err != nil {
		return postgres.Translate(err)
	}
	admins, err := s.accounts.Admins(ctx)
	if err != nil {
		return err
	}
	to := make(map[uuid.UUID]identity.Contact, len(admins))
	for _, a := range admins {
		to[a.ID] = a
	}
	failures := make([]error, len(due))
	for i, d := range due {
		failures[i] = s.digest(ctx, d, to, waiting)
	}
	return together(failures...)
}

// digest serves one admin. A mail that the mail server refuses for good counts as written, or it would be tried at every run.
func (s *Service) digest(ctx context.Context, due query.DueDigestsRow, to map[uuid.UUID]identity.Contact, waiting []query.WaitingRow) error {
	var sentAt *time.Time
	var refused error
	again := s.now().Add(digestQuiet)
	key := fmt.Sprintf("verifications_waiting:%d:%s", due.DueAt.UnixMicro(), due.UserID)
	admin, still := to[due.UserID]
	switch {
	case !still || len(waiting) == 0:
		if err := s.dropDue(ctx, key); err != nil {
			return err
		}
	default:
		c := s.digestOf(waiting)
		refused = s.sendOnce(ctx, key, admin, "verifications_waiting", func(context.Context) (content, error) { return c, nil })
		if refused != nil && !errs.Is(refused, errs.Invalid) {
			return refused
		}
		sentAt, again = new(s.now()), s.now().Add(digestPause)
	}
	closed := s.queries.CloseDigest(ctx, query.CloseDigestParams{UserID: due.UserID, DueAt: due.DueAt, Asked: due.Asked, Again: again, SentAt: sentAt})
	return together(refused, postgres.Translate(closed))
}

func (s *Service) digestOf(waiting []query.WaitingRow) content {
	oldest, total := waiting[0], waiting[0].Total
	c := content{
		Subject: "To verify: " + oldest.Title, Preview: place(oldest), Heading: "Something waits for verification",
		Paragraphs: []string{"It has waited since " + oldest.SubmittedAt.UTC().Format("2 January 2006, 15:04 UTC") + "."},
		Action:     &action{"Verify", s.publicURL + "/admin/verifications"},
		Footnote:   "You get this mail because you verify listings; at most one in ten minutes.",
	}
	if total > 1 {
		c.Subject = fmt.Sprintf("To verify: %d listings and changes", total)
		c.Heading = fmt.Sprintf("%d listings and changes wait for verification", total)
		c.Paragraphs[0] = "The first has waited since " + oldest.SubmittedAt.UTC().Format("2 January 2006, 15:04 UTC") + "."
	}
	for _, w := range waiting {
		label := "New"
		if w.IsRevision {
			label = "Change"
		}
		c.Facts = append(c.Facts, fact{Label: label, Value: w.Title + ", " + place(w)})
	}
	if more := total - int64(len(waiting)); more > 0 {
		c.Facts = append(c.Facts, fact{Label: "More", Value: fmt.Sprint(more)})
	}
	return c
}

func place(w query.WaitingRow) string { return w.City + ", " + w.CountryCode }
