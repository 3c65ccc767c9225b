package node

import (
	"embed"
	"os"
	"path/filepath"
	"text/template"

	"github.com/rentora/rentora/hack/cluster/place"
)

//go:embed config
var configs embed.FS

// settled is where the node's own configuration lies; it is in memory.
const settled = "/run/rentora"

// configure writes the programs' configuration for this node.
func configure(c Config) error {
	if err := os.MkdirAll(settled+"/cni", 0o755); err != nil {
		return err
	}
	// Pods ask the cluster's DNS, and that asks nobody: there is no way out of this network.
	if err := os.WriteFile(settled+"/resolv.conf", nil, 0o644); err != nil {
		return err
	}
	values := map[string]string{
		"Address": place.Address(c.Number), "Name": place.Name(c.Number), "Group": place.Group(c.Number), "Pods": place.PodsOf(c.Number),
		"AllPods": place.Pods, "DNS": place.DNS, "Domain": place.Domain,
	}
	for name, folder := range map[string]string{"containerd.toml": "", "kubelet.yaml": "", "kube-proxy.yaml": "", "cni.conflist": "cni"} {
		if err := render(name, filepath.Join(settled, folder, name), values); err != nil {
			return err
		}
	}
	return nil
}

func render(name, target string, values map[string]string) error {
	text, err := template.ParseFS(configs, "config/"+name)
	if err != nil {
		return err
	}
	out, err := os.Create(target)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := text.Option("missingkey=error").Execute(out, values); err != nil {
		return err
	}
	return out.Close()
}
