// Package golden renders components for platforms of every kind and holds the manifests against the committed ones. Only tests
// import it.
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

var update = flag.Bool("update", false, "write the manifests instead of comparing them")

// renders is how often each manifest is made: a map's order that shows does so within a hundred.
const renders = 100

// Check compares what a component desires, for each platform, with testdata/<platform>.yaml beside the test.
func Check(t *testing.T, c component.Component) {
	t.Helper()
	for name, in := range Inputs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := Render(t, c, in)
			for range renders - 1 {
				if again := Render(t, c, in); !bytes.Equal(first, again) {
					t.Fatalf("the same input gives another manifest (-first +again):\n%s", cmp.Diff(string(first), string(again)))
				}
			}
			compare(t, filepath.Join("testdata", name+".yaml"), first)
		})
	}
}

func compare(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-committed +rendered); go test -update writes it:\n%s", path, diff)
	}
}

// Render gives a component's manifests as one YAML text.
func Render(t *testing.T, c component.Component, in component.Input) []byte {
	t.Helper()
	objects, err := c.Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, o := range objects {
		u, err := component.Render(o)
		if err != nil {
			t.Fatal(err)
		}
		text, err := yaml.Marshal(u.Object)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "---\n%s", text)
	}
	return out.Bytes()
}

// Defaults of an operator in tests.
func Defaults() component.Defaults {
	return component.Defaults{Version: "1.0.0", Images: component.Images{
		Server: "example.test/rentora/server", Web: "example.test/rentora/web", Operator: "example.test/rentora/operator:1.0.0",
		Postgres: "example.test/postgres:18", Redis: "example.test/redis:8", Typesense: "example.test/typesense:30",
		Minio: "example.test/minio:1", Kafka: "example.test/kafka:4", Prometheus: "example.test/prometheus:3",
		Alertmanager: "example.test/alertmanager:1", Grafana: "example.test/grafana:12",
		PostgresExporter: "example.test/postgres-exporter:1", RedisExporter: "example.test/redis-exporter:1",
	}}
}

// Inputs gives one platform of each kind, by name: the three profiles, one of which all data services are external, and one that
// is reached through a Gateway.
func Inputs() map[string]component.Input {
	inputs := map[string]component.Input{"external": external(), "gateway": gateway()}
	for _, p := range []*v1alpha1.RentoraPlatform{Platform(v1alpha1.Dev), Platform(v1alpha1.Standard), Platform(v1alpha1.HA)} {
		inputs[string(p.Spec.Profile)] = Input(p)
	}
	return inputs
}

func gateway() component.Input {
	p := Platform(v1alpha1.Dev)
	p.Spec.Gateway = &v1alpha1.Gateway{Name: "public", Namespace: "gateways", SectionName: "https"}
	in := Input(p)
	in.Facts.GatewayAPI = true
	return in
}

func external() component.Input {
	external := Platform(v1alpha1.Standard)
	external.Spec.Postgres.Mode, external.Spec.Postgres.SecretRef = v1alpha1.External, &v1alpha1.SecretRef{Name: "my-postgres"}
	external.Spec.Redis.Mode, external.Spec.Redis.SecretRef = v1alpha1.External, &v1alpha1.SecretRef{Name: "my-redis"}
	external.Spec.Typesense.Mode, external.Spec.Typesense.SecretRef = v1alpha1.External, &v1alpha1.SecretRef{Name: "my-typesense"}
	external.Spec.Typesense.URL = "https://search.example.test:8108"
	external.Spec.ObjectStorage.Mode, external.Spec.ObjectStorage.SecretRef = v1alpha1.External, &v1alpha1.SecretRef{Name: "my-objects"}
	external.Spec.ObjectStorage.Endpoint = "https://s3.example.test"
	external.Spec.Kafka.Mode, external.Spec.Kafka.SecretRef = v1alpha1.External, &v1alpha1.SecretRef{Name: "my-kafka"}
	external.Spec.Kafka.Brokers, external.Spec.Kafka.TLS = []string{"kafka-1.example.test:9093", "kafka-2.example.test:9093"}, true
	in := Input(external)
	in.Secrets[component.PostgresAuth] = secret("my-postgres", "url", "postgres://app:p%40ss@db.example.test:6432/rentora", "direct-url", "postgres://app:p%40ss@db.example.test:5432/rentora")
	in.Secrets[component.RedisAuth] = secret("my-redis", "url", "rediss://:secret@redis.example.test:6380/0")
	in.Secrets[component.TypesenseAuth] = secret("my-typesense", "api-key", "external-key")
	in.Secrets[component.ObjectsAuth] = secret("my-objects", "access-key", "external-access", "secret-key", "external-secret")
	in.Secrets[component.KafkaAuth] = secret("my-kafka", "username", "rentora", "password", "external-password")
	return in
}

