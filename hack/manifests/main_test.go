package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/hack/manifests/admit"
)

var update = flag.Bool("update", false, "write the manifests instead of comparing them")

// root of the repository.
var root = filepath.Join("..", "..")

// tool runs one of the repository's tools from its root and gives what it printed or, when it failed, what it complained of.
func tool(t *testing.T, name string, args ...string) (string, string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "tools/run", append([]string{name}, args...)...)
	var out, complaint bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, &out, &complaint
	// Nothing of the developer's own settings or plug-ins takes part.
	cmd.Env = append(os.Environ(), "HELM_CONFIG_HOME="+t.TempDir(), "HELM_CACHE_HOME="+t.TempDir(), "HELM_DATA_HOME="+t.TempDir())
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out.String(), ""
	case errors.As(err, &exit) && complaint.Len()+out.Len() > 0:
		return "", complaint.String() + out.String() // helm lint complains to where others answer
	}
	t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	return "", ""
}

func kustomize(t *testing.T, folder string) string {
	t.Helper()
	text, complaint := tool(t, "kustomize", "build", folder)
	if complaint != "" {
		t.Fatal(complaint)
	}
	return text
}

// documents of a YAML text, without empty ones.
func documents(text string) []string {
	var all []string
	for _, d := range strings.Split("\n"+text, "\n---\n") {
		if strings.TrimSpace(d) != "" {
			all = append(all, strings.TrimPrefix(d, "\n"))
		}
	}
	return all
}

// typed decodes every document as what it says that it is; a field that its kind does not have is an error.
func typed(t *testing.T, text string) []runtime.Object {
	t.Helper()
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{clientgoscheme.AddToScheme, apiextensionsv1.AddToScheme, v1alpha1.AddToScheme} {
		if err := add(scheme); err != nil {
			t.Fatal(err)
		}
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	var all []runtime.Object
	for _, d := range documents(text) {
		o, _, err := decoder.Decode([]byte(d), nil, nil)
		if err != nil {
			t.Errorf("%v in:\n%s", err, d)
			continue
		}
		all = append(all, o)
	}
	return all
}

// golden compares a text with testdata/name, the resource's own definition apart: that is generated and compared elsewhere.
func golden(t *testing.T, name, text string) {
	t.Helper()
	var rest []string
	for _, d := range documents(text) {
		if !strings.Contains(d, "\nkind: CustomResourceDefinition\n") {
			rest = append(rest, strings.TrimSuffix(d, "\n")+"\n")
		}
	}
	got, path := strings.Join(rest, "---\n"), filepath.Join("testdata", name+".yaml")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-committed +made); go test -update writes it:\n%s", path, diff)
	}
}

// admitted holds every platform of a text against the definition.
func admitted(t *testing.T, text string) {
	t.Helper()
	definition, err := admit.Read(filepath.Join(root, crdFile))
	if err != nil {
		t.Fatal(err)
	}
	platforms := 0
	for _, d := range documents(text) {
		o, err := admit.Parse([]byte(d))
		if err != nil {
			t.Fatal(err)
		}
		if o["kind"] != "RentoraPlatform" {
			continue
		}
		platforms++
		if _, refusals := definition.Create(t.Context(), o); len(refusals) > 0 {
			t.Errorf("an API server would refuse it: %s\n%s", strings.Join(refusals, "; "), d)
		}
	}
	if platforms == 0 {
		t.Error("there is no platform")
	}
}
