package identity

import "github.com/google/uuid"

// UserRegistered says that a new account waits for its address to be verified.
type UserRegistered struct {
	UserID uuid.UUID `json:"user_id"`
}

// VerificationRequested says that the owner of an unverified account wants the link once more.
type VerificationRequested struct {
	UserID uuid.UUID `json:"user_id"`
}

// RegistrationRepeated says that somebody registered with the address of an account that exists.
type RegistrationRepeated struct {
	UserID uuid.UUID `json:"user_id"`
}

// PasswordResetRequested says that somebody wants a link that sets a new password.
type PasswordResetRequested struct {
	UserID uuid.UUID `json:"user_id"`
}

// PasswordChanged says that a new password was set and every session ended.
type PasswordChanged struct {
	UserID uuid.UUID `json:"user_id"`
}

// Invited says that an account was made for somebody, who sets its password through a link.
type Invited struct {
	UserID uuid.UUID `json:"user_id"`
}

func (UserRegistered) EventType() string         { return "identity.registered" }
func (VerificationRequested) EventType() string  { return "identity.verification_requested" }
func (RegistrationRepeated) EventType() string   { return "identity.registration_repeated" }
func (PasswordResetRequested) EventType() string { return "identity.password_reset_requested" }
func (PasswordChanged) EventType() string        { return "identity.password_changed" }
func (Invited) EventType() string                { return "identity.invited" }

func (e UserRegistered) EventKey() string         { return e.UserID.String() }
func (e VerificationRequested) EventKey() string  { return e.UserID.String() }
func (e RegistrationRepeated) EventKey() string   { return e.UserID.String() }
func (e PasswordResetRequested) EventKey() string { return e.UserID.String() }
func (e PasswordChanged) EventKey() string        { return e.UserID.String() }
func (e Invited) EventKey() string                { return e.UserID.String() }
