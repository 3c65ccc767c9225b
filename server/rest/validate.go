package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/errs"
)

// validate refuses a request that breaks the contract's schemas, naming every field and rule at once.
func (o operation) validate(c *fiber.Ctx) error {
	var broken errs.Fields
	o.checkQueryNames(c, &broken)
	for _, p := range o.params {
		o.checkParam(c, p, &broken)
	}
	if err := broken.Err(); err != nil {
		return err
	}
	if o.body != nil {
		if err := o.checkBody(c); err != nil {
			return err
		}
	}
	return c.Next()
}

func (o operation) checkQueryNames(c *fiber.Ctx, broken *errs.Fields) {
	if c.Context().QueryArgs().Len() == 0 {
		return
	}
	seen := map[string]bool{}
	c.Context().QueryArgs().VisitAll(func(key, _ []byte) {
		name := string(key)
		switch {
		case !o.query[name]:
			broken.Addf(printable(name), "unknown", "%s is not a parameter of this operation.", printable(name))
		case seen[name]:
			broken.Addf(name, "once", "%s may be given only once; separate several values by commas.", name)
		}
		seen[name] = true
	})
}

// printable keeps what a caller made up from breaking an answer.
func printable(name string) string {
	if len(name) > 60 || !utf8.ValidString(name) {
		return strconv.QuoteToASCII(name[:min(len(name), 60)])
	}
	return name
}

func (o operation) checkParam(c *fiber.Ctx, p *openapi3.Parameter, broken *errs.Fields) {
	raw, given := paramValue(c, p)
	if !given {
		if p.Required {
			broken.Addf(p.Name, "required", "%s is required.", p.Name)
		}
		return
	}
	if strings.ContainsRune(raw, 0) || !utf8.ValidString(raw) {
		broken.Addf(p.Name, "format", "%s must be UTF-8 text without NUL.", p.Name)
		return
	}
	value, message := typed(raw, p.Schema.Value)
	if message != "" {
		broken.Add(p.Name, "type", p.Name+" "+message)
		return
	}
	checkSchema(p.Schema.Value, value, p.Name, broken)
}

func paramValue(c *fiber.Ctx, p *openapi3.Parameter) (raw string, given bool) {
	switch p.In {
	case openapi3.ParameterInPath:
		return c.Params(p.Name), true
	case openapi3.ParameterInQuery:
		return c.Query(p.Name), c.Context().QueryArgs().Has(p.Name)
	}
	return c.Get(p.Name), len(c.Request().Header.PeekAll(p.Name)) > 0
}

// typed turns the text of a parameter into what JSON would have given; message says why not.
func typed(raw string, schema *openapi3.Schema) (value any, message string) {
	switch {
	case schema.Type.Is(openapi3.TypeInteger):
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return float64(n), ""
		}
		return nil, "must be a whole number."
	case schema.Type.Is(openapi3.TypeNumber):
		if f, err := strconv.ParseFloat(raw, 64); err == nil && f-f == 0 { // f-f is NaN for infinities and NaN
			return f, ""
		}
		return nil, "must be a number."
	case schema.Type.Is(openapi3.TypeArray):
		list := []any{}
		for _, one := range strings.Split(raw, ",") {
			list = append(list, one)
		}
		return list, ""
	}
	return raw, ""
}

func (o operation) checkBody(c *fiber.Ctx) error {
	// Unpacking has no bound in the server below us: a few bytes could become gigabytes.
	if encoding := c.Get(fiber.HeaderContentEncoding); encoding != "" && encoding != "identity" {
		return errs.E(errs.Unsupported, "The body must not be compressed: leave Content-Encoding out.")
	}
	if kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err != nil || kind != fiber.MIMEApplicationJSON {
		return errs.E(errs.Unsupported, "The body must be JSON: send Content-Type: application/json.")
	}
	value, err := decode(c.Body())
	if err != nil {
		return err
	}
	var broken errs.Fields
	checkText(value, "", 0, &broken)
	if err := broken.Err(); err != nil {
		return err
	}
	checkSchema(o.body, value, "", &broken)
	checkIntegers(o.body, value, "", &broken)
	return broken.Err()
}

