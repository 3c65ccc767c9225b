package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/hack/manifests/admit"
)

// Helm is not in touch with a cluster here; this one it takes for granted.
const kubeVersion = "--kube-version=1.35.0"

// helm renders a chart with values, as the release "stay" in the namespace "rentals".
func helm(t *testing.T, chart, values string, more ...string) (string, string) {
	t.Helper()
	return release(t, "stay", chart, values, more...)
}

func release(t *testing.T, name, chart, values string, more ...string) (string, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "values.yaml")
	if err := os.WriteFile(file, []byte(values), 0o600); err != nil {
		t.Fatal(err)
	}
	return tool(t, "helm", append([]string{"template", name, "charts/" + chart, kubeVersion, "--namespace=rentals", "--values=" + file}, more...)...)
}

const leastValues = "{domain: rentora.example.com, mail: {host: smtp.example.com, from: hello@rentora.example.com}}"

// mirror has every image from elsewhere.
const mirror = `
image: {repository: mirror.example.com/rentora/operator, digest: "sha256:0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"}
imagePullSecrets: [{name: mirror}]
images:
  server: mirror.example.com/rentora/server:1.0.0
  web: mirror.example.com/rentora/web:1.0.0
  postgres: mirror.example.com/postgres:18
  redis: mirror.example.com/redis:8
  typesense: mirror.example.com/typesense:30.1
  minio: mirror.example.com/minio:1
  kafka: mirror.example.com/kafka:4.1.1
  prometheus: mirror.example.com/prometheus:v3.5.0
  alertmanager: mirror.example.com/alertmanager:v0.28.1
  grafana: mirror.example.com/grafana:12.1.1
  postgresExporter: mirror.example.com/postgres-exporter:v0.18.1
  redisExporter: mirror.example.com/redis_exporter:v1.77.0
networkPolicy: {enabled: false}
replicas: 2
podAnnotations: {example.com/team: stay}
nodeSelector: {kubernetes.io/os: linux}
tolerations: [{key: dedicated, operator: Exists}]
priorityClassName: system-cluster-critical
`

var charts = []struct{ name, chart, values string }{
	{"operator", "rentora-operator", "{}"},
	{"operator-namespaced", "rentora-operator", "{watchNamespace: stays, crds: {install: false}, users: {create: false}}"},
	{"operator-mirror", "rentora-operator", mirror},
	{"platform", "rentora-platform", leastValues},
	{"platform-external", "rentora-platform", `
name: external
labels: {example.com/team: stay}
annotations: {example.com/reason: trial}
profile: ha
domain: rentora.example.com
tls: {issuerRef: {name: letsencrypt}}
mail: {host: smtp.example.com, from: Rentora <hello@rentora.example.com>, secretRef: {name: mail}}
postgres: {mode: External, secretRef: {name: postgres}}
typesense: {storage: {size: 10737418240}}
kafka: {mode: External, brokers: ["kafka.example.com:9093"], tls: true}
workers: {groups: [{name: media, autoscaling: {min: 1, max: 6, lag: 1000000}}]}
`},
}

func TestCharts(t *testing.T) {
	t.Parallel()
	for _, c := range charts {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, complaint := helm(t, c.chart, c.values)
			if complaint != "" {
				t.Fatal(complaint)
			}
			typed(t, text)
			golden(t, "chart-"+c.name, text)
			if c.chart == "rentora-platform" {
				admitted(t, text)
			}
		})
	}
}

func TestLint(t *testing.T) {
	t.Parallel()
	for chart, values := range map[string][]string{
		"rentora-operator": nil,
		"rentora-platform": {"--set=domain=rentora.example.com,mail.host=smtp.example.com,mail.from=hello@rentora.example.com"},
	} {
		t.Run(chart, func(t *testing.T) {
			t.Parallel()
			if _, complaint := tool(t, "helm", append([]string{"lint", "--strict", kubeVersion, "charts/" + chart}, values...)...); complaint != "" {
				t.Error(complaint)
			}
		})
	}
}

