package errs

import "fmt"

// Fields collects every broken rule of a request before it answers, so that a form is mended in one go.
// Its zero value is ready; it is not safe for concurrent use.
type Fields struct{ list []Field }

// Add notes one broken rule; message is a sentence that says what would be right.
func (f *Fields) Add(field, rule, message string) {
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

// Err is nil when no rule was broken, else one Invalid error that carries them all.
func (f *Fields) Err() error {
	switch len(f.list) {
	case 0:
		return nil
	case 1:
		return &Error{Kind: Invalid, Code: string(Invalid), Message: f.list[0].Message, Fields: f.list}
	}
	return &Error{Kind: Invalid, Code: string(Invalid), Fields: f.list,
		Message: fmt.Sprintf("%s (and %d more)", f.list[0].Message, len(f.list)-1)}
}

// InvalidField is an Invalid error about a single field.
func InvalidField(field, rule, message string) *Error {
	return &Error{Kind: Invalid, Code: string(Invalid), Message: message,
		Fields: []Field{{Field: field, Rule: rule, Message: message}}}
}
