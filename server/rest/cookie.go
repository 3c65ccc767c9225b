package rest

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
)

// signedIn is the answer to a log-in or a refresh: the tokens go into the body, or into cookies that no script can read.
type signedIn struct {
	identity.Tokens
	byCookie bool
}

// VisitLoginResponse writes the answer of login.
func (s signedIn) VisitLoginResponse(c *fiber.Ctx) error { return s.write(c) }

// VisitRefreshResponse writes the answer of refresh.
func (s signedIn) VisitRefreshResponse(c *fiber.Ctx) error { return s.write(c) }

func (s signedIn) write(c *fiber.Ctx) error {
	if s.byCookie {
		c.Cookie(tokenCookie(accessCookie, s.Access, s.AccessLife))
		c.Cookie(tokenCookie(refreshCookie, s.Refresh, s.RefreshLife))
	}
	if s.byCookie && s.Device != "" {
		c.Cookie(tokenCookie(deviceCookie, s.Device, identity.DeviceLife))
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(fiber.StatusOK).JSON(contract.TokensEnvelope{Success: true, Data: tokensOf(s.Tokens, s.byCookie)})
}

// passwordSet is the answer to a new password: the browser that has set it is known from then on.
type passwordSet struct{ device, message string }

// VisitResetPasswordResponse writes the answer of resetPassword.
func (p passwordSet) VisitResetPasswordResponse(c *fiber.Ctx) error {
	c.Cookie(tokenCookie(deviceCookie, p.device, identity.DeviceLife))
	return c.Status(fiber.StatusOK).JSON(contract.DoneEnvelope(done(p.message)))
}

// signedOut is the answer to a log-out: it takes the cookies back.
type signedOut struct{ message string }

// VisitLogoutResponse writes the answer of logout.
func (s signedOut) VisitLogoutResponse(c *fiber.Ctx) error { return s.write(c) }

// VisitLogoutAllResponse writes the answer of logoutAll.
func (s signedOut) VisitLogoutAllResponse(c *fiber.Ctx) error { return s.write(c) }

// VisitEndSessionResponse writes the answer of endSession.
func (s signedOut) VisitEndSessionResponse(c *fiber.Ctx) error { return s.write(c) }

func (s signedOut) write(c *fiber.Ctx) error {
	c.Cookie(tokenCookie(accessCookie, "", 0))
	c.Cookie(tokenCookie(refreshCookie, "", 0))
	return c.Status(fiber.StatusOK).JSON(contract.DoneEnvelope(done(s.message)))
}

// deadCookies refuses tokens that came as cookies, which its answer takes back: the browser would send them until their life
// ends.
type deadCookies struct {
	error
	names []string
}

func (d deadCookies) Unwrap() error { return d.error }

// deadAccess is for the access cookie. The refresh cookie goes with it when the session is over; a token that has only run
// out, or whose key is gone, leaves a session that can be refreshed.
func deadAccess(err error) deadCookies {
	if refusal, _ := classify(err); refusal.Code == "session_ended" {
		return deadSession(err)
	}
	return deadCookies{err, []string{accessCookie}}
}

func deadSession(err error) deadCookies {
	return deadCookies{err, []string{accessCookie, refreshCookie}}
}

// takeBack expires the cookies that err says are dead.
func takeBack(c *fiber.Ctx, err error) {
	var dead deadCookies
	if errors.As(err, &dead) {
		for _, name := range dead.names {
			c.Cookie(tokenCookie(name, "", 0))
		}
	}
}

// tokenCookie keeps a token for its life; without a life it is taken back. Only the access token goes along with a request
// that another site started, when it is a link that somebody follows.
func tokenCookie(name, token string, life time.Duration) *fiber.Cookie {
	cookie := &fiber.Cookie{Name: name, Value: token, Path: "/", Secure: true, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
		MaxAge: int(life / time.Second)}
	if name != accessCookie {
		cookie.SameSite = fiber.CookieSameSiteStrictMode
	}
	if token == "" {
		cookie.Expires = time.Unix(1, 0) // fasthttp writes Max-Age only above 0
	}
	return cookie
}
