package admit

import (
	"strings"
	"testing"
)

const head = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.test}
spec:
  group: example.test
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing, listKind: ThingList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
`

// What the definition of a platform is held against must be able to refuse one.
func TestRefusals(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ properties, refusal string }{
		"a rule that may cost too much": {`
            rows:
              type: array
              items: {type: array, items: {type: string}}
              x-kubernetes-validations: [{rule: "self.all(a, self.all(b, a.all(c, b.all(d, c == d))))"}]`, "exceeds budget"},
		"a rule that is no expression": {`
            size:
              type: string
              x-kubernetes-validations: [{rule: "self == ”"}]`, "Syntax error"},
		"a default that its own rule refuses": {`
            store:
              type: object
              default: {}
              properties: {mode: {type: string, default: Managed}}
              x-kubernetes-validations: [{rule: "self.mode == 'Managed'"}]`, "no such key: mode"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := parse([]byte(head + c.properties))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(d.Refusals(t.Context()), "\n"); !strings.Contains(got, c.refusal) {
				t.Errorf("want a refusal that holds %q, got %q", c.refusal, got)
			}
		})
	}
}

func TestParseRefusesWhatNoServerKnows(t *testing.T) {
	t.Parallel()
	if _, err := parse([]byte(head + "            a: {type: string, colour: red}")); err == nil || !strings.Contains(err.Error(), "unknown field") {
		t.Errorf("want the unknown field named, got %v", err)
	}
}
