package events_test

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
	"syscall"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/hack/stack/fetch"
	stackkafka "github.com/rentora/rentora/hack/stack/kafka"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/events"
)

// guardedBroker is a broker of the test's own that, at one of its two ports, speaks TLS alone and wants a password.
type guardedBroker struct {
	open, guarded string // host:port
	authority     *x509.CertPool
}

// secure is what turns the development stack's broker into one with a guarded port.
const secure = `
listeners=PLAINTEXT://127.0.0.1:%[1]d,GUARDED://127.0.0.1:%[2]d,CONTROLLER://127.0.0.1:%[3]d
advertised.listeners=PLAINTEXT://127.0.0.1:%[1]d,GUARDED://127.0.0.1:%[2]d
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL
inter.broker.listener.name=PLAINTEXT
listener.name.guarded.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.guarded.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.guarded.ssl.keystore.type=PEM
listener.name.guarded.ssl.keystore.location=%[4]s
`

func startGuarded(t *testing.T) *guardedBroker {
	t.Helper()
	cache, err := stack.Cache()
	if err != nil {
		t.Fatal(err)
	}
	installed, err := fetch.Ensure(t.Context(), cache, []string{"kafka"}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	folder, ports := t.TempDir(), probe.FreePorts(3)
	if err := stackkafka.Configure(folder, probe.Local(ports[0]), ports[2]); err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(folder, "broker.pem")
	b := &guardedBroker{open: fmt.Sprintf("127.0.0.1:%d", ports[0]), guarded: fmt.Sprintf("127.0.0.1:%d", ports[1]), authority: certify(t, keys)}
	properties, err := os.OpenFile(filepath.Join(folder, "server.properties"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer properties.Close()
	if _, err := fmt.Fprintf(properties, secure, ports[0], ports[1], ports[2], keys); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(folder, "log.txt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = log.Close()
		if content, _ := os.ReadFile(log.Name()); t.Failed() {
			t.Logf("the broker:\n%s", content)
		}
	})
	broker, err := process.Start(process.Spec{Path: installed.Java, Dir: folder, Log: log, Env: []string{"PATH=" + os.Getenv("PATH")},
		Args: stackkafka.Arguments(folder, installed.KafkaJars, installed.KafkaArchive...)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Stop(syscall.SIGTERM, 10*time.Second) })
	if err := probe.Until(t.Context(), time.Minute, broker.Done(), func(ctx context.Context) error { return probe.Kafka(ctx, probe.Local(ports[0])) }); err != nil {
		t.Fatal(err)
	}
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
func (b *guardedBroker) admit(t *testing.T, name, password string) {
	t.Helper()
	const iterations = 4096
	salt := []byte(rand.Text())
	salted, err := pbkdf2.Key(sha512.New, password, salt, iterations, sha512.Size)
	if err != nil {
		t.Fatal(err)
	}
	transport := &kafka.Transport{}
	defer transport.CloseIdleConnections()
	client := &kafka.Client{Addr: kafka.TCP(b.open), Transport: transport}
	answer, err := client.AlterUserScramCredentials(t.Context(), &kafka.AlterUserScramCredentialsRequest{Upsertions: []kafka.UserScramCredentialsUpsertion{
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

// Everything that speaks to Kafka does so by TLS and with a password, where that is what the broker wants.
func TestABrokerThatWantsTLSAndAPassword(t *testing.T) {
	t.Parallel()
	broker := startGuarded(t)
	events.Trust(broker.authority)
	broker.admit(t, "rentora", "a, strange=password")
	w := newWorld(t)
	w.kafka = config.Kafka{Brokers: []string{broker.guarded}, TopicPrefix: "guarded.", Partitions: 2, Replication: -1, Username: "rentora", Password: "a, strange=password", TLS: true}
	if err := events.EnsureTopics(t.Context(), w.kafka); err != nil {
		t.Fatal(err)
	}
	var j journal
	w.start(w.newRelay())
	consumer := w.newConsumer(events.ConsumerOptions{}, events.On("test", j.on))
	w.start(consumer)
	for n := range 20 {
		w.append(counted{Name: "a", N: n})
	}
	eventually(t, "all are handled", func() bool { return j.total() == 20 })
	j.inOrder(t, 1, 20)

	for what, change := range map[string]func(*config.Kafka){
		"wrong password": func(c *config.Kafka) { c.Password = "another" },
		"no log-in":      func(c *config.Kafka) { c.Username, c.Password = "", "" },
		"no TLS":         func(c *config.Kafka) { c.TLS = false },
	} {
		c := w.kafka
		change(&c)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		if err := events.Check(ctx, c); err == nil {
			t.Errorf("%s: no error", what)
		}
		cancel()
	}
}
