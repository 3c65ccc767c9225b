package server_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/access"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/migrate"
	"github.com/rentora/rentora/controllers/postgres"
	"github.com/rentora/rentora/controllers/server"
	"github.com/rentora/rentora/controllers/workers"
	"github.com/rentora/rentora/server/config"
)

// inputs are the golden ones with keys that the server takes.
func inputs() map[string]component.Input {
	all := golden.Inputs()
	for _, in := range all {
		key := base64.StdEncoding.EncodeToString(make([]byte, 32))
		in.Secrets[component.Keys] = component.Secret{Name: "keys", Data: map[string][]byte{"signing-keys": []byte(key + "," + key), "secret-key": []byte(key)}}
	}
	return all
}

func desired(t *testing.T, c component.Component, in component.Input) []client.Object {
	t.Helper()
	objects, err := c.Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

// environments gives what each container of the server sees, by part: as the kubelet would put it together.
func environments(t *testing.T, in component.Input) map[string]map[string]string {
	t.Helper()
	secrets := map[string]map[string][]byte{}
	for _, o := range desired(t, access.New(), in) {
		if s, ok := o.(*corev1.Secret); ok {
			secrets[s.Name] = s.Data
		}
	}
	all := map[string]map[string]string{}
	for _, c := range []component.Component{server.New(), workers.New(), workers.NewJobs(), migrate.New()} {
		for _, o := range desired(t, c, in) {
			for _, one := range containers(o) {
				env := map[string]string{}
				for _, from := range one.EnvFrom {
					if secrets[from.SecretRef.Name] == nil {
						t.Fatalf("%s reads the Secret %s, which nobody makes", one.Name, from.SecretRef.Name)
					}
					for name, value := range secrets[from.SecretRef.Name] {
						env[name] = string(value)
					}
				}
				for _, e := range one.Env {
					if _, twice := env[e.Name]; twice {
						t.Errorf("%s: %s is set twice", one.Name, e.Name)
					}
					env[e.Name] = e.Value
				}
				all[one.Name] = env
			}
		}
	}
	return all
}

func containers(o client.Object) []corev1.Container {
	switch o := o.(type) {
	case *appsv1.Deployment:
		return o.Spec.Template.Spec.Containers
	case *batchv1.Job:
		return o.Spec.Template.Spec.Containers
	}
	return nil
}

func TestTheServerTakesItsEnvironment(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, s := range config.Settings(config.Defaults()) {
		known[s.Name] = true
	}
	for name, in := range inputs() {
		all := environments(t, in)
		if len(all) != 8 {
			t.Errorf("%s: %d programs: %v", name, len(all), slices.Sorted(maps.Keys(all)))
		}
		for part, env := range all {
			if _, err := config.Parse(env); err != nil {
				t.Errorf("%s, %s: %v", name, part, err)
			}
			for variable := range env {
				if strings.HasPrefix(variable, config.Prefix) && !known[variable] {
					t.Errorf("%s, %s: the server does not know %s", name, part, variable)
				}
			}
		}
	}
}

func TestNoSecretStandsInAPod(t *testing.T) {
	t.Parallel()
	for name, in := range inputs() {
		for _, c := range []component.Component{server.New(), workers.New(), workers.NewJobs(), migrate.New()} {
			text := string(golden.Render(t, c, in))
			for credential, s := range in.Secrets {
				for key, value := range s.Data {
					if key != "username" && key != "cluster-id" && strings.Contains(text, string(value)) {
						t.Errorf("%s: %s shows %s of %s", name, c.Name(), key, credential)
					}
				}
			}
		}
	}
}

func parsed(t *testing.T, in component.Input, part string) *config.Config {
	t.Helper()
	c, err := config.Parse(environments(t, in)[part])
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func userOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.User.Username()
}

// Only a migration may change the tables; what visitors reach may not.
func TestOnlyMigrationsLogInAsTheOwner(t *testing.T) {
	t.Parallel()
	managed, external := inputs()["standard"], inputs()["external"]
	external.Secrets[component.PostgresAuth].Data["direct-url"] = []byte("postgres://owner:o%2F@db.example.test:5432/rentora?sslmode=verify-full")
	for name, in := range map[string]component.Input{"managed": managed, "external": external} {
		wantApp, wantOwner := "rentora_app", "rentora_owner"
		if name == "external" {
			wantApp, wantOwner = "app", "owner"
		}
		for part, env := range environments(t, in) {
			c, err := config.Parse(env)
			if err != nil {
				t.Fatal(err)
			}
			app, direct := userOf(t, c.Postgres.URL), userOf(t, c.Postgres.DirectURL)
			if app != wantApp || part == component.Migrate && direct != wantOwner || part != component.Migrate && direct != wantApp {
				t.Errorf("%s, %s: %s and directly %s", name, part, app, direct)
			}
		}
	}
	// Locks need the address without the pooler all the same.
	if got, want := parsed(t, external, component.Jobs).Postgres.DirectURL, "postgres://app:p%40ss@db.example.test:5432/rentora?sslmode=verify-full"; got != want {
		t.Errorf("directly %s, want %s", got, want)
	}
	if got := parsed(t, managed, component.Jobs).Postgres.URL; got != "postgres://rentora_app:golden-postgres-auth-app-password@stay-postgres.rentals.svc:5432/rentora?sslmode=disable" {
		t.Error(got)
	}
}

func TestStrangePasswordsArrive(t *testing.T) {
	t.Parallel()
	in := inputs()["standard"]
	const strange = `a/b?c#d@e:f%g h"'$(X)ü`
	in.Secrets[component.PostgresAuth].Data["app-password"] = []byte(strange)
	in.Secrets[component.RedisAuth].Data["password"] = []byte(strange)
	c := parsed(t, in, component.API)
	for _, address := range []string{c.Postgres.URL, c.Redis.URL} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := u.User.Password(); got != strange {
			t.Errorf("%q", got)
		}
	}
}

