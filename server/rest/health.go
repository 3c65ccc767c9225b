package rest

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/errgroup"
)

// Check is one part that the API works with.
type Check struct {
	Name     string
	Required bool // false: its absence is told, but the API goes on without it
	Probe    func(context.Context) error
}

type checked struct {
	Name     string `json:"name"`
	OK       bool   `json:"ok"`
	Required bool   `json:"required"`
}

// ready answers 503 while a required part is missing, and names every part that is. Causes stay in the log: they may
// hold addresses.
func (d *door) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	results := make([]checked, len(d.Checks))
	var g errgroup.Group
	for i, check := range d.Checks {
		g.Go(func() error {
			err := check.Probe(ctx)
			results[i] = checked{Name: check.Name, OK: err == nil, Required: check.Required}
			if err != nil {
				d.Log.Warn("not ready", "part", check.Name, "required", check.Required, "error", err.Error())
			}
			return nil
		})
	}
	_ = g.Wait() // the probes' errors are in the results
	status, code := "ready", fiber.StatusOK
	missing := []string{}
	for _, r := range results {
		if r.OK {
			continue
		}
		missing = append(missing, r.Name)
		if r.Required {
			status, code = "not ready", fiber.StatusServiceUnavailable
		} else if code == fiber.StatusOK {
			status = "degraded"
		}
	}
	return c.Status(code).JSON(fiber.Map{"status": status, "missing": missing, "checks": results})
}
