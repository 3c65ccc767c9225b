package rest

import (
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gofiber/fiber/v2"

	"github.com/rentora/rentora/server/contract"
)

// Keys of what the door leaves in fiber.Ctx.Locals for the handlers behind it.
const (
	localOperation = "operation" // the operation's id, a string
	localRequestID = "request_id"
)

// operation is one operation of the contract, ready to judge requests.
type operation struct {
	id     string
	method string
	params []*openapi3.Parameter // of the path and of the operation
	query  map[string]bool       // names that the query may have
	body   *openapi3.Schema      // nil: no body is read
}

// operations is a router that puts a chain of handlers, made for the operation, before each handler that the generated
// code registers. So every handler knows its operation without looking at the request's path again.
type operations struct {
	fiber.Router
	byRoute map[string]operation // "GET /listings/:listing_id"
	before  func(operation) []fiber.Handler
}

// newOperations reads the contract. It fails when the contract and the generated code disagree.
func newOperations(router fiber.Router, spec *openapi3.T, before func(operation) []fiber.Handler) *operations {
	o := &operations{Router: router, byRoute: map[string]operation{}, before: before}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			o.byRoute[method+" "+fiberPath(path)] = newOperation(method, item, op)
		}
	}
	return o
}

func newOperation(method string, item *openapi3.PathItem, op *openapi3.Operation) operation {
	out := operation{id: op.OperationID, method: method, query: map[string]bool{}}
	for _, list := range []openapi3.Parameters{item.Parameters, op.Parameters} {
		for _, p := range list {
			out.params = append(out.params, p.Value)
			if p.Value.In == openapi3.ParameterInQuery {
				out.query[p.Value.Name] = true
			}
		}
	}
	if op.RequestBody != nil {
		out.body = op.RequestBody.Value.Content["application/json"].Schema.Value
	}
	return out
}

// fiberPath turns /listings/{listing_id} into /listings/:listing_id.
func fiberPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

func (o *operations) chain(method, path string, handlers []fiber.Handler) []fiber.Handler {
	op, ok := o.byRoute[method+" "+path]
	if !ok {
		panic(fmt.Sprintf("rest: %s %s is not in the contract", method, path)) // at start-up, never at a request
	}
	return append(o.before(op), handlers...)
}

// Get registers a handler behind its operation's chain; so do Post, Put, Patch and Delete.
func (o *operations) Get(path string, h ...fiber.Handler) fiber.Router {
	return o.Router.Get(path, o.chain(fiber.MethodGet, path, h)...)
}

// Post is like Get.
func (o *operations) Post(path string, h ...fiber.Handler) fiber.Router {
	return o.Router.Post(path, o.chain(fiber.MethodPost, path, h)...)
}

// Put is like Get.
func (o *operations) Put(path string, h ...fiber.Handler) fiber.Router {
	return o.Router.Put(path, o.chain(fiber.MethodPut, path, h)...)
}

// Patch is like Get.
func (o *operations) Patch(path string, h ...fiber.Handler) fiber.Router {
	return o.Router.Patch(path, o.chain(fiber.MethodPatch, path, h)...)
}

// Delete is like Get.
func (o *operations) Delete(path string, h ...fiber.Handler) fiber.Router {
	return o.Router.Delete(path, o.chain(fiber.MethodDelete, path, h)...)
}

// mount registers every operation of the contract under router.
func (a *API) mount(router fiber.Router, before func(operation) []fiber.Handler) error {
	spec, err := contract.GetSpec()
	if err != nil {
		return fmt.Errorf("rest: contract: %w", err)
	}
	if err := checkPatterns(spec); err != nil {
		return err
	}
	closeFixedPaths(router, spec)
	contract.RegisterHandlers(newOperations(router, spec, before), contract.NewStrictHandler(a, []contract.StrictMiddlewareFunc{a.forgetting}))
	return nil
}
