package kafka

import (
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"fmt"
	"os"
	"path/filepath"

	"github.com/segmentio/kafka-go"
)

// guarded makes of the broker one with two addresses: others are served at one that wants a password, whoever runs it at one of this
// computer that wants none. What is said later wins.
const guarded = `listeners=PLAINTEXT://%[1]s,GUARDED://%[2]s,CONTROLLER://127.0.0.1:%[3]d
advertised.listeners=PLAINTEXT://%[1]s,GUARDED://%[2]s
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_PLAINTEXT
inter.broker.listener.name=PLAINTEXT
listener.name.guarded.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.guarded.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
`

// Guard is Configure for a broker that others reach at an address, host:port, where they must log in (SASL SCRAM-SHA-512, without
// TLS). inside is an address of this computer, for Admit.
func Guard(folder, inside, address string, controller int) error {
	if err := Configure(folder, address, controller); err != nil {
		return err
	}
	properties, err := os.OpenFile(filepath.Join(folder, "server.properties"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(properties, guarded, inside, address, controller); err != nil {
		_ = properties.Close()
		return err
	}
	return properties.Close()
}

// Admit makes a user, or gives one another password. It may be called again.
func Admit(ctx context.Context, inside, name, password string) error {
	const iterations = 4096
	salt := []byte(rand.Text())
	salted, err := pbkdf2.Key(sha512.New, password, salt, iterations, sha512.Size)
	if err != nil {
		return err
	}
	transport := &kafka.Transport{}
	defer transport.CloseIdleConnections()
	client := &kafka.Client{Addr: kafka.TCP(inside), Transport: transport}
	answer, err := client.AlterUserScramCredentials(ctx, &kafka.AlterUserScramCredentialsRequest{Upsertions: []kafka.UserScramCredentialsUpsertion{
		{Name: name, Mechanism: kafka.ScramMechanismSha512, Iterations: iterations, Salt: salt, SaltedPassword: salted}}})
	if err != nil {
		return fmt.Errorf("make the user of Kafka: %w", err)
	}
	for _, one := range answer.Results {
		if one.Error != nil {
			return fmt.Errorf("make the user of Kafka: %w", one.Error)
		}
	}
	return nil
}
