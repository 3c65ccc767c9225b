package parts

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/rentora/rentora/hack/stack/stack"
)

// Addresses gives where everything listens: ours on their ports, external ones as the environment says.
func (s Site) Addresses() stack.Addresses {
	a := stack.Addresses{
		DatabaseURL:     external("POSTGRES_URL", fmt.Sprintf("postgres://postgres%s@%s/rentora?sslmode=disable", s.password(), s.At("postgres"))),
		RedisURL:        external("REDIS_URL", fmt.Sprintf("redis://%s%s/0", s.redisPassword(), s.At("redis"))),
		KafkaBrokers:    strings.Split(external("KAFKA_BROKERS", s.At("kafka")), ","),
		TypesenseURL:    external("TYPESENSE_URL", "http://"+s.At("typesense")),
		TypesenseAPIKey: external("TYPESENSE_API_KEY", s.secret()),
		S3Endpoint:      external("MINIO_URL", "http://"+s.At("minio")),
		S3AccessKey:     external("MINIO_ACCESS_KEY", minioUser),
		S3SecretKey:     external("MINIO_SECRET_KEY", s.secret()),
		SMTPAddr:        external("SMTP_ADDR", s.At("mail-smtp")),
		MailURL:         external("MAIL_URL", "http://"+s.At("mail")),
	}
	if s.Listen != "" {
		a.KafkaUsername, a.KafkaPassword = kafkaUser, s.Secret
	}
	return a
}

// password stands behind the user in a URL, where there is one.
func (s Site) password() string {
	if s.Listen == "" {
		return ""
	}
	return ":" + s.Secret
}

func (s Site) redisPassword() string {
	if s.Listen == "" {
		return ""
	}
	return s.password() + "@"
}

func external(name, ours string) string { return cmp.Or(os.Getenv("RENTORA_STACK_"+name), ours) }

// companions are the variables without which an external part is of no use.
var companions = map[string][]string{
	"RENTORA_STACK_TYPESENSE_URL": {"RENTORA_STACK_TYPESENSE_API_KEY"},
	"RENTORA_STACK_MINIO_URL":     {"RENTORA_STACK_MINIO_ACCESS_KEY", "RENTORA_STACK_MINIO_SECRET_KEY"},
	"RENTORA_STACK_SMTP_ADDR":     {"RENTORA_STACK_MAIL_URL"},
}

// CheckExternal names every variable that an external part still needs.
func CheckExternal() error {
	var missing []string
	for _, p := range All() {
		if os.Getenv(p.External) == "" {
			continue
		}
		for _, name := range companions[p.External] {
			if os.Getenv(name) == "" {
				missing = append(missing, fmt.Sprintf("%s (because %s is set)", name, p.External))
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("please set %s", strings.Join(missing, " and "))
	}
	return nil
}
