package ingress

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/klog/v2"
)

// certificates finds the one for a name; each is parsed once per version of its secret.
type certificates struct {
	secrets  listers.SecretLister
	table    func() *table
	fallback *tls.Certificate
	parsed   sync.Map // by secretKey: certificate
}

type certificate struct {
	version string
	pair    *tls.Certificate
}

// get serves one that nobody trusts when there is none, as the answer of the HTTP side says more than a broken connection.
func (c *certificates) get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	key, ok := c.table().secret(hello.ServerName)
	if !ok {
		return c.fallback, nil
	}
	pair, err := c.load(key)
	if err != nil {
		klog.ErrorS(err, "Serving a self-signed certificate", "host", hello.ServerName)
		return c.fallback, nil
	}
	return pair, nil
}

func (c *certificates) load(key secretKey) (*tls.Certificate, error) {
	secret, err := c.secrets.Secrets(key.namespace).Get(key.name)
	if err != nil {
		return nil, err
	}
	if known, ok := c.parsed.Load(key); ok && known.(certificate).version == secret.ResourceVersion {
		return known.(certificate).pair, nil
	}
	pair, err := tls.X509KeyPair(secret.Data[corev1.TLSCertKey], secret.Data[corev1.TLSPrivateKeyKey])
	if err != nil {
		return nil, fmt.Errorf("the secret %s/%s: %w", key.namespace, key.name, err)
	}
	c.parsed.Store(key, certificate{secret.ResourceVersion, &pair})
	return &pair, nil
}

func selfSigned() (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	template := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "no certificate for this name"},
		DNSNames: []string{"ingress.invalid"}, NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
