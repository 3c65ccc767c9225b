package report

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/getsentry/sentry-go"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
)

const (
	sentryPause = time.Minute // between two events of one group
	sentryKnown = 1000        // groups whose last event is remembered
	sentryFlush = 2 * time.Second
)

// sentryClient sends samples to a server that speaks Sentry's protocol, scrubbed as those in our own table. A nil one
// sends nothing. It belongs to the goroutine that groups.
type sentryClient struct {
	client *sentry.Client
	last   map[string]time.Time
}

func openSentry(c config.Errors, release string) (*sentryClient, error) {
	if c.SentryDSN == "" {
		return nil, nil //nolint:nilnil // nil sends nothing, by its contract
	}
	client, err := sentry.NewClient(sentry.ClientOptions{Dsn: c.SentryDSN, Release: release, ServerName: "-", MaxBreadcrumbs: -1,
		Integrations: func([]sentry.Integration) []sentry.Integration { return nil }}) // they collect what is not to be sent
	if err != nil {
		return nil, errs.E(errs.Invalid, "RENTORA_ERRORS_SENTRY_DSN cannot be used") // the cause would quote the key
	}
	return &sentryClient{client: client, last: map[string]time.Time{}}, nil
}

// send hands an event to the library, which sends it in the background and drops it when its own queue is full.
func (s *sentryClient) send(o occurrence, err error) {
	if s == nil || o.last.Sub(s.last[o.fingerprint]) < sentryPause {
		return
	}
	if len(s.last) >= sentryKnown {
		clear(s.last)
	}
	s.last[o.fingerprint] = o.last
	event := sentry.NewEvent()
	event.Level, event.Timestamp, event.Transaction = sentry.LevelError, o.last, o.route
	if o.release != "" {
		event.Release = o.release
	}
	event.Fingerprint = []string{o.fingerprint}
	event.Tags = map[string]string{"source": o.source, "request_id": o.requestID, "trace_id": o.traceID}
	event.Exception = []sentry.Exception{{Type: o.kind, Value: o.message, Module: o.place, Stacktrace: stackOf(err)}}
	s.client.CaptureEvent(event, nil, nil)
}

// stackOf gives a panic's calls as the protocol wants them: the outermost first.
func stackOf(err error) *sentry.Stacktrace {
	var raised *errs.Panic
	if !errors.As(err, &raised) {
		return nil
	}
	calls := raised.Frames()
	slices.Reverse(calls)
	frames := make([]sentry.Frame, 0, len(calls))
	for _, c := range calls {
		frames = append(frames, frameOf(c))
	}
	return &sentry.Stacktrace{Frames: frames}
}

func frameOf(c runtime.Frame) sentry.Frame {
	return sentry.Frame{Function: c.Function, Filename: c.File, Lineno: c.Line, InApp: strings.HasPrefix(c.Function, "github.com/rentora/")}
}

func (s *sentryClient) close() {
	if s != nil {
		s.client.Flush(sentryFlush)
		s.client.Close()
	}
}
