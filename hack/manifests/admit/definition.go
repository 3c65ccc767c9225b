// Package admit judges a RentoraPlatform as an API server does, from the file of its CustomResourceDefinition alone: defaults,
// unknown fields, schema and rules, with the server's own code. Tests hold the API, the samples and the charts against it.
package admit

import (
	"context"
	"fmt"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apivalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Definition is a custom resource as the API server knows it. Safe for concurrent use.
type Definition struct {
	crd        *apiextensions.CustomResourceDefinition
	structural *structuralschema.Structural
	schema     validation.SchemaValidator
	rules      *cel.Validator
}

// Read takes a CustomResourceDefinition of one version from a YAML file.
func Read(path string) (*Definition, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return d, nil
}

func parse(text []byte) (*Definition, error) {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	o, _, err := decoder.Decode(text, nil, &apiextensionsv1.CustomResourceDefinition{})
	if err != nil {
		return nil, err
	}
	scheme.Default(o)
	crd := &apiextensions.CustomResourceDefinition{}
	if err := scheme.Convert(o, crd, nil); err != nil {
		return nil, err
	}
	return define(crd)
}

func define(crd *apiextensions.CustomResourceDefinition) (*Definition, error) {
	if len(crd.Spec.Versions) != 1 {
		return nil, fmt.Errorf("has %d versions, not one", len(crd.Spec.Versions))
	}
	version := crd.Spec.Versions[0]
	// The server notes this when it takes the definition, and wants it when it validates.
	crd.Status.StoredVersions = []string{version.Name}
	properties := crd.Spec.Validation // the conversion lifts the schema of a single version up here
	if version.Schema != nil {
		properties = version.Schema
	}
	structural, err := structuralschema.NewStructural(properties.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	schema, _, err := validation.NewSchemaValidator(properties.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	return &Definition{crd, structural, schema, cel.NewValidator(structural, true, celconfig.PerCallLimit)}, nil
}

// Refusals are what an API server says against the definition itself, among it that its rules may cost too much.
func (d *Definition) Refusals(ctx context.Context) []string {
	return sentences(apivalidation.ValidateCustomResourceDefinition(ctx, d.crd))
}
