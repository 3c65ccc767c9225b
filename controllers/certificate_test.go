package controllers_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// certified gives the data of a Secret with a certificate that lasts until then.
func certified(t *testing.T, until time.Time) map[string][]byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"rentora.example.test"}, NotAfter: until}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		corev1.TLSCertKey:       pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}),
		corev1.TLSPrivateKeyKey: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}),
	}
}

// measured gives a gauge of the operator for this world; false when it tells nothing.
func (w *world) measured(name string) (float64, bool) {
	w.Helper()
	families, err := metrics.Registry.Gather()
	if err != nil {
		w.Fatal(err)
	}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			for _, label := range m.GetLabel() {
				if family.GetName() == name && label.GetName() == "namespace" && label.GetValue() == w.namespace {
					return m.GetGauge().GetValue(), true
				}
			}
		}
	}
	return 0, false
}

// TestCertificateOfAnIssuer lets cert-manager make the certificate: nothing waits for it, and its end is told of as soon as it is
// there, when it was renewed, and no longer when it is gone.
func TestCertificateOfAnIssuer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.cluster.Store(&component.Facts{CertManager: true})
	p := w.platform("stay")
	p.Spec.TLS = &v1alpha1.TLS{IssuerRef: &v1alpha1.IssuerRef{Kind: "ClusterIssuer", Name: "letsencrypt"}}
	w.create(p)
	w.ready("stay")
	const metric = "rentora_operator_certificate_expiry_seconds"
	if end, told := w.measured(metric); told {
		t.Errorf("a certificate that does not exist ends at %v", end)
	}
	soon, late := time.Now().Add(time.Hour).Truncate(time.Second), time.Now().Add(90*24*time.Hour).Truncate(time.Second)
	s := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "stay-tls", Namespace: w.namespace}, Type: corev1.SecretTypeTLS, Data: certified(t, soon)}
	w.create(s)
	w.untilMeasured(metric, soon)
	w.change(s, func() { s.Data = certified(t, late) })
	w.untilMeasured(metric, late)
	if err := w.Delete(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	w.until("it is no longer told of", func() (bool, string) { end, told := w.measured(metric); return !told, fmt.Sprint(end) })
	w.ready("stay")
}

func (w *world) untilMeasured(metric string, end time.Time) {
	w.Helper()
	w.until("the end of the certificate is told", func() (bool, string) {
		got, told := w.measured(metric)
		return told && got == float64(end.Unix()), fmt.Sprintf("%v, not %d", got, end.Unix())
	})
}
