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
	release                                   string // empty: this program's
	count                                     int64
	first, last                               time.Time
}

// describe scrubs a failure. Its group is where it was seen, its kind, the function of ours where it arose (else what was
// being done), and its message without what changes from one time to the next.
func describe(f Failure, now time.Time) occurrence {
	o := occurrence{source: f.Source, route: f.Route, requestID: f.RequestID, traceID: f.TraceID, count: 1, first: now, last: now}
	if f.browser != nil {
		o.describeBrowser(*f.browser)
	} else {
		o.describeError(f)
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{o.source, o.kind, o.place, o.message}, "\x00")))
	o.fingerprint = hex.EncodeToString(sum[:16])
	return o
}

func (o *occurrence) describeError(f Failure) {
	o.kind, o.message = string(errs.Internal), f.Err.Error()
	var raised *errs.Panic
	if errors.As(f.Err, &raised) {
		o.kind, o.message, o.stack = "panic", raised.Value(), limit(raised.Stack(), 8<<10)
	}
	o.message = Scrub(o.message)
	o.place = cmp.Or(errs.Place(f.Err), f.Route)
}

// rule says what stands for something that may belong to a person, or to one moment.
type rule struct {
	what *regexp.Regexp
	by   string
}

var (
	urls    = rule{regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://\S+`), "<url>"}
	paths   = rule{regexp.MustCompile(`(/[^\s?#"'<>]*)[?#][^\s"'<>)]+`), "${1}<query>"}
	queries = rule{regexp.MustCompile(`[?&#][A-Za-z0-9_.%\[\]-]+=[^\s"'<>)]*`), "<query>"}
	emails  = rule{regexp.MustCompile(`[^\s"'<>()=,;:]+(?:@|%40)[^\s"'<>()=,;:]+`), "<email>"}
	quoted  = rule{regexp.MustCompile(`"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `|“[^”]*”|‘[^’]*’|«[^»]*»`), "<text>"}
	// The apostrophe of a word opens nothing.
	single  = rule{regexp.MustCompile(`(^|[^\pL\pN])'(?:[^']|'')*'`), "${1}<text>"}
	ids     = rule{regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "<id>"}
	tokens  = rule{regexp.MustCompile(`[A-Za-z0-9_.+=-]*[0-9][A-Za-z0-9_.+=-]{20,}|[A-Za-z0-9_+=-]{32,}`), "<token>"}
	hexes   = rule{regexp.MustCompile(`(?i)\b0x[0-9a-f]+\b`), "<n>"}
	numbers = rule{regexp.MustCompile(`[0-9]+(?:[.:,][0-9]+)*`), "<n>"}

	inMessages = []rule{urls, paths, queries, emails, quoted, single, ids, tokens, hexes, numbers}
	inPlaces   = []rule{urls, paths, queries, emails, ids, numbers} // names of components are as long as tokens
	inScripts  = []rule{emails, ids}                                // their names end in numbers that say which one it is
)

// Scrub gives the first line of a message without addresses, ids, tokens, numbers, anything in quotes and the queries of
// URLs, 300 characters of it at most.
func Scrub(message string) string { return limit(scrub(oneLine(message), inMessages), 300) }

func scrub(text string, rules []rule) string {
	for _, r := range rules {
		text = r.what.ReplaceAllString(text, r.by)
	}
	return text
}

// oneLine gives the first line, 2000 bytes of it at most.
func oneLine(text string) string {
	text, _, _ = strings.Cut(clean(text), "\n")
	return limit(text, 2000)
}

// clean gives what Postgres can store.
func clean(text string) string { return strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "") }

// limit cuts at a character's border.
func limit(s string, bytes int) string {
	if len(s) <= bytes {
		return s
	}
	return strings.ToValidUTF8(s[:bytes], "")
}
