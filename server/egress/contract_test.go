package egress

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rentora/rentora/server/contract"
)

// guarded are the fields of requests that carry an address, each with what keeps us from being led inside by it. Today no
// request carries one.
var guarded = map[string]string{}

// TestEveryAddressInARequestHasAGuard reads the contract: a request that gets an address must be listed with its guard.
func TestEveryAddressInARequestHasAGuard(t *testing.T) {
	t.Parallel()
	doc, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	found := addresses(doc)
	for _, field := range found {
		if guarded[field] == "" {
			t.Errorf("%s takes an address: fetch it with egress.Client alone, or never, and say so in guarded", field)
		}
	}
	for field := range guarded {
		if !slices.Contains(found, field) {
			t.Errorf("guarded lists %s, which the contract has not", field)
		}
	}
}

func TestAddressesAreFound(t *testing.T) {
	t.Parallel()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /hooks/{id}:
    parameters: [{name: callback_url, in: query, schema: {type: string}}]
    post:
      operationId: createHook
      requestBody: {content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/Hook'}]}}}}
      responses: {default: {description: d}}
components:
  schemas:
    Hook:
      type: object
      properties:
        name: {type: string}
        places: {type: array, items: {type: object, properties: {at: {type: string, format: uri}, child: {$ref: '#/components/schemas/Hook'}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(addresses(doc), ", "); got != "createHook callback_url, createHook places.at" {
		t.Errorf("found %s", got)
	}
}

// named tells of a text that it is an address though its schema does not say so.
var named = regexp.MustCompile(`(?i)(^|_)(ur[il]s?|href|links?|webhooks?|callbacks?|domain|hostname|endpoint|feeds?)$`)

// addresses gives "operation field" of everything in requests that is an address by its format or its name.
func addresses(doc *openapi3.T) []string {
	var found []string
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			note := func(field string) { found = append(found, op.OperationID+" "+field) }
			for _, p := range slices.Concat(item.Parameters, op.Parameters) {
				walk(p.Value.Schema, p.Value.Name, nil, note)
			}
			if op.RequestBody == nil {
				continue
			}
			for _, media := range op.RequestBody.Value.Content {
				walk(media.Schema, "", nil, note)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func walk(ref *openapi3.SchemaRef, at string, over []*openapi3.Schema, note func(string)) {
	if ref == nil || ref.Value == nil || slices.Contains(over, ref.Value) {
		return
	}
	s := ref.Value
	over = append(slices.Clone(over), s)
	text := s.Type == nil || s.Type.Is(openapi3.TypeString)
	if text && (strings.HasPrefix(s.Format, "ur") || strings.HasPrefix(s.Format, "iri") || s.Format == "hostname" || named.MatchString(at)) {
		note(at)
	}
	for name, p := range s.Properties {
		walk(p, strings.TrimPrefix(at+"."+name, "."), over, note)
	}
	for _, part := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf) {
		walk(part, at, over, note)
	}
	walk(s.Items, at, over, note)
	walk(s.AdditionalProperties.Schema, at, over, note)
}
