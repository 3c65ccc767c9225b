package lag

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/controllers/rehearsal"
	stackkafka "github.com/rentora/rentora/hack/stack/kafka"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// broker is the development stack's Kafka with a second port, which speaks TLS alone and wants a password.
type broker struct {
	open, guarded string // host:port
	authority     *x509.CertPool
	client        *kafka.Client // at the open port
}

const guard = `
listeners=PLAINTEXT://127.0.0.1:%[1]d,GUARDED://127.0.0.1:%[2]d,CONTROLLER://127.0.0.1:%[3]d
advertised.listeners=PLAINTEXT://127.0.0.1:%[1]d,GUARDED://127.0.0.1:%[2]d
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL
inter.broker.listener.name=PLAINTEXT
listener.name.guarded.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.guarded.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.guarded.ssl.keystore.type=PEM
listener.name.guarded.ssl.keystore.location=%[4]s
`

func start(t *testing.T) *broker {
	t.Helper()
	installed, folder, ports := rehearsal.Installed(t, "kafka"), t.TempDir(), probe.FreePorts(3)
	if err := stackkafka.Configure(folder, probe.Local(ports[0]), ports[2]); err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(folder, "broker.pem")
	b := &broker{open: probe.Local(ports[0]), guarded: probe.Local(ports[1]), authority: certify(t, keys)}
	properties, err := os.OpenFile(filepath.Join(folder, "server.properties"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer properties.Close()
	if _, err := fmt.Fprintf(properties, guard, ports[0], ports[1], ports[2], keys); err != nil {
		t.Fatal(err)
	}
	server := rehearsal.Start(t, process.Spec{Path: installed.Java, Dir: folder, Env: []string{"PATH=" + os.Getenv("PATH")},
		Args: stackkafka.Arguments(folder, installed.KafkaJars, installed.KafkaArchive...)})
	server.Await(func(ctx context.Context) error { return probe.Kafka(ctx, b.open) })
	transport := &kafka.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	b.client = &kafka.Client{Addr: kafka.TCP(b.open), Transport: transport}
	return b
}

// certify writes a key and a certificate for 127.0.0.1 that vouches for itself, and gives the pool that believes it.
func certify(t *testing.T, path string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "broker"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	if err := os.WriteFile(path, append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), public...), 0o600); err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(public)
	return pool
}

// admit makes a user.
func (b *broker) admit(t *testing.T, name, password string) {
	t.Helper()
	const iterations = 4096
	salt := []byte(rand.Text())
	salted, err := pbkdf2.Key(sha512.New, password, salt, iterations, sha512.Size)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.client.AlterUserScramCredentials(t.Context(), &kafka.AlterUserScramCredentialsRequest{Upsertions: []kafka.UserScramCredentialsUpsertion{
		{Name: name, Mechanism: kafka.ScramMechanismSha512, Iterations: iterations, Salt: salt, SaltedPassword: salted}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range answer.Results {
		if one.Error != nil {
			t.Fatal(one.Error)
		}
	}
}

// topic makes a topic and writes so many messages into each of its partitions.
func (b *broker) topic(t *testing.T, name string, messages ...int) {
	t.Helper()
	made, err := b.client.CreateTopics(t.Context(), &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{{Topic: name, NumPartitions: len(messages), ReplicationFactor: 1}}})
	if err != nil || made.Errors[name] != nil {
		t.Fatal(err, made)
	}
	for partition, n := range messages {
		err := probe.Until(t.Context(), time.Minute, nil, func(ctx context.Context) error { return b.write(ctx, name, partition, n) })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (b *broker) write(ctx context.Context, topic string, partition, n int) error {
	var records []kafka.Record
	for i := range n {
		records = append(records, kafka.Record{Value: kafka.NewBytes(fmt.Appendf(nil, "message %d", i))})
	}
	if n == 0 {
		return nil
	}
	answer, err := b.client.Produce(ctx, &kafka.ProduceRequest{Topic: topic, Partition: partition, RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(records...)})
	if err != nil {
		return err
	}
	return answer.Error
}

// commit notes for a group how far it is in each partition of a topic; -1: in this one it has committed nothing.
func (b *broker) commit(t *testing.T, group, topic string, offsets ...int64) {
	t.Helper()
	var commits []kafka.OffsetCommit
	for partition, offset := range offsets {
		if offset >= 0 {
			commits = append(commits, kafka.OffsetCommit{Partition: partition, Offset: offset})
		}
	}
	err := probe.Until(t.Context(), time.Minute, nil, func(ctx context.Context) error {
		answer, err := b.client.OffsetCommit(ctx, &kafka.OffsetCommitRequest{GroupID: group, GenerationID: -1, Topics: map[string][]kafka.OffsetCommit{topic: commits}})
		if err != nil {
			return err
		}
		for _, p := range answer.Topics[topic] {
			if p.Error != nil {
				return p.Error
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
