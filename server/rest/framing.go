package rest

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/errs"
)

var (
	lengthName = []byte("content-length")
	codingName = []byte("transfer-encoding")
	chunked    = []byte("chunked")
)

// unambiguous refuses a request whose end a proxy before us may see elsewhere than we do, and ends its connection: what
// follows could be a second request that somebody has hidden in the first (RFC 9112, 6.3 and 11.2).
func (d *door) unambiguous(c *fiber.Ctx) error {
	if clearEnd(c.Request().Header.RawHeaders()) { // the parsed ones tell only what was made of them
		return c.Next()
	}
	c.Context().SetConnectionClose()
	return errs.E(errs.Invalid, "The request says in two ways how long its body is: send one Content-Length, or Transfer-Encoding: chunked.").
		Coded("length_ambiguous")
}

// clearEnd says whether the headers give at most one length, or the one coding that has an end of its own.
func clearEnd(raw []byte) bool {
	lengths, codings := 0, 0
	for line := range bytes.Lines(raw) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch name = bytes.TrimSpace(name); {
		case len(name) < len(lengthName): // most of them
		case bytes.EqualFold(name, lengthName):
			lengths++
		case bytes.EqualFold(name, codingName):
			codings++
			if !bytes.EqualFold(bytes.TrimSpace(value), chunked) {
				return false
			}
		}
	}
	return lengths+codings <= 1
}
