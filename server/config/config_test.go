package config_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/config"
)

func complete() map[string]string {
	key := base64.StdEncoding.EncodeToString(make([]byte, 32))
	return map[string]string{
		"RENTORA_DATABASE_URL": "postgres://app:hush@127.0.0.1/rentora", "RENTORA_REDIS_URL": "redis://127.0.0.1:6379/0",
		"RENTORA_KAFKA_BROKERS": "127.0.0.1:9092,127.0.0.1:9093", "RENTORA_TYPESENSE_URL": "http://127.0.0.1:8108", "RENTORA_TYPESENSE_API_KEY": "hush",
		"RENTORA_S3_ENDPOINT": "http://127.0.0.1:9000", "RENTORA_S3_ACCESS_KEY": "hush", "RENTORA_S3_SECRET_KEY": "hush",
		"RENTORA_SMTP_ADDR": "127.0.0.1:25", "RENTORA_AUTH_SIGNING_KEYS": key, "RENTORA_AUTH_SECRET_KEY": key,
	}
}

func TestACompleteEnvironmentParses(t *testing.T) {
	t.Parallel()
	c, err := config.Parse(complete())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"127.0.0.1:9092", "127.0.0.1:9093"}, c.Kafka.Brokers); diff != "" {
		t.Error(diff)
	}
	if c.Postgres.DirectURL != c.Postgres.URL || c.S3.PublicEndpoint != c.S3.Endpoint {
		t.Error("what is left out does not follow what is given")
	}
}

func TestAllMistakesAreNamedAtOnceWithoutTheirValues(t *testing.T) {
	t.Parallel()
	e := complete()
	delete(e, "RENTORA_DATABASE_URL")
	e["RENTORA_AUTH_SIGNING_KEYS"] = "hush-too-short"
	e["RENTORA_HTTP_BODY_LIMIT"] = "7"
	e["RENTORA_LOG_LEVEL"] = "loud"
	e["RENTORA_BOOKING_QUOTE_LIFE"] = "soon"
	e["RENTORA_PUBLIC_URL"] = "rentora.example"
	_, err := config.Parse(e)
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"DATABASE_URL", "AUTH_SIGNING_KEYS", "HTTP_BODY_LIMIT", "LOG_LEVEL", "QuoteLife", "PUBLIC_URL"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in:\n%v", name, err)
		}
	}
	if strings.Contains(err.Error(), "hush") {
		t.Errorf("a secret is in:\n%v", err)
	}
	if !strings.HasSuffix(err.Error(), "\nrentora config lists every variable") {
		t.Errorf("nothing says where to look on:\n%v", err)
	}
}

func TestBcryptIsCheapInTestsAlone(t *testing.T) {
	t.Parallel()
	e := complete()
	e["RENTORA_AUTH_BCRYPT_COST"] = "10"
	for environment, allowed := range map[string]bool{"test": true, "development": false, "production": false} {
		e["RENTORA_ENVIRONMENT"] = environment
		if _, err := config.Parse(e); (err == nil) != allowed {
			t.Errorf("%s: %v", environment, err)
		}
	}
}

func TestSettingsHideSecrets(t *testing.T) {
	t.Parallel()
	c, err := config.Parse(complete())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, s := range config.Settings(c) {
		seen[s.Name] = s.Value()
		if s.Doc == "" {
			t.Errorf("%s has no documentation", s.Name)
		}
		if strings.Contains(s.Value(), "hush") {
			t.Errorf("%s shows its secret", s.Name)
		}
	}
	if seen["RENTORA_DATABASE_URL"] != "(set)" || seen["RENTORA_KAFKA_BROKERS"] != "127.0.0.1:9092,127.0.0.1:9093" {
		t.Errorf("%v", seen)
	}
}

func TestFormsAreChecked(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]string{
		"DATABASE_URL":         {"mysql://hush@h/d", "hush", "postgres://", "postgres://:5432/hush", ""},
		"DATABASE_DIRECT_URL":  {"hush"},
		"DATABASE_REPLICA_URL": {"hush"},
		"REDIS_URL":            {"http://hush", "hush", ""},
		"TYPESENSE_URL":        {"http://a:1,hush", "hush", ""},
		"S3_ENDPOINT":          {"http://a:1,http://hush:1", "hush", "http://a/hush"},
		"SMTP_ADDR":            {"hush", "hush:", ":25", ""},
		"SMTP_FROM":            {"hush"},
		"PUBLIC_URL":           {"https://hush.example/path", "hush"},
		"HTTP_ALLOWED_ORIGINS": {"*", "https://*.hush.example", "https://a.example,hush", "https://a.example,"},
		"HTTP_TRUSTED_PROXIES": {"hush", "10.0.0.0/8,hush"},
		"KAFKA_BROKERS":        {"hush", "a:1,hush", "a:1, hush:1", ",", ""},
		"KAFKA_USERNAME":       {"hush"},
		"KAFKA_PASSWORD":       {"hush"},
		"KAFKA_REPLICATION":    {"0", "-2"},
		"AUTH_SIGNING_KEYS":    {""},
		"AUTH_SECRET_KEY":      {"", "hush"},
		"WORKER_RETRY_DELAYS":  {"1s", "1m,1s,2m", "1s,2s,25h", "1ms,2s,3s"},
	} {
		for _, value := range values {
			e := complete()
			e["RENTORA_"+name] = value
			if _, err := config.Parse(e); err == nil || !strings.Contains(err.Error(), "RENTORA_"+name) || strings.Contains(err.Error(), "hush") {
				t.Errorf("%s=%q: %v", name, value, err)
			}
		}
	}
}

func TestUsualFormsAreTaken(t *testing.T) {
	t.Parallel()
	e := complete()
	for name, value := range map[string]string{
		"DATABASE_URL": "postgresql://app@db.example:5432/rentora?sslmode=require", "REDIS_URL": "rediss://:hush@[::1]:6380/1", "SMTP_ADDR": "[::1]:25",
		"PUBLIC_URL": "https://rentora.example/", "HTTP_ALLOWED_ORIGINS": "https://a.example,http://127.0.0.1:3000",
		"HTTP_TRUSTED_PROXIES": "10.0.0.0/8,::1", "SMTP_FROM": "hello@rentora.example", "HTTP_LIMIT_READ": "0", "S3_CDN_BASE_URL": "https://cdn.example/photos",
	} {
		e["RENTORA_"+name] = value
	}
	if _, err := config.Parse(e); err != nil {
		t.Error(err)
	}
}
