package rest

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// answerEveryMethod leads a method that the router has never heard of through the same chain as one that no address
// supports; by itself the router would answer it without envelope, headers, log and count.
func answerEveryMethod(app *fiber.App) {
	chain := app.Server().Handler
	app.Server().Handler = func(c *fasthttp.RequestCtx) {
		if !slices.Contains(fiber.DefaultMethods, string(c.Method())) {
			c.Request.Header.SetMethod(fiber.MethodTrace)
		}
		chain(c)
	}
}

var verbs = []string{fiber.MethodGet, fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete}

// closeFixedPaths refuses what a path without parameters does not support: else /things/sort would be read as
// /things/{thing}, which the contract forbids. It must come before the operations' own routes.
func closeFixedPaths(router fiber.Router, spec *openapi3.T) {
	for path, item := range spec.Paths.Map() {
		if strings.Contains(path, "{") {
			continue
		}
		supported := methodsOf(item)
		for _, method := range verbs {
			if !slices.Contains(supported, method) {
				router.Add(method, path, notAllowed(supported))
			}
		}
		// No GET: then HEAD and OPTIONS are not supported either, and the router would look for them elsewhere.
		router.Options(path, notAllowed(supported))
		if item.Get == nil {
			router.Head(path, notAllowed(supported))
		}
	}
}

func methodsOf(item *openapi3.PathItem) (list []string) {
	for method := range item.Operations() {
		list = append(list, method)
	}
	if item.Get != nil {
		list = append(list, fiber.MethodHead)
	}
	slices.Sort(list)
	return list
}

func notAllowed(supported []string) fiber.Handler {
	allow := strings.Join(supported, ", ")
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderAllow, allow)
		return fiber.ErrMethodNotAllowed
	}
}
