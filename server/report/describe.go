package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/rentora/rentora/server/errs"
)

// occurrence is one or several failures of one group, without anything that belongs to a person.
type occurrence struct {
	fingerprint, source, kind, place, message string
	route, requestID, traceID, stack          string
	count                                     int64
	first, last                               time.Time
}

// describe scrubs a failure. Its group is where it was seen, its kind, the function of ours where it arose (else what was
// being done), and its message without what changes from one time to the next.
func describe(f Failure, now time.Time) occurrence {
	o := occurrence{source: f.Source, kind: string(errs.Internal), route: f.Route, requestID: f.RequestID, traceID: f.TraceID,
		count: 1, first: now, last: now, message: f.Err.Error()}
	var raised *errs.Panic
	if errors.As(f.Err, &raised) {
		o.kind, o.message, o.stack = "panic", raised.Value(), limit(raised.Stack(), 8<<10)
	}
	o.message = Scrub(o.message)
	o.place = cmp.Or(errs.Place(f.Err), f.Route)
	sum := sha256.Sum256([]byte(strings.Join([]string{o.source, o.kind, o.place, o.message}, "\x00")))
	o.fingerprint = hex.EncodeToString(sum[:16])
	return o
}

// What may belong to a person, or to one moment, and what stands for it.
var scrubs = []struct {
	what *regexp.Regexp
	by   string
}{
	{regexp.MustCompile(`[a-z][a-z0-9+.-]*://\S+`), "<url>"},
	{regexp.MustCompile(`[^\s"'<>()=,;:]+@[^\s"'<>()=,;:]+`), "<email>"},
	{regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'[^']*'|` + "`[^`]*`"), "<text>"},
	{regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "<id>"},
	{regexp.MustCompile(`[A-Za-z0-9_.+=-]*[0-9][A-Za-z0-9_.+=-]{20,}|[A-Za-z0-9_+=-]{32,}`), "<token>"},
	{regexp.MustCompile(`(?i)\b0x[0-9a-f]+\b`), "<n>"},
	{regexp.MustCompile(`[0-9]+(?:[.:,][0-9]+)*`), "<n>"},
}

// Scrub gives the first line of a message without addresses, ids, tokens, numbers and anything in quotes, 300 characters
// of it at most.
func Scrub(message string) string {
	message, _, _ = strings.Cut(strings.ToValidUTF8(message, "?"), "\n")
	message = limit(strings.ReplaceAll(message, "\x00", ""), 2000)
	for _, s := range scrubs {
		message = s.what.ReplaceAllString(message, s.by)
	}
	return limit(message, 300)
}

// limit cuts at a character's border.
func limit(s string, bytes int) string {
	if len(s) <= bytes {
		return s
	}
	return strings.ToValidUTF8(s[:bytes], "")
}
