package web_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	corev1 "k8s.io/api/core/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/web"
)

// environment of the site's container on a platform.
func environment(t *testing.T, change func(*v1alpha1.RentoraPlatform)) map[string]string {
	t.Helper()
	p := golden.Platform(v1alpha1.Dev)
	change(p)
	objects, err := web.New().Desired(golden.Input(p))
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{}
	for _, e := range objects[0].(*appsv1.Deployment).Spec.Template.Spec.Containers[0].Env {
		env[e.Name] = e.Value
	}
	return env
}

func TestPhotographsComeFromWhereThePlatformKeepsThem(t *testing.T) {
	t.Parallel()
	outside := func(host string) func(*v1alpha1.RentoraPlatform) {
		return func(p *v1alpha1.RentoraPlatform) {
			p.Spec.ObjectStorage = v1alpha1.ObjectStorage{Mode: v1alpha1.External, Endpoint: "https://s3.example.test:9443", PublicHost: host}
		}
	}
	for what, c := range map[string]struct {
		change func(*v1alpha1.RentoraPlatform)
		want   string
	}{
		"the platform's own": {func(*v1alpha1.RentoraPlatform) {}, "https://files.rentora.example.test"},
		"under another name": {func(p *v1alpha1.RentoraPlatform) { p.Spec.ObjectStorage.PublicHost = "photos.example.test" }, "https://photos.example.test"},
		"without TLS":        {func(p *v1alpha1.RentoraPlatform) { p.Spec.TLS = nil }, "http://files.rentora.example.test"},
		"behind a CDN":       {func(p *v1alpha1.RentoraPlatform) { p.Spec.CDNBaseURL = "https://cdn.example.test/stay" }, "https://files.rentora.example.test,https://cdn.example.test"},
		"elsewhere":          {outside(""), "https://s3.example.test:9443"},
		"elsewhere, by name": {outside("files.example.test"), "https://files.example.test"},
	} {
		if got := environment(t, c.change)["RENTORA_WEB_FILES_ORIGINS"]; got != c.want {
			t.Errorf("%s: want %s, got %s", what, c.want, got)
		}
	}
}

// TestVariablesAreThoseOfTheWeb compares with what the site itself reads: a name that one of them changes is a mistake here.
func TestVariablesAreThoseOfTheWeb(t *testing.T) {
	t.Parallel()
	var read []string
	for _, file := range []string{"lib/env.ts", "serve.mjs"} {
		source, err := os.ReadFile("../../web/" + file)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, regexp.MustCompile(`RENTORA_[A-Z_]+`).FindAllString(string(source), -1)...)
	}
	// /design is for where the web is worked on: no platform shows it.
	read = slices.DeleteFunc(read, func(name string) bool { return name == "RENTORA_WEB_DESIGN" })
	slices.Sort(read)
	var set []string
	for name := range environment(t, func(p *v1alpha1.RentoraPlatform) { p.Spec.Web.MapStyleURL = "https://maps.example.test/style.json" }) {
		if strings.HasPrefix(name, "RENTORA_") {
			set = append(set, name)
		}
	}
	slices.Sort(set)
	if diff := cmp.Diff(slices.Compact(read), set); diff != "" {
		t.Errorf("what the web reads and what the operator sets (-read +set):\n%s", diff)
	}
}

func TestNodeKeepsToItsMemory(t *testing.T) {
	t.Parallel()
	limited := func(p *v1alpha1.RentoraPlatform) {
		p.Spec.Web.Resources = &corev1.ResourceRequirements{Limits: corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("1Gi")}}
	}
	if got := environment(t, limited)["NODE_OPTIONS"]; got != "--max-old-space-size=512" {
		t.Errorf("half of a GiB, in MiB: got %q", got)
	}
	free := func(p *v1alpha1.RentoraPlatform) { p.Spec.Web.Resources = &corev1.ResourceRequirements{} }
	if got, set := environment(t, free)["NODE_OPTIONS"]; set {
		t.Errorf("without a limit Node decides, got %q", got)
	}
}

func TestSwitchedOff(t *testing.T) {
	t.Parallel()
	p, off := golden.Platform(v1alpha1.HA), false
	p.Spec.Web.Enabled = &off
	in := golden.Input(p)
	objects, err := web.New().Desired(in)
	if err != nil || len(objects) != 0 {
		t.Errorf("want nothing, got %v %v", objects, err)
	}
	if got := web.New().Ready(in, component.Observed{}); got.State != component.IsOff || !got.Ready() {
		t.Errorf("got %+v", got)
	}
}
