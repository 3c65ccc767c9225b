package config_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/config"
)

// What is written as an environment must come back whole, or the operator would run something else than it was told.
func TestVariablesGiveTheConfigurationBack(t *testing.T) {
	t.Parallel()
	want, err := config.Parse(complete())
	if err != nil {
		t.Fatal(err)
	}
	want.Environment, want.Release = "production", "1.2.3"
	want.HTTP.TrustedProxies = []string{"10.0.0.0/8", "fc00::/7"}
	want.HTTP.DrainTime = 1500 * time.Millisecond
	want.Kafka.Username, want.Kafka.Password, want.Kafka.TLS, want.Kafka.Replication = "me", "hush", true, -1
	want.Trace.SampleRatio = 0
	want.Worker.RetryDelays = []time.Duration{time.Second, time.Minute, time.Hour}
	environment := map[string]string{}
	for _, v := range config.Variables(want) {
		environment[v.Name] = v.Value
		if v.Secret != (v.Value == "hush" || v.Name == "RENTORA_DATABASE_URL" || v.Name == "RENTORA_DATABASE_DIRECT_URL" || v.Name == "RENTORA_REDIS_URL" ||
			v.Name == "RENTORA_AUTH_SIGNING_KEYS" || v.Name == "RENTORA_AUTH_SECRET_KEY") {
			t.Errorf("%s: secret %t", v.Name, v.Secret)
		}
	}
	got, err := config.Parse(environment)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDefaultsAreInForceWhereNothingIsSaid(t *testing.T) {
	t.Parallel()
	d := config.Defaults()
	if d.Kafka.Partitions != 6 || d.HTTP.RequestTimeout != 10*time.Second || d.Postgres.URL != "" {
		t.Errorf("%+v", d)
	}
	if list := config.Variables(d); len(list) > 0 {
		t.Errorf("defaults are written: %v", list)
	}
}