func TestWhatThePlatformSaysReachesTheServer(t *testing.T) {
	t.Parallel()
	in := inputs()["external"]
	p := in.Platform
	percent := int32(0)
	p.Spec.Tracing = &v1alpha1.Tracing{OTLPEndpoint: "http://traces.example.test:4318", SamplePercent: &percent}
	p.Spec.CDNBaseURL, p.Spec.ObjectStorage.PublicHost = "https://cdn.example.test", "photos.example.test"
	p.Spec.API.Env = []v1alpha1.EnvVar{
		{Name: "RENTORA_HTTP_TRUSTED_PROXIES", Value: "198.51.100.0/24"}, {Name: "RENTORA_DATABASE_MAX_CONNS", Value: "9"}, {Name: "GOMEMLIMIT", Value: "1GiB"},
		{Name: "RENTORA_HTTP_LIMIT_READ", Value: "7"}, {Name: "RENTORA_DATABASE_URL", Value: "postgres://theirs@h/d"}, {Name: "RENTORA_KAFKA_USERNAME", Value: "x"},
		{Name: "RENTORA_KAFKA_PARTITIONS", Value: "12"}, {Name: "RENTORA_HTTP_SHUTDOWN_TIMEOUT", Value: "5m"}, {Name: "RENTORA_DATABASE_DIRECT_URL", Value: "postgres://theirs@h/d"},
		{Name: "RENTORA_PUBLIC_URL", Value: "http://elsewhere.example.test"}, {Name: "TZ", Value: "$(HOME)"},
	}
	env := environments(t, in)["api"]
	c := parsed(t, in, "api")
	got := map[string]any{
		"url": c.PublicURL, "ratio": c.Trace.SampleRatio, "files": c.S3.PublicEndpoint, "s3": c.S3.Endpoint, "cdn": c.S3.CDNBaseURL, "mail": c.Mail.Addr, "mailTLS": c.Mail.TLS,
		"kafka": c.Kafka.Username, "tls": c.Kafka.TLS, "replication": c.Kafka.Replication, "topics": c.Kafka.TopicPrefix, "proxies": c.HTTP.TrustedProxies[0],
		"conns": c.Postgres.MaxConns, "limit": c.HTTP.LimitRead, "db": userOf(t, c.Postgres.URL), "memory": env["GOMEMLIMIT"], "tz": env["TZ"], "partitions": c.Kafka.Partitions, "shutdown": c.HTTP.ShutdownTimeout.String(), "direct": userOf(t, c.Postgres.DirectURL), "buckets": c.S3.BucketPrefix,
	}
	want := map[string]any{
		"url": "https://rentora.example.test", "ratio": 0.0, "files": "https://photos.example.test", "s3": "https://s3.example.test", "cdn": "https://cdn.example.test",
		"mail": "mail.example.test:587", "mailTLS": "required", "kafka": "rentora", "tls": true, "replication": -1, "topics": "rentals.stay.", "proxies": "198.51.100.0/24",
		"conns": 9, "limit": 7, "db": "app", "memory": "1GiB", "tz": "$$(HOME)", "partitions": 6, "shutdown": "20s", "direct": "app", "buckets": "stay-",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheProgramsEndBeforeTheyAreKilled(t *testing.T) {
	t.Parallel()
	c := parsed(t, inputs()["standard"], "api")
	if all := c.HTTP.DrainTime + c.HTTP.ShutdownTimeout; c.HTTP.DrainTime < 5*time.Second || all > (server.Grace-5)*time.Second {
		t.Errorf("an API takes %s to end", all)
	}
}

func TestAllPodsTogetherGetAlongWithTheDatabase(t *testing.T) {
	t.Parallel()
	limits := map[string]int{"dev": 200, "gateway": 200, "standard": 256, "ha": 1000, "external": 200}
	for name, in := range inputs() {
		if managed := golden.Render(t, postgres.New(), in); len(managed) > 0 && !strings.Contains(string(managed), fmt.Sprintf("max_connections = %d\n", limits[name])) {
			t.Errorf("%s: the database allows another number of connections than %d", name, limits[name])
		}
		pools := server.PoolsOf(in)
		sum := pools.Jobs * int(*in.Settings.Jobs.Replicas)
		for _, w := range in.Settings.Workers {
			sum += pools.Worker * int(max(w.Max, value(w.Replicas)))
		}
		sum += pools.API * int(max(in.Settings.API.Max, value(in.Settings.API.Replicas)))
		if sum > limits[name]-5 || pools.API < 8 {
			t.Errorf("%s: %+v make %d connections of %d", name, pools, sum, limits[name])
		}
	}
	in := inputs()["standard"]
	in.Platform.Spec.Postgres.Parameters = map[string]string{"max_connections": "100"}
	if few := server.PoolsOf(in); few.API != 5 || few.Worker != 3 {
		t.Errorf("of 100: %+v", few)
	}
}

func value(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}

func TestASecretThatLacksSomethingIsNamed(t *testing.T) {
	t.Parallel()
	for credential, key := range map[component.Credential]string{
		component.Keys: "signing-keys", component.PostgresAuth: "app-password", component.RedisAuth: "password", component.TypesenseAuth: "api-key",
		component.ObjectsAuth: "secret-key", component.MailAuth: "password",
	} {
		in := inputs()["standard"]
		delete(in.Secrets[credential].Data, key)
		for _, c := range []component.Component{access.New(), server.New(), workers.New(), workers.NewJobs(), migrate.New()} {
			_, err := c.Desired(in)
			if err == nil || !strings.Contains(err.Error(), in.Secrets.Name(in.Platform, credential)) || !strings.Contains(err.Error(), key) {
				t.Errorf("%s without %s of %s: %v", c.Name(), key, credential, err)
			}
		}
	}
}

func TestAChangedSecretRollsWhoReadsIt(t *testing.T) {
	t.Parallel()
	note := func(in component.Input, c component.Component) string {
		for _, o := range desired(t, c, in) {
			switch o := o.(type) {
			case *appsv1.Deployment:
				return o.Spec.Template.Annotations[component.AnnotationSecrets]
			case *batchv1.Job:
				return o.Name
			}
		}
		return ""
	}
	before := inputs()["standard"]
	for key, rolled := range map[string]map[string]bool{
		"app-password":       {component.API: true, component.Jobs: true, component.Migrate: true},
		"owner-password":     {component.API: false, component.Jobs: false, component.Migrate: true},
		"superuser-password": {component.API: false, component.Jobs: false, component.Migrate: false},
	} {
		after := inputs()["standard"]
		after.Secrets[component.PostgresAuth].Data[key] = []byte("changed")
		for _, c := range []component.Component{server.New(), workers.NewJobs(), migrate.New()} {
			if got := note(before, c) != note(after, c); got != rolled[c.Name()] {
				t.Errorf("%s changed: %s rolls: %t", key, c.Name(), got)
			}
		}
	}
}
