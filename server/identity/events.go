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

// Renamed says that somebody has another name, which stands beside what is theirs.
type Renamed struct {
	UserID uuid.UUID `json:"user_id"`
}

// EventType names the event.
func (Renamed) EventType() string { return "identity.renamed" }

// EventKey orders by account.
func (e Renamed) EventKey() string { return e.UserID.String() }

// EventType names the event.
func (UserRegistered) EventType() string { return "identity.registered" }

// EventType names the event.
func (VerificationRequested) EventType() string { return "identity.verification_requested" }

// EventType names the event.
func (RegistrationRepeated) EventType() string { return "identity.registration_repeated" }

// EventType names the event.
func (PasswordResetRequested) EventType() string { return "identity.password_reset_requested" }

// EventType names the event.
func (PasswordChanged) EventType() string { return "identity.password_changed" }

// EventType names the event.
func (Invited) EventType() string { return "identity.invited" }

// EventKey orders by account.
func (e UserRegistered) EventKey() string { return e.UserID.String() }

// EventKey orders by account.
func (e VerificationRequested) EventKey() string { return e.UserID.String() }

// EventKey orders by account.
func (e RegistrationRepeated) EventKey() string { return e.UserID.String() }

// EventKey orders by account.
func (e PasswordResetRequested) EventKey() string { return e.UserID.String() }

// EventKey orders by account.
func (e PasswordChanged) EventKey() string { return e.UserID.String() }

// EventKey orders by account.
func (e Invited) EventKey() string { return e.UserID.String() }
