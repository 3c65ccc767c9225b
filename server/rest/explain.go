package rest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// explain gives the rule that a value breaks and the rest of the sentence that begins with the field's name.
func explain(e *openapi3.SchemaError) (rule, message string) {
	s := e.Schema
	switch e.SchemaField {
	case "required":
		return "required", "is required."
	case "properties":
		return "unknown", "is not a field of this request."
	case "type":
		if s.Type == nil {
			return "type", "has the wrong type."
		}
		return "type", fmt.Sprintf("must be %s.", article(strings.Join(s.Type.Slice(), " or ")))
	case "nullable":
		return "type", "must not be null; leave it out instead."
	case "enum":
		return "enum", fmt.Sprintf("must be one of %s.", list(s.Enum))
	case "minLength":
		if s.MinLength == 1 {
			return "min_length", "must not be empty."
		}
		return "min_length", fmt.Sprintf("must have at least %d characters.", s.MinLength)
	case "maxLength":
		return "max_length", fmt.Sprintf("must have at most %d characters.", *s.MaxLength)
	case "minItems":
		return "min_items", fmt.Sprintf("must have at least %d entries.", s.MinItems)
	case "maxItems":
		return "max_items", fmt.Sprintf("must have at most %d entries.", *s.MaxItems)
	case "uniqueItems":
		return "unique", "must not have the same entry twice."
	case "minProperties":
		return "min_properties", "must name at least one field."
	case "pattern", "format":
		return "format", shape(s)
	}
	return explainNumber(e, s)
}

func explainNumber(e *openapi3.SchemaError, s *openapi3.Schema) (rule, message string) {
	switch e.SchemaField {
	case "minimum":
		return "min", fmt.Sprintf("must be at least %s.", number(*s.Min))
	case "maximum":
		return "max", fmt.Sprintf("must be at most %s.", number(*s.Max))
	case "multipleOf":
		return "step", fmt.Sprintf("must be a multiple of %s.", number(*s.MultipleOf))
	}
	return "schema", "does not fit the contract."
}

func number(f float64) string {
	text, _ := json.Marshal(f)
	return string(text)
}

func article(noun string) string {
	switch noun {
	case "integer":
		return "a whole number"
	case "object", "array":
		return "an " + noun
	}
	return "a " + noun
}

func list(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}

// shapes say in words what the contract's patterns and formats ask for.
var shapes = map[string]string{
	"uuid":                            "must be a UUID.",
	"date":                            "must be a date of the form YYYY-MM-DD that exists.",
	`^([01][0-9]|2[0-3]):[0-5][0-9]$`: "must be a time of the form HH:MM.",
	`^[A-Z]{3}$`:                      "must be an ISO 4217 currency such as EUR.",
	`^[A-Z]{2}$`:                      "must be an ISO 3166-1 country such as PT.",
	`^[^@\s]+@[^@\s]+\.[^@\s]+$`:      "must be an e-mail address.",
	`^"[0-9]{1,18}"$`:                 `must be an ETag as the server answered it, such as "3" with its quotes.`,
	`^-?[0-9.]+(,-?[0-9.]+){3}$`:      "must be four numbers: south,west,north,east.",
	`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`:    "must be a date of the form YYYY-MM-DD that exists.",
	`^[A-Za-z0-9._+-]+$`:              "must be of letters, digits and . _ + - alone.",
	`^[A-Za-z0-9._-]+$`:               "must be of letters, digits and . _ - alone.",
}

func shape(s *openapi3.Schema) string {
	for _, key := range []string{s.Pattern, s.Format} {
		if words, ok := shapes[key]; ok {
			return words
		}
	}
	return "does not have the required form."
}

// checkPatterns makes sure at start-up that every pattern of the contract compiles and has words.
func checkPatterns(spec *openapi3.T) error {
	check := func(name string, s *openapi3.SchemaRef) error {
		if s == nil || s.Value == nil || s.Value.Pattern == "" {
			return nil
		}
		if _, err := regexp.Compile(s.Value.Pattern); err != nil {
			return fmt.Errorf("rest: contract: pattern of %s: %w", name, err)
		}
		if _, ok := shapes[s.Value.Pattern]; !ok {
			return fmt.Errorf("rest: contract: no words for the pattern of %s", name)
		}
		return nil
	}
	for name, s := range spec.Components.Schemas {
		for field, p := range s.Value.Properties {
			if err := check(name+"."+field, p); err != nil {
				return err
			}
		}
		if err := check(name, s); err != nil {
			return err
		}
	}
	return nil
}
