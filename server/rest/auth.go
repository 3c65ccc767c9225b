package rest

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// Web clients carry their tokens in these. The prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis).
const (
	accessCookie  = "__Host-rentora_access"
	refreshCookie = "__Host-rentora_refresh"
	deviceCookie  = "__Host-rentora_device" // stays after a log-out
)

type authenticator interface {
	Authenticate(ctx context.Context, accessToken string, address netip.Addr) (identity.Actor, error)
}

// authenticate finds out who asks and whether their role may call the operation, and leaves the actor and the client in the
// request's context.
func (d *door) authenticate(room authenticator) fiber.Handler {
	return func(c *fiber.Ctx) error {
		operation, _ := c.Locals(localOperation).(string)
		agent := client{Client: identity.Client{Address: d.clientAddress(c), UserAgent: c.Get(fiber.HeaderUserAgent), Device: c.Cookies(deviceCookie)},
			refresh: c.Cookies(refreshCookie)}
		token, err := accessToken(c)
		if err != nil && !identity.Open(operation) {
			return err
		}
		if err := d.checkOrigin(c, operation); err != nil {
			return err
		}
		actor := identity.Actor{Address: agent.Address}
		if token != "" && !identity.Open(operation) {
			if actor, err = room.Authenticate(c.UserContext(), token, agent.Address); err != nil {
				return err
			}
		}
		if !identity.Allowed(operation, actor.Role) {
			return refused(actor)
		}
		c.SetUserContext(withActor(context.WithValue(c.UserContext(), clientKey{}, agent), actor))
		return c.Next()
	}
}

func refused(actor identity.Actor) error {
	if !actor.SignedIn() {
		return errs.E(errs.Unauthenticated, "Sign in to do this.").Coded("sign_in_required")
	}
	return errs.Ef(errs.Forbidden, "This is not allowed for the role %s.", actor.Role).Coded("role_not_allowed")
}

// accessToken gives the bearer token, else the cookie's; empty when there is neither.
func accessToken(c *fiber.Ctx) (string, error) {
	header := c.Get(fiber.HeaderAuthorization)
	if header == "" {
		return c.Cookies(accessCookie), nil
	}
	scheme, token, _ := strings.Cut(header, " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", errs.E(errs.Unauthenticated, "The Authorization header must be: Bearer, a space, and an access token.").Coded("token_invalid")
	}
	return token, nil
}

// checkOrigin guards against requests that another site makes a browser send: cookies go along with them, bearer tokens do
// not. Every browser says the origin of a request that may change something.
func (d *door) checkOrigin(c *fiber.Ctx, operation string) error {
	byCookie := c.Get(fiber.HeaderAuthorization) == "" && c.Cookies(accessCookie) != "" && !identity.Open(operation)
	byCookie = byCookie || operation == "refresh" && c.Cookies(refreshCookie) != ""
	safe := c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead
	if !byCookie || safe || d.knownOrigin(c.Get(fiber.HeaderOrigin)) {
		return nil
	}
	return errs.E(errs.Forbidden, "This request came from a site that may not act for you.").Coded("origin_not_allowed")
}

func (d *door) knownOrigin(origin string) bool {
	return origin != "" && (origin == strings.TrimSuffix(d.Config.PublicURL, "/") || slices.Contains(d.Config.HTTP.AllowedOrigins, origin))
}

// client is what handlers may know of the program that calls, beside its actor.
type client struct {
	identity.Client
	refresh string // the refresh cookie
}

type clientKey struct{}

func clientOf(ctx context.Context) client {
	agent, _ := ctx.Value(clientKey{}).(client)
	return agent
}
