// Package bare is the physical ceiling: a Fiber handler that returns prepared bytes and does nothing else.
package bare

import (
	"context"
	"encoding/gob"
	"fmt"
	"io"

	"github.com/gofiber/fiber/v2"
)

// Argument makes the program this server; see Serve.
const Argument = "bare"

// Answers are what the server gives, by path.
type Answers struct {
	Address string
	Bodies  map[string][]byte // JSON
}

// Serve reads its answers and gives them until ctx ends.
func Serve(ctx context.Context, in io.Reader) error {
	var a Answers
	if err := gob.NewDecoder(in).Decode(&a); err != nil {
		return fmt.Errorf("read the answers: %w", err)
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true,
		ReadBufferSize: 16 << 10, WriteBufferSize: 16 << 10}) // as server/rest has them: with 4 KiB an answer leaves in several writes
	app.Get("/readyz", func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusOK) })
	app.Get("/api/v1/listings/:listing_id", func(c *fiber.Ctx) error {
		body, ok := a.Bodies[c.Path()]
		if !ok {
			return fiber.ErrNotFound
		}
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(body)
	})
	stop := context.AfterFunc(ctx, func() { _ = app.Shutdown() })
	defer stop()
	return app.Listen(a.Address)
}
