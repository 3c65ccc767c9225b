package rest

import (
	"context"
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/postgres"
)

var statusOf = map[errs.Kind]int{
	errs.Invalid:         fiber.StatusBadRequest,
	errs.Unauthenticated: fiber.StatusUnauthorized,
	errs.Forbidden:       fiber.StatusForbidden,
	errs.NotFound:        fiber.StatusNotFound,
	errs.Conflict:        fiber.StatusConflict,
	errs.Stale:           fiber.StatusPreconditionFailed,
	errs.TooLarge:        fiber.StatusRequestEntityTooLarge,
	errs.Unsupported:     fiber.StatusUnsupportedMediaType,
	errs.Unprocessable:   fiber.StatusUnprocessableEntity,
	errs.TooMany:         fiber.StatusTooManyRequests,
	errs.Internal:        fiber.StatusInternalServerError,
	errs.Unavailable:     fiber.StatusServiceUnavailable,
}

// classify gives any error a kind, a sentence and a status; causes of ours stay inside.
func classify(err error) (*errs.Error, int) {
	var known *errs.Error
	if errors.As(err, &known) {
		return known, statusOf[known.Kind]
	}
	var raised *fiber.Error
	if errors.As(err, &raised) {
		return fiberError(raised), raised.Code
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return errs.E(errs.Unavailable, "The request took too long and was given up. Please try again.").Because(err), fiber.StatusServiceUnavailable
	}
	if translated := postgres.Translate(err); errors.As(translated, &known) {
		return known, statusOf[known.Kind]
	}
	return errs.E(errs.Internal, "Something went wrong on our side. Please try again; if it goes on, tell us the request id.").Because(err), fiber.StatusInternalServerError
}

// fiberError translates what the router and the server say themselves, before any handler of ours.
func fiberError(raised *fiber.Error) *errs.Error {
	switch raised.Code {
	case fiber.StatusNotFound:
		return errs.E(errs.NotFound, "There is nothing at this address.")
	case fiber.StatusMethodNotAllowed:
		return errs.E(errs.Invalid, "This address does not support this method.").Coded("method_not_allowed")
	case fiber.StatusRequestEntityTooLarge:
		return errs.E(errs.TooLarge, "The body is larger than this server accepts.")
	case fiber.StatusRequestTimeout:
		return errs.E(errs.Invalid, "The request did not arrive in time.").Coded("request_timeout")
	case fiber.StatusUnprocessableEntity, fiber.StatusBadRequest, fiber.StatusRequestHeaderFieldsTooLarge:
		return errs.E(errs.Invalid, "The request is malformed.").Because(raised)
	}
	return errs.E(errs.Internal, "Something went wrong on our side.").Because(raised)
}

// retryAfter is said to who cannot be served at this moment when the error knows no better.
const retryAfter = 2 * time.Second

// writeFailure is the one place that writes the envelope of a failed request.
func writeFailure(c *fiber.Ctx, e *errs.Error, status int) error {
	wait := e.RetryAfter
	if wait <= 0 && (e.Kind == errs.TooMany || e.Kind == errs.Unavailable) {
		wait = retryAfter
	}
	if wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	if e.Kind == errs.Unauthenticated {
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="rentora"`)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	failure := contract.Error{Kind: contract.ErrorKind(e.Kind), Code: e.Code, Message: e.Message, RequestId: requestID(c),
		FieldErrors: each(e.Fields, func(f errs.Field) contract.FieldError {
			return contract.FieldError{Field: f.Field, Rule: f.Rule, Message: f.Message}
		})}
	if details, ok := e.Details.(map[string]any); ok {
		failure.Details = &details
	}
	return c.Status(status).JSON(contract.FailureEnvelope{Error: failure})
}
