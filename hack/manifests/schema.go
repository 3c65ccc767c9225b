package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"sigs.k8s.io/yaml"
)

// Of the JSON schema that Helm reads, the words that a CRD's schema uses as well.
var understood = []string{
	"type", "description", "properties", "items", "required", "enum", "default", "anyOf", "pattern", "format",
	"additionalProperties", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
}

// own are the values of the platform's chart that are no fields of the spec.
var own = map[string]any{
	"name": map[string]any{
		"type": "string", "maxLength": 32, "pattern": "^([a-z]([-a-z0-9]*[a-z0-9])?)?$",
		"description": "name of the platform; the release's when empty.",
	},
	"labels":      texts("labels of the resource."),
	"annotations": texts("annotations of the resource."),
	"global":      map[string]any{"type": "object", "description": "global values of a chart that holds this one; not used."},
}

func texts(description string) map[string]any {
	return map[string]any{"type": "object", "description": description, "additionalProperties": map[string]any{"type": "string"}}
}

// schemaOfValues gives the schema of the platform chart's values: the fields of the CRD's spec and the chart's own.
func schemaOfValues(crd []byte) ([]byte, error) {
	var definition struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties struct {
							Spec map[string]any `json:"spec"`
						} `json:"properties"`
					} `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(crd, &definition); err != nil {
		return nil, err
	}
	if len(definition.Spec.Versions) != 1 {
		return nil, fmt.Errorf("has %d versions, and the chart makes resources of one", len(definition.Spec.Versions))
	}
	schema := translate(definition.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties.Spec)
	properties, ok := schema["properties"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("has a spec without properties")
	}
	maps.Copy(properties, own)
	schema["$schema"], schema["title"] = "http://json-schema.org/draft-07/schema#", "Values of the chart rentora-platform"
	delete(schema, "description")
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(schema); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// translate takes over what Helm understands and closes objects: a misspelt value is refused instead of dropped.
func translate(schema map[string]any) map[string]any {
	out := map[string]any{}
	for _, word := range understood {
		if value, has := schema[word]; has {
			out[word] = value
		}
	}
	if text, ok := out["description"].(string); ok {
		out["description"] = strings.Join(strings.Fields(text), " ")
	}
	if properties, ok := out["properties"].(map[string]any); ok {
		closed := map[string]any{}
		for name, property := range properties {
			closed[name] = translate(property.(map[string]any))
		}
		out["properties"], out["additionalProperties"] = closed, false
	}
	for _, word := range []string{"items", "additionalProperties"} {
		if inner, ok := out[word].(map[string]any); ok {
			out[word] = translate(inner)
		}
	}
	return out
}
