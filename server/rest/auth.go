package rest

import (
	"context"
	"errors"
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
func (d *door) authenticate(room authenticator, class class) fiber.Handler {
	q := d.quota(class)
	return func(c *fiber.Ctx) error {
		operation, _ := c.Locals(localOperation).(string)
		agent := client{Client: identity.Client{Address: d.clientAddress(c), UserAgent: c.Get(fiber.HeaderUserAgent), Device: c.Cookies(deviceCookie)},
			refresh: c.Cookies(refreshCookie)}
		actor, err := d.actor(c, room, operation, agent.Address)
		switch {
		case !errors.As(err, new(deadCookies)):
		case leaves(c, operation):
			err = nil
		case identity.Allowed(operation, ""):
			// Browsers send a dead cookie everywhere: it must not close the pages that are open to everybody. But it must not be
			// worth more requests than a visitor's, either.
			err = d.takeVisitor(c, q, class)
		}
		if err != nil {
			return err
		}
		if !identity.Allowed(operation, actor.Role) && (actor.SignedIn() || !leaves(c, operation)) {
			return refused(actor)
		}
		c.SetUserContext(withActor(context.WithValue(c.UserContext(), clientKey{}, agent), actor))
		return c.Next()
	}
}

// actor gives who asks: a visitor, where nobody is asked who they are and beside every error.
func (d *door) actor(c *fiber.Ctx, room authenticator, operation string, address netip.Addr) (identity.Actor, error) {
	visitor := identity.Actor{Address: address}
	token, byCookie, err := accessToken(c)
	if err != nil && !identity.Open(operation) {
		return visitor, err
	}
	if err := d.checkOrigin(c, operation); err != nil {
		return visitor, err
	}
	if token == "" || identity.Open(operation) {
		return visitor, nil
	}
	actor, err := room.Authenticate(c.UserContext(), token, address)
	switch {
	case err == nil:
		return actor, nil
	case byCookie && errs.Is(err, errs.Unauthenticated):
		return visitor, deadAccess(err)
	}
	return visitor, err
}

// leaves tells whether a browser wants to sign out that may have nothing left but its refresh cookie.
func leaves(c *fiber.Ctx, operation string) bool {
	return operation == "logout" && c.Get(fiber.HeaderAuthorization) == "" && c.Cookies(refreshCookie) != ""
}

func refused(actor identity.Actor) error {
	if !actor.SignedIn() {
		return errs.E(errs.Unauthenticated, "Sign in to do this.").Coded("sign_in_required")
	}
	return errs.Ef(errs.Forbidden, "This is not allowed for the role %s.", actor.Role).Coded("role_not_allowed")
}

// accessToken gives the bearer token, else the cookie's; empty when there is neither.
func accessToken(c *fiber.Ctx) (token string, byCookie bool, err error) {
	header := c.Get(fiber.HeaderAuthorization)
	if header == "" {
		return c.Cookies(accessCookie), true, nil
	}
	scheme, token, _ := strings.Cut(header, " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", false, errs.E(errs.Unauthenticated, "The Authorization header must be: Bearer, a space, and an access token.").Coded("token_invalid")
	}
	return token, false, nil
}

// checkOrigin guards against requests that another site makes a browser send: cookies go along with them, bearer tokens do
// not. Every browser says the origin of a request that may change something.
func (d *door) checkOrigin(c *fiber.Ctx, operation string) error {
	byCookie := c.Get(fiber.HeaderAuthorization) == "" && c.Cookies(accessCookie) != "" && !identity.Open(operation)
	byCookie = byCookie || operation == "refresh" && c.Cookies(refreshCookie) != "" || leaves(c, operation)
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