// checkIntegers refuses 2.0 and 2e0 where an integer belongs: they are whole for the schema, but not for what the body is
// decoded into.
func checkIntegers(s *openapi3.Schema, value any, field string, broken *errs.Fields) {
	switch v := value.(type) {
	case json.Number:
		if s.Type.Is(openapi3.TypeInteger) && strings.ContainsAny(v.String(), ".eE") {
			broken.Addf(field, "type", "%s must be a whole number, without a decimal point or exponent.", field)
		}
	case []any:
		for i, one := range v {
			if s.Items != nil {
				checkIntegers(s.Items.Value, one, fmt.Sprintf("%s[%d]", field, i), broken)
			}
		}
	case map[string]any:
		for name, p := range s.Properties {
			if one, ok := v[name]; ok {
				checkIntegers(p.Value, one, join(field, name), broken)
			}
		}
	}
}

func decode(body []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, syntaxError(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errs.InvalidField("body", "json", "The body must be one JSON value with nothing after it.")
	}
	return value, nil
}

func syntaxError(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return errs.InvalidField("body", "json", fmt.Sprintf("The body is not JSON: an error at byte %d.", syntax.Offset)).Because(err)
	case errors.Is(err, io.EOF):
		return errs.InvalidField("body", "required", "The body is empty; this operation needs JSON.").Because(err)
	}
	return errs.InvalidField("body", "json", "The body is not complete JSON.").Because(err)
}

// checkText refuses NUL, which Postgres cannot store, wherever it stands, and nesting that no schema of ours has.
func checkText(value any, field string, depth int, broken *errs.Fields) {
	if depth > 20 {
		broken.Add("body", "depth", "The body is nested too deeply.")
		return
	}
	switch v := value.(type) {
	case string:
		if strings.ContainsRune(v, 0) {
			broken.Addf(field, "format", "%s must not contain NUL.", field)
		}
	case []any:
		for i, one := range v {
			checkText(one, fmt.Sprintf("%s[%d]", field, i), depth+1, broken)
		}
	case map[string]any:
		for name, one := range v {
			checkText(one, join(field, name), depth+1, broken)
		}
	}
}

func join(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}

// formats are the string formats that the schemas use beyond what kin-openapi checks by itself.
var formats = openapi3.WithStringFormatValidators(map[string]openapi3.StringFormatValidator{
	"uuid": openapi3.NewCallbackValidator(func(s string) error {
		if len(s) != 36 {
			return errors.New("not a UUID")
		}
		_, err := uuid.Parse(s)
		return err
	}),
	"date": openapi3.NewCallbackValidator(func(s string) error {
		_, err := date.Parse(s)
		return err
	}),
})

func checkSchema(schema *openapi3.Schema, value any, field string, broken *errs.Fields) {
	err := schema.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsRequest(), openapi3.EnableFormatValidation(), formats)
	collect(err, field, broken)
}

func collect(err error, field string, broken *errs.Fields) {
	var many openapi3.MultiError
	var one *openapi3.SchemaError
	switch {
	case err == nil:
	case errors.As(err, &many):
		for _, e := range many {
			collect(e, field, broken)
		}
	case errors.As(err, &one):
		name := pointer(field, append(one.JSONPointer(), surplus(one)...))
		rule, message := explain(one)
		broken.Add(name, rule, name+" "+message)
	default:
		broken.Add(pointer(field, nil), "schema", pointer(field, nil)+" does not fit the contract.")
	}
}

// surplus gives the name of a field that the schema does not have: the library says it in its sentence alone.
func surplus(e *openapi3.SchemaError) []string {
	quoted, found := strings.CutPrefix(e.Reason, "property ")
	quoted, ends := strings.CutSuffix(quoted, " is unsupported")
	name, err := strconv.Unquote(quoted)
	if e.SchemaField != "properties" || !found || !ends || err != nil {
		return nil
	}
	return []string{name}
}

// pointer writes a JSON pointer as people write fields: photos[2].caption.
func pointer(field string, path []string) string {
	for _, p := range path {
		if _, err := strconv.Atoi(p); err == nil {
			field += "[" + p + "]"
		} else {
			field = join(field, printable(p))
		}
	}
	if field == "" {
		return "body"
	}
	return field
}
