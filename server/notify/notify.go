// Package notify tells people by mail what happened to them.
package notify

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/notify/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Accounts tells whom to write to and makes one-time links. Identity does both.
type Accounts interface {
	Contact(ctx context.Context, userID uuid.UUID) (identity.Contact, error)
	Admins(ctx context.Context) ([]identity.Contact, error)
	MintLink(ctx context.Context, userID uuid.UUID, purpose identity.LinkPurpose) (token string, expires time.Time, err error)
}

// Mailer hands a mail to a mail server. It answers errs.Invalid when the server refuses it for good.
type Mailer interface {
	Send(ctx context.Context, m Message) error
}

// Message is a mail to one person.
type Message struct {
	ID         string // Message-ID, the same at every try
	To         identity.Contact
	Subject    string
	Text, HTML string
}

// Service writes mails. It is safe for concurrent use.
type Service struct {
	queries   *query.Queries
	accounts  Accounts
	mailer    Mailer
	publicURL string
	now       func() time.Time
}

// New makes the service; links in mails start with publicURL.
func New(pool *pgxpool.Pool, accounts Accounts, mailer Mailer, publicURL string, now func() time.Time) *Service {
	return &Service{queries: query.New(pool), accounts: accounts, mailer: mailer, publicURL: strings.TrimSuffix(publicURL, "/"), now: now}
}

// send delivers a mail about the event that is being handled, once per event, template and recipient. compose runs only
// when the mail is still owed: one-time links are made then and stand nowhere else. A crash between the mail server's
// answer and our note of it sends it again, with the same Message-ID.
func (s *Service) send(ctx context.Context, to identity.Contact, template string, compose func(context.Context) (content, error)) error {
	return s.sendOnce(ctx, keyOf(ctx, template, to.ID), to, template, compose)
}

// keyOf names the mail about the event that is being handled, to one person.
func keyOf(ctx context.Context, template string, userID uuid.UUID) string {
	return fmt.Sprintf("%s:%s:%s", template, events.ID(ctx), userID)
}

// sendOnce is send for what no event is about: once per key.
func (s *Service) sendOnce(ctx context.Context, key string, to identity.Contact, template string, compose func(context.Context) (content, error)) error {
	now := s.now()
	messageID, err := s.queries.Claim(ctx, query.ClaimParams{Key: key, Template: template, UserID: to.ID, MessageID: s.messageID(),
		Now: now, Until: now.Add(lease(ctx, now))})
	if errors.Is(err, pgx.ErrNoRows) {
		return s.notOurs(ctx, key, now)
	}
	if err != nil {
		return postgres.Translate(err)
	}
	if err := s.deliver(ctx, to, messageID, compose); err != nil {
		return s.failed(ctx, key, err)
	}
	ctx, cancel := note(ctx)
	defer cancel()
	return postgres.Translate(s.queries.MarkSent(ctx, query.MarkSentParams{Key: key, At: s.now()}))
}

func (s *Service) deliver(ctx context.Context, to identity.Contact, messageID string, compose func(context.Context) (content, error)) error {
	c, err := compose(ctx)
	if err != nil {
		return err
	}
	text, html, err := render(c)
	if err != nil {
		return err
	}
	return s.mailer.Send(ctx, Message{ID: messageID, To: to, Subject: oneLine(c.Subject), Text: text, HTML: html})
}

// lease is how long a mail is ours: until the handler's time is certainly over.
func lease(ctx context.Context, now time.Time) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return deadline.Sub(now) + 5*time.Second
	}
	return time.Minute
}

// notOurs says what a mail that could not be claimed means: it is done with, or somebody is sending it at this moment.
func (s *Service) notOurs(ctx context.Context, key string, now time.Time) error {
	state, err := s.queries.State(ctx, key)
	switch {
	case err != nil:
		return postgres.Translate(err)
	case state.Status != "due":
		return nil
	case state.ClaimedUntil == nil:
		return errs.E(errs.Unavailable, "the mail was let go at this moment").After(time.Second)
	}
	return errs.E(errs.Unavailable, "the mail is being sent by another worker").After(state.ClaimedUntil.Sub(now))
}

// note gives a context for writing down what happened, even when the handler's own time is over.
func note(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
}

func (s *Service) failed(ctx context.Context, key string, cause error) error {
	status := "due"
	if errs.Is(cause, errs.Invalid) {
		status = "failed"
	}
	ctx, cancel := note(ctx)
	defer cancel()
	noted := s.queries.MarkFailed(ctx, query.MarkFailedParams{Key: key, Status: status, LastError: truncate(cause.Error(), 500)})
	return errors.Join(cause, noted)
}

func (s *Service) messageID() string {
	host := "rentora"
	if u, err := url.Parse(s.publicURL); err == nil && u.Hostname() != "" {
		host = strings.ReplaceAll(u.Hostname(), ":", "-") // of an IPv6 address
	}
	return uuid.NewString() + "@" + host
}

// together joins the errors of several mails. Those that another try may mend come first and so decide what becomes of
// the event: its next delivery sends only what was not sent.
func together(all ...error) error {
	slices.SortStableFunc(all, func(a, b error) int { return rank(a) - rank(b) })
	return errors.Join(all...)
}

func rank(err error) int {
	if errs.Is(err, errs.Invalid) {
		return 1
	}
	return 0
}

func (s *Service) contact(ctx context.Context, id uuid.UUID) (identity.Contact, error) {
	c, err := s.accounts.Contact(ctx, id)
	if errs.Is(err, errs.NotFound) {
		return c, errs.E(errs.Invalid, "the account of a mail does not exist").Because(err)
	}
	return c, err
}

// oneLine keeps what people wrote (a listing's title) from reaching into the headers.
func oneLine(s string) string {
	spaced := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return truncate(strings.Join(strings.Fields(spaced), " "), 200)
}

func truncate(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func missing(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return errs.Ef(errs.Invalid, "the %s of a mail does not exist", what).Because(err)
	}
	return postgres.Translate(err)
}
