package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/identity"
)

// OnUserRegistered mails the link that verifies the address.
func (s *Service) OnUserRegistered(ctx context.Context, e identity.UserRegistered) error {
	return s.sendLink(ctx, e.UserID, "verify_email", identity.LinkVerifyEmail, "/verify-email", content{
		Subject: "Confirm your e-mail address", Preview: "One click and your account is ready.", Heading: "Welcome to Rentora",
		Paragraphs: []string{"Please confirm that this address is yours. After that you can sign in."},
		Action:     &action{Label: "Confirm my address"},
		Footnote:   "If you did not make an account, ignore this mail: nothing happens without the link.",
	})
}

// OnVerificationRequested mails that link again.
func (s *Service) OnVerificationRequested(ctx context.Context, e identity.VerificationRequested) error {
	return s.OnUserRegistered(ctx, identity.UserRegistered(e))
}

// OnRegistrationRepeated tells the owner of an address that somebody registered with it again. The link helps whoever lost
// the password, never had it because a stranger registered first, or has not verified the address: it does all three.
func (s *Service) OnRegistrationRepeated(ctx context.Context, e identity.RegistrationRepeated) error {
	return s.sendLink(ctx, e.UserID, "registration_repeated", identity.LinkResetPassword, "/reset-password", content{
		Subject: "You already have a Rentora account", Preview: "Somebody tried to register with this address.", Heading: "You already have an account",
		Paragraphs: []string{"Somebody, probably you, tried to make a new account with this address. It has one already: sign in as usual, or set a new password, which also confirms that the address is yours."},
		Action:     &action{Label: "Set a new password"},
		Footnote:   "If it was not you, there is nothing to do: your account is unchanged.",
	})
}

// OnPasswordResetRequested mails the link that sets a new password.
func (s *Service) OnPasswordResetRequested(ctx context.Context, e identity.PasswordResetRequested) error {
	return s.sendLink(ctx, e.UserID, "reset_password", identity.LinkResetPassword, "/reset-password", content{
		Subject: "Set a new password", Preview: "The link works once.", Heading: "Set a new password",
		Paragraphs: []string{"Somebody, probably you, asked to set a new password for this account."},
		Action:     &action{Label: "Set a new password"},
		Footnote:   "If it was not you, ignore this mail: your password stays as it is.",
	})
}

// OnPasswordChanged tells the owner that the password is new.
func (s *Service) OnPasswordChanged(ctx context.Context, e identity.PasswordChanged) error {
	return s.toAccount(ctx, e.UserID, "password_changed", content{
		Subject: "Your password was changed", Preview: "All sessions were ended.", Heading: "Your password was changed",
		Paragraphs: []string{"Every session of your account was ended; sign in again with the new password."},
		Action:     &action{Label: "Sign in", URL: s.publicURL + "/sign-in"},
		Footnote:   "If it was not you, set a new password at once.",
	})
}

// OnInvited mails the link by which an account that an administrator made gets its first password.
func (s *Service) OnInvited(ctx context.Context, e identity.Invited) error {
	return s.sendLink(ctx, e.UserID, "invitation", identity.LinkInvitation, "/reset-password", content{
		Subject: "Your Rentora account", Preview: "Choose a password to begin.", Heading: "Your account is ready",
		Paragraphs: []string{"An account was made for you. Choose a password to sign in for the first time."},
		Action:     &action{Label: "Choose a password"},
	})
}

func (s *Service) toAccount(ctx context.Context, id uuid.UUID, template string, c content) error {
	to, err := s.contact(ctx, id)
	if err != nil {
		return err
	}
	return s.send(ctx, to, template, func(context.Context) (content, error) { return c, nil })
}

// sendLink makes the one-time link when the mail is sent, and puts its token behind # where no server sees it.
func (s *Service) sendLink(ctx context.Context, id uuid.UUID, template string, purpose identity.LinkPurpose, path string, c content) error {
	to, err := s.contact(ctx, id)
	if err != nil {
		return err
	}
	return s.send(ctx, to, template, func(ctx context.Context) (content, error) {
		token, expires, err := s.accounts.MintLink(ctx, id, purpose)
		if err != nil {
			return content{}, err
		}
		linked := c
		linked.Action = &action{Label: c.Action.Label, URL: s.publicURL + path + "#token=" + token}
		linked.Paragraphs = append(linked.Paragraphs[:len(linked.Paragraphs):len(linked.Paragraphs)],
			fmt.Sprintf("The link works once, until %s.", expires.UTC().Format("15:04 on 2 January 2006 MST")))
		return linked, nil
	})
}

// local writes an instant on the wall clock of the place.
func local(at time.Time, zone string) string {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	return at.In(loc).Format("15:04 on Mon 2 Jan 2006 (MST)")
}
