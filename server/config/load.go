package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Prefix starts every environment variable.
const Prefix = "RENTORA_"

// Load parses the environment. The error names every mistake at once.
func Load() (*Config, error) { return Parse(env.ToMap(os.Environ())) }

// Parse is Load for a given environment.
func Parse(environment map[string]string) (*Config, error) {
	var c Config
	var mistakes []error
	err := env.ParseWithOptions(&c, env.Options{Prefix: Prefix, Environment: environment})
	var parsed env.AggregateError
	if errors.As(err, &parsed) {
		mistakes = append(mistakes, parsed.Errors...)
	} else if err != nil {
		mistakes = append(mistakes, err)
	}
	for _, s := range Settings(&c) {
		if given, ok := environment[s.Name]; ok && given == "" && s.Required {
			mistakes = append(mistakes, fmt.Errorf("%s must not be empty", s.Name))
		}
		if err := s.check(); err != nil && !(s.Required && environment[s.Name] == "") {
			mistakes = append(mistakes, err)
		}
	}
	mistakes = append(mistakes, c.contradictions()...)
	if len(mistakes) > 0 {
		return nil, report(mistakes)
	}
	if c.Postgres.DirectURL == "" {
		c.Postgres.DirectURL = c.Postgres.URL
	}
	if c.S3.PublicEndpoint == "" {
		c.S3.PublicEndpoint = c.S3.Endpoint
	}
	return &c, nil
}

// contradictions are the rules that involve a field's meaning or several fields.
func (c *Config) contradictions() (mistakes []error) {
	add := func(name, format string, args ...any) {
		mistakes = append(mistakes, fmt.Errorf("%s%s %s", Prefix, name, fmt.Sprintf(format, args...)))
	}
	if c.Environment != "test" && c.Identity.BcryptCost < 12 {
		add("AUTH_BCRYPT_COST", "must be at least 12 outside of tests (RENTORA_ENVIRONMENT=test)")
	}
	for i, key := range c.Identity.SigningKeys {
		if seed, err := base64.StdEncoding.DecodeString(key); err != nil || len(seed) != 32 {
			add("AUTH_SIGNING_KEYS", "entry %d is not base64 of 32 bytes (make one with: rentora key new)", i+1)
		}
	}
	if key, err := base64.StdEncoding.DecodeString(c.Identity.SecretKey); c.Identity.SecretKey != "" && (err != nil || len(key) < 32) {
		add("AUTH_SECRET_KEY", "is not base64 of at least 32 bytes (make one with: openssl rand -base64 32)")
	}
	if (c.Kafka.Username == "") != (c.Kafka.Password == "") {
		add("KAFKA_USERNAME", "and %sKAFKA_PASSWORD belong together: give both or neither", Prefix)
	}
	if c.Kafka.Replication == 0 {
		add("KAFKA_REPLICATION", "must not be 0")
	}
	if d := c.Worker.RetryDelays; len(d) != 3 || !slices.IsSorted(d) || d[0] < 10*time.Millisecond || d[2] > 24*time.Hour {
		add("WORKER_RETRY_DELAYS", "must be three growing durations between 10ms and 24h")
	}
	for _, r := range c.forms() {
		if !r.ok(r.value) {
			add(r.name, "%s", r.wants)
		}
	}
	slices.SortFunc(mistakes, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return mistakes
}

func report(mistakes []error) error {
	lines := make([]string, len(mistakes))
	for i, m := range mistakes {
		lines[i] = "  " + m.Error()
	}
	return fmt.Errorf("configuration: %d mistakes:\n%s\nrentora config lists every variable", len(mistakes), strings.Join(lines, "\n"))
}

// Setting is one environment variable with its effective value, for people.
type Setting struct {
	Name, Doc, Default string
	Required, Secret   bool
	value              reflect.Value
	field              reflect.StructField
}

// Settings lists every variable of c in the order of the struct.
func Settings(c *Config) []Setting { return settings(reflect.ValueOf(c).Elem(), Prefix) }

func settings(v reflect.Value, prefix string) (list []Setting) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if sub, ok := field.Tag.Lookup("envPrefix"); ok {
			list = append(list, settings(v.Field(i), prefix+sub)...)
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("env"), ",")
		list = append(list, Setting{Name: prefix + name, Doc: field.Tag.Get("doc"), Default: field.Tag.Get("envDefault"),
			Required: strings.Contains(options, "required"), Secret: field.Tag.Get("secret") == "true", value: v.Field(i), field: field})
	}
	return list
}

// Value is the effective value, "(set)" or "" for a secret.
func (s Setting) Value() string {
	if s.Secret {
		if s.value.IsZero() {
			return ""
		}
		return "(set)"
	}
	return s.text()
}

// text is the value as the environment has it.
func (s Setting) text() string {
	switch list := s.value.Interface().(type) {
	case []string:
		return strings.Join(list, ",")
	case []time.Duration:
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ","), "[]")
	}
	return fmt.Sprint(s.value.Interface())
}

func (s Setting) check() error {
	if allowed := s.field.Tag.Get("enum"); allowed != "" && !slices.Contains(strings.Split(allowed, ","), s.value.String()) {
		return fmt.Errorf("%s must be one of %s", s.Name, strings.ReplaceAll(allowed, ",", ", "))
	}
	low, high := s.field.Tag.Get("min"), s.field.Tag.Get("max")
	if low == "" || s.within(low, high) {
		return nil
	}
	return fmt.Errorf("%s must be between %s and %s, not %v", s.Name, low, high, s.value.Interface())
}

func (s Setting) within(low, high string) bool {
	if d, ok := s.value.Interface().(time.Duration); ok {
		from, _ := time.ParseDuration(low)
		to, _ := time.ParseDuration(high)
		return from <= d && d <= to
	}
	if s.value.CanFloat() {
		from, _ := strconv.ParseFloat(low, 64)
		to, _ := strconv.ParseFloat(high, 64)
		return from <= s.value.Float() && s.value.Float() <= to // NaN is not
	}
	from, _ := strconv.ParseInt(low, 10, 64)
	to, _ := strconv.ParseInt(high, 10, 64)
	return from <= s.value.Int() && s.value.Int() <= to
}
