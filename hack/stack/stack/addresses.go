package stack

import "strings"

// Addresses says where every part listens and with which credentials. It is what the product's configuration reads.
type Addresses struct {
	DatabaseURL     string
	RedisURL        string
	KafkaBrokers    []string
	KafkaUsername   string // "" is a broker that wants none
	KafkaPassword   string
	TypesenseURL    string
	TypesenseAPIKey string
	S3Endpoint      string // with its scheme
	S3AccessKey     string
	S3SecretKey     string
	SMTPAddr        string // host:port
	MailURL         string // the mail catcher's page
}

// Variable is one environment variable of the product.
type Variable struct{ Name, Value string }

// Variables gives the product's environment in a fixed order.
func (a Addresses) Variables() []Variable {
	all := []Variable{
		{"RENTORA_DATABASE_URL", a.DatabaseURL},
		{"RENTORA_REDIS_URL", a.RedisURL},
		{"RENTORA_KAFKA_BROKERS", strings.Join(a.KafkaBrokers, ",")},
		{"RENTORA_TYPESENSE_URL", a.TypesenseURL},
		{"RENTORA_TYPESENSE_API_KEY", a.TypesenseAPIKey},
		{"RENTORA_S3_ENDPOINT", a.S3Endpoint},
		{"RENTORA_S3_ACCESS_KEY", a.S3AccessKey},
		{"RENTORA_S3_SECRET_KEY", a.S3SecretKey},
		{"RENTORA_SMTP_ADDR", a.SMTPAddr},
		{"RENTORA_MAIL_URL", a.MailURL},
	}
	if a.KafkaUsername != "" {
		all = append(all, Variable{"RENTORA_KAFKA_USERNAME", a.KafkaUsername}, Variable{"RENTORA_KAFKA_PASSWORD", a.KafkaPassword})
	}
	return all
}

// Map gives the product's environment by name.
func (a Addresses) Map() map[string]string {
	m := map[string]string{}
	for _, v := range a.Variables() {
		m[v.Name] = v.Value
	}
	return m
}
