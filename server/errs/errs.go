// Package errs is the closed set of error kinds that every room speaks and every door translates.
package errs

import (
	"errors"
	"fmt"
	"runtime"
	"time"
)

// Kind says what an error means to the caller; doors map it to a status, workers to a consequence.
type Kind string

// The kinds. Nothing outside this list exists.
const (
	Invalid         Kind = "invalid"         // the request breaks a rule of the contract
	Unauthenticated Kind = "unauthenticated" // nobody is signed in, or the proof is bad
	Forbidden       Kind = "forbidden"       // somebody is signed in who may not do this
	NotFound        Kind = "not_found"       // there is no such thing, or not for this caller
	Conflict        Kind = "conflict"        // the state of the thing does not allow it
	Stale           Kind = "stale"           // the caller's copy is older than ours (If-Match)
	TooLarge        Kind = "too_large"       // a size limit is broken
	Unsupported     Kind = "unsupported"     // a media type that we do not read
	Unprocessable   Kind = "unprocessable"   // well formed, but contradicts what was said before
	TooMany         Kind = "too_many"        // a rate limit is broken
	Internal        Kind = "internal"        // our fault
	Unavailable     Kind = "unavailable"     // a part that we need is away; worth a retry
)

// Field is one broken rule of one field, named as the caller named it ("nights", "photos[2].caption").
type Field struct {
	Field   string `json:"field"`
	Rule    string `json:"rule"`    // a short constant: required, min, max, format, enum, …
	Message string `json:"message"` // a sentence for people
}

// Error is an error with a kind and a sentence for people. The cause stays in the log.
type Error struct {
	Kind       Kind
	Code       string // a constant that programs may switch on; the kind's name when nothing finer is known
	Message    string
	Fields     []Field
	Details    any           // machine-readable extras of this code (nearest free dates, …); nil mostly
	RetryAfter time.Duration // mostly with TooMany and Unavailable, which without it say two seconds; 0 means unsaid
	cause      error
	made       [3]uintptr // the calls that made it, for an Internal one
}

// E makes an error of a kind with a sentence for the user.
func E(kind Kind, message string) *Error {
	e := &Error{Kind: kind, Code: string(kind), Message: message}
	if kind == Internal {
		runtime.Callers(2, e.made[:])
	}
	return e
}

// Ef is E with a format.
func Ef(kind Kind, format string, args ...any) *Error {
	return E(kind, fmt.Sprintf(format, args...))
}

// Because records the cause, which is logged and never shown.
func (e *Error) Because(cause error) *Error { e.cause = cause; return e }

// Coded names the code that programs may switch on.
func (e *Error) Coded(code string) *Error { e.Code = code; return e }

// With attaches machine-readable details.
func (e *Error) With(details any) *Error { e.Details = details; return e }

// After says how long a caller should wait before the next try.
func (e *Error) After(d time.Duration) *Error { e.RetryAfter = d; return e }

// Error gives the sentence and, for the log, the cause.
func (e *Error) Error() string {
	if e.cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.cause.Error()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// KindOf tells the kind of any error; one that nobody classified is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is of a kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
