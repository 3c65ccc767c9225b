package journey_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
)

// operation is one of the contract, with what a bad request to it is made of.
type operation struct {
	ID, Method, Path string
	Params           []*openapi3.Parameter
	Body             *openapi3.Schema // nil: none
}

// operations reads every operation of the contract, so that a new one is covered by itself.
func operations(t *testing.T) []operation {
	t.Helper()
	spec, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	var list []operation
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			o := operation{ID: op.OperationID, Method: method, Path: path}
			for _, p := range append(slices.Clone(item.Parameters), op.Parameters...) {
				o.Params = append(o.Params, p.Value)
			}
			if op.RequestBody != nil {
				o.Body = op.RequestBody.Value.Content["application/json"].Schema.Value
			}
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b operation) int { return cmp.Compare(a.ID, b.ID) })
	if len(list) < 45 {
		t.Fatalf("only %d operations in the contract", len(list))
	}
	return list
}

// role gives one that may call the operation; empty when a visitor may.
func (o operation) role() identity.Role {
	for _, r := range []identity.Role{"", identity.Host, identity.Admin, identity.Guest, identity.Support} {
		if identity.Allowed(o.ID, r) {
			return r
		}
	}
	return ""
}

// example gives a value that the schema allows. The name settles what the schema leaves open.
func example(s *openapi3.Schema, name string) any {
	if len(s.AllOf) > 0 {
		return example(s.AllOf[0].Value, name)
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type.Is(openapi3.TypeObject):
		return exampleObject(s)
	case s.Type.Is(openapi3.TypeArray):
		return []any{example(s.Items.Value, name)}
	case s.Type.Is(openapi3.TypeBoolean):
		return true
	case s.Type.Is(openapi3.TypeInteger):
		if s.Min != nil {
			return int64(*s.Min)
		}
		return int64(1)
	case s.Type.Is(openapi3.TypeNumber):
		return 1.0
	}
	return exampleText(s, name)
}

func exampleObject(s *openapi3.Schema) map[string]any {
	out := map[string]any{}
	for name, p := range s.Properties {
		out[name] = example(p.Value, name)
	}
	return out
}

// texts are examples for the contract's formats and patterns.
var texts = map[string]string{
	`^([01][0-9]|2[0-3]):[0-5][0-9]$`: "15:00",
	`^[A-Z]{3}$`:                      "EUR",
	`^[A-Z]{2}$`:                      "PT",
	`^[^@\s]+@[^@\s]+\.[^@\s]+$`:      "nobody@example.test",
	`^"[0-9]{1,18}"$`:                 `"1"`,
	`^-?[0-9.]+(,-?[0-9.]+){3}$`:      "38,-10,39,-9",
}

func exampleText(s *openapi3.Schema, name string) string {
	switch s.Format {
	case "uuid":
		return uuid.Must(uuid.NewV7()).String()
	case "date":
		days := 30
		if name == "check_out" || name == "end" || name == "to" {
			days = 33
		}
		return time.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly)
	}
	if text, ok := texts[s.Pattern]; ok {
		return text
	}
	return strings.Repeat("x", max(int(s.MinLength), 1))
}
