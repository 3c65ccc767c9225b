package rest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/goccy/go-json"
	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/cache"
)

// answers keeps what is the same for everybody; nil keeps nothing.
type answers interface {
	Get(ctx context.Context, key string, fill cache.Fill) (cache.Answer, error)
}

// remember gives the answer of a key from the answers, or makes it where there are none.
func remember(ctx context.Context, a answers, key string, fill cache.Fill) (cache.Answer, error) {
	if a == nil {
		return fill(ctx)
	}
	return a.Get(ctx, key, fill)
}

// encoded makes the answer of an envelope.
func encoded(envelope any, note string) (cache.Answer, error) {
	text, err := json.Marshal(envelope)
	if err != nil {
		return cache.Answer{}, err
	}
	sum := sha256.Sum256(text)
	return cache.Answer{Body: text, Tag: hex.EncodeToString(sum[:12]), Note: note}, nil
}

// Who may keep a public answer, and for how long: a moment, because a change is told to our processes and to nobody
// else.
var (
	keptByAll  = []byte("public, max-age=5, s-maxage=5, stale-while-revalidate=10")
	keptBySelf = []byte("private, no-cache")

	jsonType       = []byte(fiber.MIMEApplicationJSON)
	variesByCaller = []byte("Origin, Authorization, Cookie")

	etagName, cacheControlName, varyName = []byte(fiber.HeaderETag), []byte(fiber.HeaderCacheControl), []byte(fiber.HeaderVary)
)

// quotaNames are the headers that tell a client where it stands.
var quotaNames = []string{"RateLimit", "RateLimit-Policy"}

// prepared sends an answer as it was encoded, or 304 to who has it already (RFC 9110, 13.1.2).
type prepared struct {
	cache.Answer
	visitor bool // nobody signed in: the answer may be kept on its way
}

func (p prepared) send(c *fiber.Ctx) error {
	h := &c.Response().Header
	h.SetCanonical(etagName, []byte(`"`+p.Tag+`"`))
	keep := keptBySelf
	if p.visitor {
		keep = keptByAll
		for _, one := range quotaNames {
			h.Del(one) // what this client has left is nobody else's
		}
	}
	h.SetCanonical(cacheControlName, keep)
	h.SetCanonical(varyName, variesByCaller)
	if has(c.Get(fiber.HeaderIfNoneMatch), p.Tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	h.SetContentTypeBytes(jsonType)
	c.Response().SetBodyRaw(p.Body) // it is never written to
	return nil
}

// has tells whether an If-None-Match names the tag; comparison is weak, as the RFC has it.
func has(ifNoneMatch, tag string) bool {
	if ifNoneMatch == "" {
		return false
	}
	for one := range strings.SplitSeq(ifNoneMatch, ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.Trim(strings.TrimPrefix(one, "W/"), `"`) == tag {
			return true
		}
	}
	return false
}

// VisitGetListingResponse implements contract.GetListingResponseObject.
func (p prepared) VisitGetListingResponse(c *fiber.Ctx) error { return p.send(c) }

// VisitSearchListingsResponse implements contract.SearchListingsResponseObject.
func (p prepared) VisitSearchListingsResponse(c *fiber.Ctx) error { return p.send(c) }