// Platform gives a platform of a profile with the defaults of the schema filled in.
func Platform(profile v1alpha1.Profile) *v1alpha1.RentoraPlatform {
	return &v1alpha1.RentoraPlatform{
		TypeMeta:   metav1.TypeMeta{APIVersion: v1alpha1.GroupVersion.String(), Kind: "RentoraPlatform"},
		ObjectMeta: metav1.ObjectMeta{Name: "stay", Namespace: "rentals", UID: "4f0f7d0e-6f0a-4c64-8d7c-1d0a5a1f7a11", Generation: 1},
		Spec: v1alpha1.RentoraPlatformSpec{
			Profile: profile, Domain: "rentora.example.test",
			TLS:            &v1alpha1.TLS{SecretName: "rentora-tls"},
			Mail:           v1alpha1.Mail{Host: "mail.example.test", Port: 587, From: "Rentora <hello@rentora.example.test>", TLS: "required", SecretRef: &v1alpha1.SecretRef{Name: "my-mail"}},
			Postgres:       v1alpha1.Postgres{Mode: v1alpha1.Managed},
			Redis:          v1alpha1.Redis{Mode: v1alpha1.Managed},
			Typesense:      v1alpha1.Typesense{Mode: v1alpha1.Managed},
			ObjectStorage:  v1alpha1.ObjectStorage{Mode: v1alpha1.Managed, Region: "us-east-1"},
			Kafka:          v1alpha1.Kafka{Mode: v1alpha1.Managed, Partitions: 6},
			Monitoring:     v1alpha1.Monitoring{Mode: v1alpha1.Managed, RetentionDays: 15},
			Images:         v1alpha1.Images{PullPolicy: corev1.PullIfNotPresent},
			DeletionPolicy: v1alpha1.Retain,
		},
	}
}

// Input gives what a component is told about a platform whose Secrets are all there and whose parts are all ready.
func Input(p *v1alpha1.RentoraPlatform) component.Input {
	in := component.Input{
		Platform: p, Settings: component.Resolve(p, Defaults()),
		Facts:    component.Facts{OperatorNamespace: "rentora-system"},
		Secrets:  component.Secrets{},
		Verdicts: map[string]component.Readiness{},
	}
	for c, keys := range map[component.Credential][]string{
		component.PostgresAuth:  {"superuser-password", "owner-password", "app-password"},
		component.RedisAuth:     {"password"},
		component.TypesenseAuth: {"api-key"},
		component.ObjectsAuth:   {"root-user", "root-password", "access-key", "secret-key"},
		component.KafkaAuth:     {"cluster-id"},
		component.Keys:          {"signing-keys", "secret-key"},
	} {
		var pairs []string
		for _, key := range keys {
			pairs = append(pairs, key, "golden-"+string(c)+"-"+key)
		}
		in.Secrets[c] = secret(component.Child(p, string(c)), pairs...)
	}
	in.Secrets[component.MailAuth] = secret("my-mail", "username", "mailer", "password", "golden-mail-password")
	for _, name := range append(component.DataServices, component.Access, component.Migrate, component.API, component.Jobs, component.Workers, component.Web, component.Publish, component.Monitoring) {
		in.Verdicts[name] = component.Good("%s runs.", name)
	}
	return in
}

func secret(name string, pairs ...string) component.Secret {
	s := component.Secret{Name: name, Data: map[string][]byte{}}
	for i := 0; i < len(pairs); i += 2 {
		s.Data[pairs[i]] = []byte(pairs[i+1])
	}
	return s
}
