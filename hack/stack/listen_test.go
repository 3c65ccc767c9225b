package main

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl/scram"

	"github.com/rentora/rentora/hack/stack/stack"
)

// TestListen runs a stack for others: at an address of its own, and nobody is let in without the password.
func TestListen(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "stack")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(t, dir) })
	s, err := stack.Join(within(t), dir, stack.Options{Grace: grace, Listen: "127.0.0.2"})
	if err != nil {
		t.Fatalf("join: %v", err)
	}
	t.Cleanup(s.Leave)
	for _, v := range s.Variables() {
		if strings.Contains(v.Value, "127.0.0.1") || strings.Contains(v.Value, ":") && !strings.Contains(v.Value, "127.0.0.2:") {
			t.Errorf("%s leads elsewhere", v.Name)
		}
	}
	query(t, s, "SELECT 42")
	config, err := pgx.ParseConfig(s.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	config.Password = "another"
	_, err = pgx.ConnectConfig(within(t), config)
	var refused *pgconn.PgError
	if !errors.As(err, &refused) || refused.Code != "28P01" {
		t.Errorf("Postgres with another password: %v", err)
	}
	answer, err := http.Get(s.TypesenseURL + "/collections")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("Typesense without a key answers %s", answer.Status)
	}
	if got := redis(t, s, "GET x"); !strings.HasPrefix(got, "-NOAUTH") {
		t.Errorf("Redis without a password says %q", got)
	}
	if brokers, err := askKafka(t, s, &kafka.Dialer{}); err == nil {
		t.Errorf("Kafka without a password names %v", brokers)
	}
	for password, want := range map[string]bool{s.KafkaPassword: true, "another": false} {
		login, err := scram.Mechanism(scram.SHA512, s.KafkaUsername, password)
		if err != nil {
			t.Fatal(err)
		}
		if brokers, err := askKafka(t, s, &kafka.Dialer{SASLMechanism: login}); (err == nil && len(brokers) == 1) != want {
			t.Errorf("Kafka with a password (the right one: %t) names %v, %v", want, brokers, err)
		}
	}
	if other, err := stack.Join(within(t), dir, stack.Options{Listen: "127.0.0.3"}); err == nil {
		other.Leave()
		t.Error("a stack with another address was joined")
	}
}

func askKafka(t *testing.T, s *stack.Session, how *kafka.Dialer) ([]kafka.Broker, error) {
	t.Helper()
	how.Timeout = 5 * time.Second
	conn, err := how.DialContext(within(t), "tcp", s.KafkaBrokers[0])
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return nil, err
	}
	return conn.Brokers()
}
