package journey_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// breakage is a value that breaks one rule of a schema, with the field and the rule that the answer must name.
type breakage struct {
	what        string
	value       any
	field, rule string // an empty rule: any
}

// breakages breaks every rule of a schema once, in every field below.
func breakages(s *openapi3.Schema, field, name string) []breakage {
	if len(s.AllOf) > 0 {
		return breakages(s.AllOf[0].Value, field, name)
	}
	out := []breakage{{"null", nil, field, typeRule(s)}}
	switch {
	case s.Type.Is(openapi3.TypeObject):
		out = append(out, breakObject(s, field)...)
	case s.Type.Is(openapi3.TypeArray):
		out = append(out, breakArray(s, field, name)...)
	case s.Type.Is(openapi3.TypeString):
		out = append(out, breakText(s, field)...)
	default:
		out = append(out, breakNumber(s, field)...)
	}
	for i := range out {
		if out[i].field == "" {
			out[i].field = "body"
		}
	}
	return out
}

// typeRule is how a wrong type is named: a list of words says more than "a string".
func typeRule(s *openapi3.Schema) string {
	if len(s.Enum) > 0 {
		return "enum"
	}
	return "type"
}

func breakObject(s *openapi3.Schema, field string) []breakage {
	whole := exampleObject(s)
	out := []breakage{{"a string for an object", "x", field, "type"}, {"an array for an object", []any{}, field, "type"},
		{"an unknown field", with(whole, "surprise", 1), within(field, "surprise"), "unknown"}}
	for _, name := range s.Required {
		out = append(out, breakage{"without " + name, without(whole, name), within(field, name), "required"})
	}
	if s.MinProps > 0 {
		out = append(out, breakage{"no field at all", map[string]any{}, field, "min_properties"})
	}
	for name, p := range s.Properties {
		for _, b := range breakages(p.Value, within(field, name), name) {
			b.value = with(whole, name, b.value)
			out = append(out, b)
		}
	}
	return out
}

func breakArray(s *openapi3.Schema, field, name string) []breakage {
	one := example(s.Items.Value, name)
	out := []breakage{{"a string for an array", "x", field, "type"}}
	if s.MaxItems != nil {
		long := make([]any, *s.MaxItems+1)
		for i := range long {
			long[i] = one
		}
		out = append(out, breakage{"too many entries", long, field, "max_items"})
	}
	if s.UniqueItems {
		out = append(out, breakage{"an entry twice", []any{one, one}, field, "unique"})
	}
	for _, b := range breakages(s.Items.Value, field+"[0]", name) {
		b.value = []any{b.value}
		out = append(out, b)
	}
	return out
}

func breakText(s *openapi3.Schema, field string) []breakage {
	out := []breakage{{"a number for a string", 7, field, typeRule(s)}, {"an object for a string", map[string]any{}, field, typeRule(s)}, {"NUL in it", "a\x00b", field, "format"}}
	if s.MaxLength != nil {
		out = append(out, breakage{"too long", strings.Repeat("ü", int(*s.MaxLength)+1), field, "max_length"})
	}
	if s.MinLength > 0 {
		out = append(out, breakage{"too short", strings.Repeat("x", int(s.MinLength)-1), field, "min_length"})
	}
	if len(s.Enum) > 0 {
		out = append(out, breakage{"not in the list", "surprise", field, "enum"})
	}
	if s.Pattern != "" || s.Format != "" {
		out = append(out, breakage{"of another form", "not; of this ~ form", field, "format"})
	}
	if s.Format == "date" {
		out = append(out, breakage{"a day that does not exist", "2027-02-29", field, "format"})
	}
	return out
}

func breakNumber(s *openapi3.Schema, field string) []breakage {
	out := []breakage{{"a string for a number", "7", field, "type"}, {"a truth for a number", true, field, "type"},
		{"beyond all numbers", json.RawMessage("1e400"), field, ""}}
	if s.Type.Is(openapi3.TypeInteger) {
		out = append(out, breakage{"a fraction", 1.5, field, "type"}, breakage{"whole, with a point", json.RawMessage("2.0"), field, "type"},
			breakage{"beyond 64 bits", json.RawMessage("99999999999999999999"), field, ""})
	}
	if s.Min != nil {
		out = append(out, breakage{"too small", *s.Min - 1, field, "min"})
	}
	if s.Max != nil {
		out = append(out, breakage{"too big", *s.Max + 1, field, "max"})
	}
	if s.MultipleOf != nil {
		out = append(out, breakage{"between the steps", 1.3, field, "step"})
	}
	return out
}

func with(object map[string]any, name string, value any) map[string]any {
	out := maps.Clone(object)
	out[name] = value
	return out
}

func without(object map[string]any, name string) map[string]any {
	out := maps.Clone(object)
	delete(out, name)
	return out
}

func within(field, name string) string {
	if field == "" {
		return name
	}
	return field + "." + name
}

// paramBreakages breaks every rule of a parameter, as text.
func paramBreakages(p *openapi3.Parameter) []breakage {
	s := p.Schema.Value
	if s.Type.Is(openapi3.TypeArray) {
		one := fmt.Sprint(example(s.Items.Value, p.Name))
		out := []breakage{{"an entry not in the list", "surprise", p.Name + "[0]", "enum"}}
		if s.MaxItems != nil {
			out = append(out, breakage{"too many entries", strings.Repeat(one+",", int(*s.MaxItems)) + one, p.Name, "max_items"})
		}
		return out
	}
	var out []breakage
	for _, b := range breakages(s, p.Name, p.Name) {
		switch v := b.value.(type) {
		case string:
			if text := !s.Type.Is(openapi3.TypeString); text {
				b.value = "surprise"
			}
		case float64:
			b.value = strconv.FormatFloat(v, 'f', -1, 64)
		case json.RawMessage:
			b.value = string(v)
		default:
			continue // a parameter has no other types
		}
		out = append(out, b)
	}
	return out
}
