package server

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/server/config"
)

// The Secrets that the server's pods read as their environment, as parts of the component access.
const (
	secretPart  = "server-env"  // of API, workers and migrations
	migratePart = "migrate-env" // of migrations alone: how the owner of the tables logs in
)

// directURL is the variable by which migrations are told another user than the programs.
var directURL = nameOf(func(c *config.Config) { c.Postgres.DirectURL = "x" })

// nameOf gives the variable of the field that set writes.
func nameOf(set func(*config.Config)) string {
	c := config.Defaults()
	set(c)
	return config.Variables(c)[0].Name
}

// credentials are all that the programs of a platform read.
var credentials = []component.Credential{component.Keys, component.PostgresAuth, component.RedisAuth, component.TypesenseAuth, component.ObjectsAuth, component.KafkaAuth, component.MailAuth}

// Secrets gives the Secrets of the server.
func Secrets(in component.Input) ([]*corev1.Secret, error) {
	c, err := Config(in)
	if err != nil {
		return nil, err
	}
	sealed := map[string][]byte{}
	for _, v := range config.Variables(c) {
		if v.Secret || belongs(v.Name) {
			sealed[v.Name] = []byte(v.Value)
		}
	}
	return []*corev1.Secret{secret(in, secretPart, sealed), secret(in, migratePart, map[string][]byte{directURL: []byte(OwnerURL(in))})}, nil
}

// users are no secrets, but stand beside their passwords.
var users = []string{
	nameOf(func(c *config.Config) { c.Kafka.Username = "x" }), nameOf(func(c *config.Config) { c.Mail.Username = "x" }),
}

func belongs(name string) bool { return slices.Contains(users, name) }

func secret(in component.Input, part string, data map[string][]byte) *corev1.Secret {
	return &corev1.Secret{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
		ObjectMeta: component.Meta(in.Platform, component.Access, part), Type: corev1.SecretTypeOpaque, Data: data,
	}
}

// lacking names a Secret without something that the server cannot do without; "" when all is there.
func lacking(in component.Input) string {
	spec := &in.Platform.Spec
	needed := map[component.Credential][]string{
		component.Keys: {"signing-keys", "secret-key"}, component.TypesenseAuth: {"api-key"}, component.ObjectsAuth: {"access-key", "secret-key"},
		component.PostgresAuth: {"owner-password", "app-password"}, component.RedisAuth: {"password"},
	}
	if spec.Postgres.Mode == v1alpha1.External {
		needed[component.PostgresAuth] = []string{"url"}
	}
	if spec.Redis.Mode == v1alpha1.External {
		needed[component.RedisAuth] = []string{"url"}
	}
	if spec.Kafka.Mode == v1alpha1.External && spec.Kafka.SecretRef != nil {
		needed[component.KafkaAuth] = []string{"username", "password"}
	}
	if spec.Mail.SecretRef != nil {
		needed[component.MailAuth] = []string{"username", "password"}
	}
	for _, c := range credentials {
		for _, key := range needed[c] {
			if in.Secrets.Value(c, key) == "" {
				return in.Secrets.Name(in.Platform, c) + " has no " + key + "."
			}
		}
	}
	return ""
}
