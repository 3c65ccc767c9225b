package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// certify makes a certificate for the platform that is good for so long, and puts it where the platform's resource says.
func (e *env) certify(ctx context.Context, lasts time.Duration) error {
	made, err := certificate(lasts, domain, "files."+domain)
	if err != nil {
		return err
	}
	e.ca = made.certificate
	return e.apply(ctx, &corev1.Secret{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"}, ObjectMeta: metav1.ObjectMeta{Name: tlsSecret, Namespace: space},
		Type: corev1.SecretTypeTLS, Data: map[string][]byte{corev1.TLSCertKey: made.certificate, corev1.TLSPrivateKeyKey: made.key}})
}

// certificateReplaced sees the alert about the certificate, which was made for a day, replaces it, and wants visitors to get the new
// one and the alert to end.
func certificateReplaced(ctx context.Context, e *env) error {
	if err := e.firing(ctx, "CertificateExpires"); err != nil {
		return err
	}
	if err := e.certify(ctx, 90*24*time.Hour); err != nil {
		return err
	}
	c, err := e.visitor(ctx) // trusts the new one alone
	if err != nil {
		return err
	}
	if err := until(ctx, "visitors get the new certificate", func() (bool, string) {
		err := ask(ctx, c, "https://"+domain+"/api/v1/search/listings?limit=1")
		return err == nil, errorText(err)
	}); err != nil {
		return err
	}
	return both(e.resolved(ctx, "CertificateExpires"), func() error { return e.settled(ctx) })
}

// errorText gives what an error says, and "" when there is none.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// certificate makes one that signs itself.
func certificate(lasts time.Duration, hosts ...string) (pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return pair{}, err
	}
	now := time.Now()
	template := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: hosts[0]}, DNSNames: hosts,
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(lasts), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return pair{}, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return pair{}, err
	}
	return pair{pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})}, nil
}
