package rest

import (
	"github.com/gofiber/fiber/v2"
)

// ready answers 503 while a required part is missing. Which one is told at the operators' port alone.
func (d *door) ready(c *fiber.Ctx) error {
	v := d.Ops.Verdict(c.UserContext())
	if !v.Ready() {
		c.Status(fiber.StatusServiceUnavailable)
	}
	return c.JSON(fiber.Map{"status": v.Status})
}
