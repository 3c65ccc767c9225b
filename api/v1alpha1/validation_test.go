package v1alpha1_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/hack/manifests/admit"
)

// definition reads the CRD that controller-gen made of this package.
func definition(t *testing.T) *admit.Definition {
	t.Helper()
	d, err := admit.Read(filepath.Join("..", "..", "config", "crd", "bases", "platform.rentora.io_rentoraplatforms.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// least is the least that a platform must say.
const least = `
apiVersion: platform.rentora.io/v1alpha1
kind: RentoraPlatform
metadata: {name: stay, namespace: rentals}
spec:
  domain: rentora.example.test
  mail: {host: mail.example.test, from: hello@rentora.example.test}
`

// platform is the least with a change laid over it; null takes a field away.
func platform(t *testing.T, change string) admit.Object {
	t.Helper()
	base, err := admit.Parse([]byte(least))
	if err != nil {
		t.Fatal(err)
	}
	over, err := admit.Parse([]byte(change))
	if err != nil {
		t.Fatalf("%q: %v", change, err)
	}
	return lay(base, over)
}

func lay(base, over map[string]any) map[string]any {
	for key, value := range over {
		inner, isMap := value.(map[string]any)
		below, both := base[key].(map[string]any)
		switch {
		case value == nil:
			delete(base, key)
		case isMap && both:
			base[key] = lay(below, inner)
		default:
			base[key] = value
		}
	}
	return base
}

func TestDefinitionIsTaken(t *testing.T) {
	t.Parallel()
	for _, refusal := range definition(t).Refusals(t.Context()) {
		t.Error(refusal)
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	kept, refusals := definition(t).Create(t.Context(), platform(t, `{}`))
	if len(refusals) > 0 {
		t.Fatal(refusals)
	}
	want, err := admit.Parse([]byte(`
domain: rentora.example.test
profile: standard
deletionPolicy: Retain
mail: {host: mail.example.test, from: hello@rentora.example.test, port: 587, tls: required}
api: {}
web: {enabled: true}
workers: {}
postgres: {mode: Managed, storage: {}}
redis: {mode: Managed, storage: {}}
typesense: {mode: Managed, storage: {}}
objectStorage: {mode: Managed, region: us-east-1, storage: {}}
kafka: {mode: Managed, partitions: 6, storage: {}}
monitoring: {mode: Managed, retentionDays: 15, grafana: {}, alerts: {}, storage: {}}
images: {pullPolicy: IfNotPresent}
`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any(want), kept["spec"]); diff != "" {
		t.Errorf("the defaults differ (-want +got):\n%s", diff)
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	d := definition(t)
	for _, c := range creations {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, got := d.Create(t.Context(), platform(t, c.is))
			if diff := cmp.Diff(c.refusals, got); diff != "" {
				t.Errorf("the refusals differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	d := definition(t)
	for _, c := range updates {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, got := d.Update(t.Context(), platform(t, c.becomes), platform(t, c.was))
			if diff := cmp.Diff(c.refusals, got); diff != "" {
				t.Errorf("the refusals differ (-want +got):\n%s", diff)
			}
		})
	}
}
