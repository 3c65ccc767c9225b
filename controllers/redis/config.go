package redis

import (
	_ "embed"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/controllers/component"
)

//go:embed files/redis.conf
var fixed string

// configSecret holds the configuration. It is a Secret because the password stands in it: an argument could be read from outside.
func configSecret(in component.Input) *corev1.Secret {
	meta := component.Meta(in.Platform, component.Redis, component.Redis)
	meta.Name = configName(in)
	return &corev1.Secret{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"}, ObjectMeta: meta, Type: corev1.SecretTypeOpaque,
		Data: map[string][]byte{"redis.conf": []byte(config(in))},
	}
}

func configName(in component.Input) string { return component.Child(in.Platform, "redis-config") }

func config(in component.Input) string {
	return fmt.Sprintf("%s\n# Three quarters of the memory limit; the rest is for buffers, and for the copy while the file is rewritten.\nmaxmemory %d\n\nrequirepass %s\n",
		fixed, component.Memory(in.Settings.Redis.Resources, "128Mi")*3/4, quoted(in.Secrets.Value(component.RedisAuth, "password")))
}

// quoted writes any text as one word of redis.conf.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(text) {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
