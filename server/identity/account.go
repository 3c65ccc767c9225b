package identity

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
)

// User is an account.
type User struct {
	ID            uuid.UUID
	Email, Name   string
	Role          Role
	Locked        bool
	EmailVerified bool
	Version       int64 // of the whole account; an edit names the one that it is based on
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// NewUser is what an account is made of. Without a Password nobody can log in until an invitation's link has set one.
type NewUser struct {
	Email, Name, Password string
	Role                  Role
	Verified              bool // the address is known to be the owner's
}

// Contact is where mails to an account go.
type Contact struct {
	ID          uuid.UUID
	Email, Name string
}

const (
	statusActive        = "active"
	statusLocked        = "locked"
	minPasswordLength   = 10 // characters
	maxPasswordBytes    = 72 // bcrypt reads no further
	maxEmail, maxName   = 254, 100
	maxUserAgent        = 300
	ruleRequired        = "required"
	ruleMaxLength       = "max_length"
	ruleMinLength       = "min_length"
	ruleFormat          = "format"
	sentenceEmailFormat = "Email must be an e-mail address."
)

var emailForm = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)

// tidy trims what people type around a value.
func (n NewUser) tidy() NewUser {
	n.Email, n.Name = strings.TrimSpace(n.Email), strings.TrimSpace(n.Name)
	return n
}

func (n NewUser) validate() error {
	var broken errs.Fields
	broken.Check(len(n.Email) <= maxEmail, "email", ruleMaxLength, "Email must have at most 254 characters.")
	broken.Check(emailForm.MatchString(n.Email) && printable(n.Email), "email", ruleFormat, sentenceEmailFormat)
	checkName(n.Name, &broken)
	switch n.Role {
	case Guest, Host, Support, Admin:
	default:
		broken.Add("role", "enum", "Role must be one of guest, host, support, admin.")
	}
	if n.Password != "" {
		checkPassword(n.Password, &broken)
	}
	return broken.Err()
}

func checkName(name string, broken *errs.Fields) {
	broken.Check(name != "", "name", ruleRequired, "Name must not be blank.")
	broken.Check(utf8.RuneCountInString(name) <= maxName, "name", ruleMaxLength, "Name must have at most 100 characters.")
	broken.Check(printable(name), "name", ruleFormat, "Name must be one line of text.")
}

// checkPassword refuses what bcrypt would cut off: two passwords that differ only behind the 72nd byte must not be one.
func checkPassword(password string, broken *errs.Fields) {
	broken.Check(utf8.RuneCountInString(password) >= minPasswordLength, "password", ruleMinLength, "Password must have at least 10 characters.")
	broken.Check(len(password) <= maxPasswordBytes, "password", ruleMaxLength,
		"Password must have at most 72 bytes; letters beyond A to Z count for two or more.")
}

// printable tells whether s is valid text without control characters: no line can be broken with it, in a mail or a log.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

func userOf(row query.User) User {
	return User{ID: row.ID, Email: row.Email, Name: row.Name, Role: Role(row.Role), Locked: row.Status != statusActive,
		EmailVerified: row.EmailVerifiedAt != nil, Version: row.Version, CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt}
}
