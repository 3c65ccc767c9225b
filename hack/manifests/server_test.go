package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/hack/apiserver"
	"github.com/rentora/rentora/hack/manifests/admit"
)

// config reaches a real API server which has the definition from config/crd.
var config *rest.Config

func TestMain(m *testing.M) { os.Exit(apiserver.Main(m, &config, apiserver.InstallRoutes)) }

// Everything that config/ and the charts make is taken by a real API server, every field known and every value valid.
func TestServerTakesAll(t *testing.T) {
	t.Parallel()
	c, err := client.New(config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"rentora-system", "rentals", "stays"} {
		if err := c.Create(t.Context(), &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}); err != nil {
			t.Fatal(err)
		}
	}
	texts := map[string]string{}
	for _, folder := range []string{"default", "namespaced", "samples"} {
		texts["config/"+folder] = kustomize(t, "config/"+folder)
	}
	for _, chart := range charts {
		text, complaint := helm(t, chart.chart, chart.values)
		if complaint != "" {
			t.Fatal(complaint)
		}
		texts["chart "+chart.name] = text
	}
	goldens, err := filepath.Glob("../../controllers/*/testdata/*.yaml") // what the operator makes of platforms of every kind
	if err != nil || len(goldens) < 50 {
		t.Fatalf("%d manifests of the operator: %v", len(goldens), err)
	}
	for _, name := range goldens {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[strings.TrimPrefix(name, "../../")] = string(text)
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, d := range documents(text) {
				if err := try(t, c, d); err != nil {
					t.Errorf("%v in:\n%s", err, d)
				}
			}
		})
	}
	// What takes all must be able to refuse.
	for document, refusal := range map[string]string{
		"{apiVersion: v1, kind: Service, metadata: {name: a, namespace: stays}, spec: {ports: [{port: 80830}]}}": "must be between 1 and 65535",
		"{apiVersion: v1, kind: Service, metadata: {name: a, namespace: stays}, spec: {port: 80}}":               "field not declared in schema",
	} {
		if err := try(t, c, document); err == nil || !strings.Contains(err.Error(), refusal) {
			t.Errorf("want a refusal that holds %q, got %v", refusal, err)
		}
	}
}

// try asks the server to take a document, without keeping it.
func try(t *testing.T, c client.Client, document string) error {
	t.Helper()
	o, err := admit.Parse([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	u := &unstructured.Unstructured{Object: o}
	if u.GetNamespace() == "" && slices.Contains([]string{"RentoraPlatform", "Service", "Deployment"}, u.GetKind()) {
		u.SetNamespace("rentals") // a sample: it goes where its user is
	}
	return c.Apply(t.Context(), client.ApplyConfigurationFromUnstructured(u), client.DryRunAll, client.ForceOwnership, client.FieldOwner("test"))
}
