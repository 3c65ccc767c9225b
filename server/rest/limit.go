package rest

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/errs"
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
)

// crowd is how many accounts' worth of requests one address may send: offices and mobile networks share theirs.
const crowd = 10

// classes of the operations that their method says too little about.
var classes = map[string]class{
	"searchListings": searching, "searchPlaces": searching,
	"register": signingIn, "verifyEmail": signingIn, "resendVerification": signingIn, "login": signingIn, "forgotPassword": signingIn, "resetPassword": signingIn,
	"createUpload": uploading, "completeUpload": uploading,
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

// quota is a class's limit and how the headers call it.
type quota struct {
	name   string
	limit  int // per minute; 0: none
	policy string
}

func (d *door) quota(c class) quota {
	h := d.Config.HTTP
	name := [...]string{"read", "search", "write", "sign-in", "upload"}[c]
	most := [...]int{h.LimitRead, h.LimitSearch, h.LimitWrite, h.LimitSignIn, h.LimitUpload}[c]
	return quota{name: name, limit: most, policy: fmt.Sprintf(`"%s";q=%d;w=60`, name, most)}
}

// limit counts the request for its address: with all that visitors there send, or, when it shows a token, with what all
// accounts there send. A token that turns out to be worth nothing counts as a visitor's request after all.
func (d *door) limit(c class, open bool) fiber.Handler {
	q := d.quota(c)
	if q.limit == 0 {
		return func(c *fiber.Ctx) error { return c.Next() }
	}
	return func(ctx *fiber.Ctx) error {
		address := d.clientAddress(ctx)
		visitor := limit.OfAddress(uint8(c), limit.Address, address)
		if token, _ := accessToken(ctx); open || token == "" {
			if err := d.take(ctx, q, visitor, 1); err != nil {
				return err
			}
			return ctx.Next()
		}
		if err := d.take(ctx, q, limit.OfAddress(uint8(c), limit.Crowd, address), crowd); err != nil {
			return err
		}
		err := ctx.Next()
		if errs.Is(err, errs.Unauthenticated) {
			if late := d.take(ctx, q, visitor, 1); late != nil {
				return late
			}
		}
		return err
	}
}

// limitAccount counts the request for the account that sends it, wherever it is.
func (d *door) limitAccount(c class) fiber.Handler {
	q := d.quota(c)
	return func(ctx *fiber.Ctx) error {
		if actor := actorOf(ctx.UserContext()); q.limit > 0 && actor.SignedIn() {
			if err := d.take(ctx, q, limit.OfAccount(uint8(c), actor.ID), 1); err != nil {
				return err
			}
		}
		return ctx.Next()
	}
}

// take counts a request and tells the client where it stands, as draft-ietf-httpapi-ratelimit-headers-09 has it: the policy
// with its quota and window in seconds, and what remains of it with the seconds until it counts anew.
func (d *door) take(c *fiber.Ctx, q quota, key limit.Key, times int) error {
	verdict := d.Limits.Take(key, q.limit*times)
	if times == 1 || !verdict.Allowed { // else the account's own follows, which is what the client can do something about
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
	return errs.Ef(errs.TooMany, "That were more than %d requests in a minute. Please wait %d s before the next one.", q.limit*times, seconds(wait)).After(wait)
}

func seconds(d time.Duration) int64 { return int64(math.Ceil(d.Seconds())) }