func TestRefusedValues(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, chart, values, sentence string }{
		{"nothing said", "rentora-platform", "{}", "missing properties 'domain', 'mail'"},
		{"a misspelt value", "rentora-platform", "{profil: dev, " + leastValues[1:], "additional properties 'profil' not allowed"},
		{"a misspelt value deep down", "rentora-platform", "{kafka: {storage: {siz: 1Gi}}, " + leastValues[1:], "at '/kafka/storage': additional properties 'siz' not allowed"},
		{"a profile that does not exist", "rentora-platform", "{profile: prod, " + leastValues[1:], "at '/profile': value must be one of 'dev', 'standard', 'ha'"},
		{"a volume that is no size", "rentora-platform", "{redis: {storage: {size: ten}}, " + leastValues[1:], "at '/redis/storage/size': 'ten' does not match pattern"},
		{"a name that is too long", "rentora-platform", "{name: a-platform-whose-name-goes-on-and-on, " + leastValues[1:], "at '/name': maxLength: got 36, want 32"},
		{"an image that the operator does not know", "rentora-operator", "{images: {proxy: a/b}}", "at '/images': additional properties 'proxy' not allowed"},
		{"a list of namespaces", "rentora-operator", `{watchNamespace: "a,b"}`, "at '/watchNamespace': 'a,b' does not match pattern"},
		{"a switch that is a word", "rentora-operator", `{crds: {keep: "yes"}}`, "at '/crds/keep': got string, want boolean"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, complaint := helm(t, c.chart, c.values)
			if !strings.Contains(complaint, c.sentence) {
				t.Errorf("want a complaint that holds %q, got %q", c.sentence, complaint)
			}
		})
	}
}

// The release's name becomes the platform's, and may be one that a platform cannot have.
func TestReleaseNameThatIsNoPlatforms(t *testing.T) {
	t.Parallel()
	_, complaint := release(t, "2nd", "rentora-platform", leastValues)
	if want := `"2nd" cannot be a platform's name: it must begin with a letter`; !strings.Contains(complaint, want) {
		t.Errorf("want a complaint that holds %q, got %q", want, complaint)
	}
}

// The chart without values is config/default in other words.
func TestChartIsConfig(t *testing.T) {
	t.Parallel()
	text, complaint := helm(t, "rentora-operator", "{image: {tag: latest}}", "--namespace=rentora-system")
	if complaint != "" {
		t.Fatal(complaint)
	}
	want := byName(t, kustomize(t, "config/default"))
	delete(want, "Namespace rentora-system") // Helm's own flag makes it
	if diff := cmp.Diff(want, byName(t, text)); diff != "" {
		t.Errorf("the chart differs from config/default (-config +chart):\n%s", diff)
	}
}

// byName are the objects of a text, without what Helm adds.
func byName(t *testing.T, text string) map[string]admit.Object {
	t.Helper()
	all := map[string]admit.Object{}
	for _, d := range documents(text) {
		o, err := admit.Parse([]byte(d))
		if err != nil {
			t.Fatal(err)
		}
		metadata := o["metadata"].(map[string]any)
		if labels, ok := metadata["labels"].(map[string]any); ok {
			for _, label := range []string{"instance", "version", "managed-by"} {
				delete(labels, "app.kubernetes.io/"+label)
			}
			delete(labels, "helm.sh/chart")
			if o["kind"] == "CustomResourceDefinition" {
				delete(metadata, "labels")
			}
		}
		if annotations, ok := metadata["annotations"].(map[string]any); ok {
			delete(annotations, "helm.sh/resource-policy")
		}
		if o["kind"] == "Deployment" {
			container := o["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)["containers"].([]any)[0].(map[string]any)
			delete(container, "imagePullPolicy") // which image it is decides it elsewhere
		}
		all[o["kind"].(string)+" "+metadata["name"].(string)] = o
	}
	return all
}

// Every image that the operator lets replace is a value of its chart, and no other.
func TestRelatedImages(t *testing.T) {
	t.Parallel()
	text, complaint := helm(t, "rentora-operator", mirror)
	if complaint != "" {
		t.Fatal(complaint)
	}
	source, err := os.ReadFile(filepath.Join(root, "cmd", "operator", "images.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := func(pattern, text string) (names []string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
		slices.Sort(names)
		return names
	}
	if diff := cmp.Diff(found(`related\("([A-Z_]+)"`, string(source)), found(`name: RELATED_IMAGE_([A-Z_]+)`, text)); diff != "" {
		t.Errorf("the images differ (-operator +chart):\n%s", diff)
	}
}

func TestDefinitionIsKeptOnlyWhereWanted(t *testing.T) {
	t.Parallel()
	for values, want := range map[string]any{"{}": "keep", "{crds: {keep: false}}": nil} {
		text, complaint := helm(t, "rentora-operator", values, "--show-only=templates/crd.yaml")
		if complaint != "" {
			t.Fatal(complaint)
		}
		var crd struct {
			Metadata struct{ Annotations map[string]any }
		}
		if err := yaml.Unmarshal([]byte(text), &crd); err != nil {
			t.Fatal(err)
		}
		if got := crd.Metadata.Annotations["helm.sh/resource-policy"]; got != want {
			t.Errorf("with %s the policy is %v, want %v", values, got, want)
		}
	}
}
