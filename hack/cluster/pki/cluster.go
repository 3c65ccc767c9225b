package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net"
	"os"
	"path/filepath"

	"github.com/rentora/rentora/hack/cluster/place"
)

// masters is the group that may do everything.
const masters = "system:masters"

// Make writes all certificates, keys and kubeconfigs of a new cluster into its folder.
func Make(folder place.Folder) error {
	if err := os.MkdirAll(folder.Keys(), 0o700); err != nil {
		return err
	}
	authority, err := NewAuthority("rentora-development-cluster")
	if err != nil {
		return err
	}
	if err := authority.Write(folder.Keys(), "ca"); err != nil {
		return err
	}
	for _, step := range []func(place.Folder, *Authority) error{servers, front, accounts, callers} {
		if err := step(folder, authority); err != nil {
			return err
		}
	}
	return nil
}

func servers(folder place.Folder, authority *Authority) error {
	names := []string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc." + place.Domain, "localhost"}
	addresses := []net.IP{net.ParseIP("127.0.0.1"), net.ParseIP(place.Address(1)), net.ParseIP(place.First)}
	return sign(folder, authority, "apiserver", Subject{Name: "kube-apiserver", Names: names, Addresses: addresses})
}

// front is the authority for requests that the API server forwards to others, such as the metrics server.
func front(folder place.Folder, _ *Authority) error {
	authority, err := NewAuthority("rentora-front-proxy")
	if err != nil {
		return err
	}
	if err := authority.Write(folder.Keys(), "front-proxy-ca"); err != nil {
		return err
	}
	return sign(folder, authority, "front-proxy-client", Subject{Name: "front-proxy-client"})
}

// accounts makes the key that signs the tokens of service accounts.
func accounts(folder place.Folder, _ *Authority) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	files := map[string]*pem.Block{"sa.key": {Type: "EC PRIVATE KEY", Bytes: private}, "sa.pub": {Type: "PUBLIC KEY", Bytes: public}}
	for name, block := range files {
		if err := os.WriteFile(filepath.Join(folder.Keys(), name), pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// callers are those who come with a kubeconfig, or in the API server's case with a certificate.
func callers(folder place.Folder, authority *Authority) error {
	if err := sign(folder, authority, "apiserver-kubelet-client", Subject{Name: "kube-apiserver", Group: masters}); err != nil {
		return err
	}
	files := map[string]Subject{
		folder.Kubeconfig():                             {Name: "admin", Group: masters},
		inKeys(folder, "controller-manager.kubeconfig"): {Name: "system:kube-controller-manager"},
		inKeys(folder, "scheduler.kubeconfig"):          {Name: "system:kube-scheduler"},
		inKeys(folder, "proxy.kubeconfig"):              {Name: "system:kube-proxy"},
		inKeys(folder, "agent.kubeconfig"):              {Name: "rentora-agent", Group: masters},
	}
	for n := 1; n <= place.Largest; n++ {
		files[inKeys(folder, place.Name(n)+".kubeconfig")] = Subject{Name: "system:node:" + place.Name(n), Group: "system:nodes"}
	}
	for file, subject := range files {
		pair, err := authority.Sign(subject)
		if err == nil {
			err = kubeconfig(file, authority.Certificate, pair)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func inKeys(folder place.Folder, name string) string { return filepath.Join(folder.Keys(), name) }

func sign(folder place.Folder, authority *Authority, name string, s Subject) error {
	pair, err := authority.Sign(s)
	if err != nil {
		return err
	}
	return pair.Write(folder.Keys(), name)
}
