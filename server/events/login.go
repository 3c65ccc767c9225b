package events

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"sync"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/scram"

	"github.com/rentora/rentora/server/config"
)

// login proves the password anew on every connection, without sending it (SASL SCRAM-SHA-512). It is prepared at the first
// one: a name or password that cannot be written in SCRAM is an error of connecting.
type login struct {
	prepare func() (sasl.Mechanism, error)
}

func (login) Name() string { return scram.SHA512.Name() }

func (l login) Start(ctx context.Context) (sasl.StateMachine, []byte, error) {
	mechanism, err := l.prepare()
	if err != nil {
		return nil, nil, err
	}
	return mechanism.Start(ctx)
}

// loginOf gives nil when nobody logs in.
func loginOf(c config.Kafka) sasl.Mechanism {
	if c.Username == "" {
		return nil
	}
	return login{sync.OnceValues(func() (sasl.Mechanism, error) { return scram.Mechanism(scram.SHA512, c.Username, c.Password) })}
}

// roots are the authorities that may vouch for a broker: the system's, but in tests.
var roots *x509.CertPool

// tlsOf gives nil when the connections are plain. The name that a broker must prove is that by which it is reached.
func tlsOf(c config.Kafka) *tls.Config {
	if !c.TLS {
		return nil
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
}
