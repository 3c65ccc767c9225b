package pki

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/rentora/rentora/hack/cluster/place"
)

func TestMakeWritesCertificatesThatTheAuthorityAnswersFor(t *testing.T) {
	t.Parallel()
	folder := place.Folder(t.TempDir())
	if err := Make(folder); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, authority string
		usage           x509.ExtKeyUsage
		host            string
	}{
		{"apiserver", "ca", x509.ExtKeyUsageServerAuth, "kubernetes.default.svc.cluster.local"},
		{"apiserver", "ca", x509.ExtKeyUsageServerAuth, place.Address(1)},
		{"apiserver", "ca", x509.ExtKeyUsageServerAuth, place.First},
		{"apiserver-kubelet-client", "ca", x509.ExtKeyUsageClientAuth, ""},
		{"front-proxy-client", "front-proxy-ca", x509.ExtKeyUsageClientAuth, ""},
	} {
		roots := x509.NewCertPool()
		roots.AddCert(read(t, folder, c.authority))
		if _, err := read(t, folder, c.name).Verify(x509.VerifyOptions{Roots: roots, DNSName: c.host, KeyUsages: []x509.ExtKeyUsage{c.usage}}); err != nil {
			t.Errorf("%s as %q: %v", c.name, c.host, err)
		}
	}
}

func TestFrontProxyIsNotKnownToTheAuthorityOfUsers(t *testing.T) {
	t.Parallel()
	folder := place.Folder(t.TempDir())
	if err := Make(folder); err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(read(t, folder, "ca"))
	if _, err := read(t, folder, "front-proxy-client").Verify(x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err == nil {
		t.Error("the authority of users answers for the front proxy, who then could be anybody")
	}
}

func TestKeysAreTheOwnersAlone(t *testing.T) {
	t.Parallel()
	folder := place.Folder(t.TempDir())
	if err := Make(folder); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder.Keys(), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, folder.Kubeconfig()) {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(file) != ".crt" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", file, info.Mode())
		}
	}
}

func read(t *testing.T, folder place.Folder, name string) *x509.Certificate {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder.Keys(), name+".crt"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}
