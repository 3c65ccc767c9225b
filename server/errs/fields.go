package errs

import "fmt"

// Fields collects every broken rule of a request before it answers, so that a form is mended in one go.
// Its zero value is ready; it is not safe for concurrent use.
type Fields struct {
	list []Field
	more int // that were not kept
}

// mostFields is more than any form of ours can break: who breaks more gets an answer that is no longer for it.
const mostFields = 50

// Add notes one broken rule; message is a sentence that says what would be right.
func (f *Fields) Add(field, rule, message string) {
	if len(f.list) == mostFields {
		f.more++
		return
	}
	f.list = append(f.list, Field{Field: field, Rule: rule, Message: message})
}

// Addf is Add with a format.
func (f *Fields) Addf(field, rule, format string, args ...any) {
	f.Add(field, rule, fmt.Sprintf(format, args...))
}

// Check adds the broken rule unless ok.
func (f *Fields) Check(ok bool, field, rule, message string) {
	if !ok {
		f.Add(field, rule, message)
	}
}

// Err is nil when no rule was broken, else one Invalid error that carries the first fifty and counts the others.
func (f *Fields) Err() error {
	switch len(f.list) {
	case 0:
		return nil
	case 1:
		return &Error{Kind: Invalid, Code: string(Invalid), Message: f.list[0].Message, Fields: f.list}
	}
	return &Error{Kind: Invalid, Code: string(Invalid), Fields: f.list,
		Message: fmt.Sprintf("%s (and %d more)", f.list[0].Message, len(f.list)-1+f.more)}
}

// InvalidField is an Invalid error about a single field.
func InvalidField(field, rule, message string) *Error {
	return &Error{Kind: Invalid, Code: string(Invalid), Message: message,
		Fields: []Field{{Field: field, Rule: rule, Message: message}}}
}
