package events

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/server/errs"
)

// Tiers is how many retry topics a group has; an event waits in each of them once, longer in each.
const Tiers = 3

// Groups that may consume: those whose retry topics EnsureTopics makes.
var Groups = []string{"notify", "media", "numbers", "search", "cache"}

// RetryTopic names the retry topic of a group and a tier, from 1, without the prefix.
func RetryTopic(group string, tier int) string { return fmt.Sprintf("%s.retry-%d", group, tier) }

// The headers of a message in a retry topic.
const (
	headerGroup    = "rentora-group"
	headerAttempts = "rentora-attempts" // calls of the handler so far
	headerDue      = "rentora-due"      // RFC 3339: not to be handled before
	headerFailed   = "rentora-failed"   // RFC 3339: when it first moved
	headerError    = "rentora-error"    // the kind of the last error; its text stays in the log
)

// trail is what a message carries of its past; that of a message from a main topic is zero.
type trail struct {
	attempts    int
	due, failed time.Time
}

// trailOf reads the headers; what is missing or damaged counts as nothing, so that the event is handled at once.
func trailOf(m kafka.Message) (t trail) {
	for _, h := range m.Headers {
		switch h.Key {
		case headerAttempts:
			n, _ := strconv.Atoi(string(h.Value))
			t.attempts = max(n, 0)
		case headerDue:
			t.due, _ = time.Parse(time.RFC3339Nano, string(h.Value))
		case headerFailed:
			t.failed, _ = time.Parse(time.RFC3339Nano, string(h.Value))
		}
	}
	return t
}

// headers gives those of the message that moves on; what others put there stays.
func (t trail) headers(old []kafka.Header, group string, cause error) []kafka.Header {
	own := func(h kafka.Header) bool { return strings.HasPrefix(h.Key, "rentora-") }
	headers := slices.DeleteFunc(slices.Clone(old), own)
	for _, h := range [][2]string{
		{headerGroup, group}, {headerAttempts, strconv.Itoa(t.attempts)}, {headerDue, t.due.UTC().Format(time.RFC3339Nano)},
		{headerFailed, t.failed.UTC().Format(time.RFC3339Nano)}, {headerError, string(errs.KindOf(cause))},
	} {
		headers = append(headers, kafka.Header{Key: h[0], Value: []byte(h[1])})
	}
	return headers
}

// move hands the event to the next retry topic. It is there before its place here is committed: a crash between the two
// repeats it, and the inbox knows it then.
func (l *lane) move(ctx context.Context, log *slog.Logger, m kafka.Message, e Envelope, t trail, cause error) outcome {
	now := time.Now()
	if t.failed.IsZero() {
		t.failed = now
	}
	t.due = now.Add(l.Retry.Delays[l.tier])
	moved := kafka.Message{Topic: l.Kafka.TopicPrefix + RetryTopic(l.Group, l.tier+1), Key: m.Key, Value: m.Value, Headers: t.headers(m.Headers, l.Group, cause)}
	if !l.insist(ctx, "moving an event to a retry topic", func(ctx context.Context) error { return l.writer.WriteMessages(ctx, moved) }) {
		return stopped
	}
	l.Metrics.result(l.Group, e.Type, resultMoved)
	l.Metrics.retried(l.Group, l.tier+1)
	log.Warn("an event could not be handled; it moves to a retry topic", "error", cause, "attempts", t.attempts, "tier", l.tier+1, "due", t.due)
	return movedOn
}

// untilDue waits until the message may be handled, and never longer than its topic's delay, whatever a header says.
func (l *lane) untilDue(m kafka.Message) bool {
	t := trailOf(m)
	l.Metrics.waits(l.Group, l.place, t.failed)
	defer l.Metrics.waits(l.Group, l.place, time.Time{})
	pause := min(time.Until(t.due), l.Retry.Delays[l.tier-1])
	return pause <= 0 || l.rest(pause)
}
