package rest

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/limit"
)

// class is a group of operations that share one limit.
type class uint8

const (
	reading class = iota
	searching
	writing
	signingIn
	uploading
	refreshing
	reporting
)

// crowd is how many accounts' worth of requests one address may send: offices and mobile networks share theirs.
const crowd = 10

// classes of the operations that their method says too little about.
var classes = map[string]class{
	"searchListings": searching, "searchPlaces": searching, "listSitemap": searching,
	"register": signingIn, "verifyEmail": signingIn, "resendVerification": signingIn, "login": signingIn, "forgotPassword": signingIn, "resetPassword": signingIn,
	"createUpload": uploading, "completeUpload": uploading,
	"refresh":            refreshing,
	"reportBrowserError": reporting,
}

func classOf(o operation) class {
	if c, ok := classes[o.id]; ok {
		return c
	}
	if o.method == fiber.MethodGet {
		return reading
	}
	return writing
}

// counting says with whom a request is counted at its address.
type counting uint8

const (
	asShown    counting = iota // with all accounts there if it shows a token, else with the visitors
	asVisitor                  // with the visitors, whatever it shows
	asOneOfAll                 // as if it showed a token
)

// countingOf lets log-ins, refreshes and log-outs be as many as all accounts of an address need. They may show no access token,
// but one visitor must not use up what everybody behind his address needs to get in, to stay in or to get out; the room bounds
// the guesses.
func countingOf(o operation) counting {
	switch {
	case o.id == "login" || o.id == "refresh" || o.id == "logout":
		return asOneOfAll
	case identity.Open(o.id):
		return asVisitor
	}
	return asShown
}

// quota is a class's limit and how the headers call it.
type quota struct {
	name   string
	limit  int // per minute; 0: none
	policy string
}

func (d *door) quota(c class) quota {
	h := d.Config.HTTP
	name := [...]string{"read", "search", "write", "sign-in", "upload", "refresh", "report"}[c]
	return newQuota(name, [...]int{h.LimitRead, h.LimitSearch, h.LimitWrite, h.LimitSignIn, h.LimitUpload, h.LimitWrite, h.LimitSignIn}[c])
}

func newQuota(name string, most int) quota {
	return quota{name: name, limit: most, policy: fmt.Sprintf(`"%s";q=%d;w=60`, name, most)}
}

// limit counts the request for its address: with all that visitors there send, or with what all accounts there send. A token
// that turns out to be worth nothing counts as a visitor's request after all; what is wrong with it is said all the same.
func (d *door) limit(c class, who counting) fiber.Handler {
	q := d.quota(c)
	if q.limit == 0 {
		return func(c *fiber.Ctx) error { return c.Next() }
	}
	all := newQuota(q.name, q.limit*crowd)
	return func(ctx *fiber.Ctx) error {
		address := d.clientAddress(ctx)
		if token, _, _ := accessToken(ctx); who == asVisitor || who == asShown && token == "" {
			if err := d.takeVisitor(ctx, q, c); err != nil {
				return err
			}
			return ctx.Next()
		}
		if err := d.take(ctx, all, limit.OfAddress(uint8(c), limit.Crowd, address), who == asOneOfAll); err != nil {
			return err
		}
		err := ctx.Next()
		if who == asShown && errs.Is(err, errs.Unauthenticated) {
			d.Limits.Take(limit.OfAddress(uint8(c), limit.Address, address), q.limit)
		}
		return err
	}
}

// takeVisitor counts the request with all that visitors of its address send.
func (d *door) takeVisitor(ctx *fiber.Ctx, q quota, c class) error {
	if q.limit == 0 {
		return nil
	}
	return d.take(ctx, q, limit.OfAddress(uint8(c), limit.Address, d.clientAddress(ctx)), true)
}

// limitAccount counts the request for the account that sends it, wherever it is.
func (d *door) limitAccount(c class) fiber.Handler {
	q := d.quota(c)
	return func(ctx *fiber.Ctx) error {
		if actor := actorOf(ctx.UserContext()); q.limit > 0 && actor.SignedIn() {
			if err := d.take(ctx, q, limit.OfAccount(uint8(c), actor.ID), true); err != nil {
				return err
			}
		}
		return ctx.Next()
	}
}

// take counts a request and tells the client where it stands, as draft-ietf-httpapi-ratelimit-headers-09 has it: the policy
// with its quota and window in seconds, and what remains of it with the seconds until it counts anew. Where it is not to be
// told that all is well, the account's own count follows, which is what the client can do something about.
func (d *door) take(c *fiber.Ctx, q quota, key limit.Key, told bool) error {
	verdict := d.Limits.Take(key, q.limit)
	if told || !verdict.Allowed {
		c.Set("RateLimit-Policy", q.policy)
		buffer := make([]byte, 0, 64)
		buffer = append(strconv.AppendQuote(buffer, q.name), ";r="...)
		buffer = append(strconv.AppendInt(buffer, int64(verdict.Remaining), 10), ";t="...)
		c.Response().Header.SetBytesV("RateLimit", strconv.AppendInt(buffer, seconds(verdict.Reset), 10))
	}
	if verdict.Allowed {
		return nil
	}
	d.metrics.limited.WithLabelValues(q.name).Inc()
	wait := max(verdict.Retry, time.Second)
	return errs.Ef(errs.TooMany, "That were more than %d requests in a minute. Please wait %d s before the next one.", q.limit, seconds(wait)).After(wait)
}

func seconds(d time.Duration) int64 { return int64(math.Ceil(d.Seconds())) }
