package admit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/common"
	"sigs.k8s.io/yaml"
)

// Object is a resource as decoded from YAML.
type Object map[string]any

// Parse decodes one resource.
func Parse(text []byte) (Object, error) {
	data, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return nil, err
	}
	return decode(data)
}

// decode makes whole numbers integers, as the API server does.
func decode(data []byte) (Object, error) {
	var o Object
	if err := json.Unmarshal(data, &o); err != nil {
		return nil, err
	}
	return whole(map[string]any(o)).(map[string]any), nil
}

func whole(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key := range v {
			v[key] = whole(v[key])
		}
	case []any:
		for i := range v {
			v[i] = whole(v[i])
		}
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	}
	return value
}

// Create gives the object as the API server would keep it, and the sentences with which it would refuse it.
func (d *Definition) Create(ctx context.Context, o Object) (Object, []string) {
	kept, unknown := d.admit(o)
	errs := validation.ValidateCustomResource(nil, map[string]any(kept), d.schema)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, d.structural, kept)...)
	if len(errs) == 0 { // the server asks the rules only about what has the right form
		errs, _ = d.rules.Validate(ctx, nil, d.structural, map[string]any(kept), nil, celconfig.RuntimeCELCostBudget)
	}
	return kept, append(unknown, sentences(errs)...)
}

// Update is the same for a change of an object that the server has. What was wrong before and did not change is let be.
func (d *Definition) Update(ctx context.Context, o, old Object) (Object, []string) {
	kept, unknown := d.admit(o)
	before, _ := d.admit(old)
	both := common.NewCorrelatedObject(map[string]any(kept), map[string]any(before), &model.Structural{Structural: d.structural})
	errs := validation.ValidateCustomResourceUpdate(nil, map[string]any(kept), map[string]any(before), d.schema, validation.WithRatcheting(both))
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, d.structural, kept)...)
	if len(errs) == 0 {
		errs, _ = d.rules.Validate(ctx, nil, d.structural, map[string]any(kept), map[string]any(before), celconfig.RuntimeCELCostBudget, cel.WithRatcheting(both))
	}
	return kept, append(unknown, sentences(errs)...)
}

// admit drops what the schema does not know, names it, and fills in the defaults. The argument stays as it is.
func (d *Definition) admit(o Object) (Object, []string) {
	text, err := json.Marshal(o)
	if err != nil {
		return o, []string{err.Error()}
	}
	kept, err := decode(text)
	if err != nil {
		return o, []string{err.Error()}
	}
	dropped := pruning.PruneWithOptions(map[string]any(kept), d.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	var unknown []string
	for _, path := range dropped {
		unknown = append(unknown, fmt.Sprintf("unknown field %q", path))
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(map[string]any(kept), d.structural)
	defaulting.Default(map[string]any(kept), d.structural)
	return kept, unknown
}

func sentences(errs field.ErrorList) []string {
	var all []string
	for _, err := range errs {
		all = append(all, err.Error())
	}
	slices.Sort(all)
	return slices.Compact(all)
}
