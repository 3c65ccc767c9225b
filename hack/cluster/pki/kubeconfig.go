package pki

import (
	"encoding/base64"
	"fmt"
	"os"

	"github.com/rentora/rentora/hack/cluster/place"
)

const kubeconfigText = `apiVersion: v1
kind: Config
current-context: rentora
clusters:
- name: rentora
  cluster: {server: %q, certificate-authority-data: %s}
contexts:
- name: rentora
  context: {cluster: rentora, user: rentora}
users:
- name: rentora
  user: {client-certificate-data: %s, client-key-data: %s}
`

// kubeconfig writes a file that holds everything it needs, so that it may be copied.
func kubeconfig(file string, authority []byte, p Pair) error {
	text := base64.StdEncoding.EncodeToString
	content := fmt.Sprintf(kubeconfigText, place.API(), text(authority), text(p.Certificate), text(p.Key))
	return os.WriteFile(file, []byte(content), 0o600)
}
