package rest

import (
	"github.com/gofiber/fiber/v2"
)

// letGo asks the client of a stopping API to send its next request on another connection, which leads to another API.
func (d *door) letGo(c *fiber.Ctx) {
	if d.Stopping != nil && d.Stopping() {
		c.Response().Header.SetConnectionClose()
	}
}

// ready answers 503 while a required part is missing, and when the API is about to stop. Which part is told at the operators' port alone.
func (d *door) ready(c *fiber.Ctx) error {
	if d.Stopping != nil && d.Stopping() {
		return c.Status(fiber.StatusServiceUnavailable).JSON(fiber.Map{"status": "stopping"})
	}
	v := d.Ops.Verdict(c.UserContext())
	if !v.Ready() {
		c.Status(fiber.StatusServiceUnavailable)
	}
	return c.JSON(fiber.Map{"status": v.Status})
}
