package build

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rentora/rentora/hack/cluster/image"
)

const (
	kubernetesVersion = "v1.35.4"
	containerdVersion = "2.2.9"
	runcVersion       = "1.4.3"
	metricsVersion    = "v0.9.0"
)

var kubernetes = part{title: "Kubernetes, etcd", version: kubernetesVersion, folder: "kubernetes-" + kubernetesVersion,
	sources: []string{"kube"}, make: makeKubernetes}

func makeKubernetes(ctx context.Context, b *builder, to string) error {
	if err := b.compile(ctx, compilation{module: "kube", packages: []string{"."}, to: filepath.Join(to, "kube"), stamps: kubernetesStamps()}); err != nil {
		return err
	}
	return links(to, "kube", "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "kubectl", "agent")
}

// kubernetesStamps are the version, because the parts compare theirs with each other's.
func kubernetesStamps() (stamps []string) {
	minor := strings.Split(kubernetesVersion, ".")[1]
	for _, p := range []string{"k8s.io/component-base/version", "k8s.io/client-go/pkg/version"} {
		stamps = append(stamps, p+".gitVersion="+kubernetesVersion, p+".gitMajor=1", p+".gitMinor="+minor, p+".gitTreeState=clean")
	}
	return stamps
}

// links gives one program several names.
func links(folder, program string, names ...string) error {
	for _, name := range names {
		if err := os.Symlink(program, filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	return nil
}

var control = part{title: "API server, etcd", version: kubernetesVersion, folder: "control-" + kubernetesVersion,
	sources: []string{"kube/control", "kube/go.mod", "kube/go.sum"}, make: makeControl}

func makeControl(ctx context.Context, b *builder, to string) error {
	if err := b.compile(ctx, compilation{module: "kube", packages: []string{"./control"}, to: filepath.Join(to, "control"), stamps: kubernetesStamps()}); err != nil {
		return err
	}
	return links(to, "control", "etcd", "kube-apiserver")
}

var containers = part{title: "containerd, runc, CNI", version: containerdVersion, folder: "containerd-" + containerdVersion,
	sources: []string{"runtime"}, make: makeContainers}

func makeContainers(ctx context.Context, b *builder, to string) error {
	const containerd, plugins = "github.com/containerd/containerd/v2", "github.com/containernetworking/plugins/plugins"
	for _, c := range []compilation{
		{packages: under(containerd, "cmd/containerd", "cmd/containerd-shim-runc-v2", "cmd/ctr"),
			tags: "no_btrfs no_devmapper no_zfs no_aufs", stamps: []string{containerd + "/version.Version=" + containerdVersion}},
		{packages: under(plugins, "ipam/host-local", "main/bridge", "main/loopback", "meta/portmap")},
		{packages: []string{"github.com/opencontainers/runc"}, tags: "seccomp", cgo: true, stamps: []string{"main.version=" + runcVersion}},
	} {
		c.module, c.to = "runtime", to+"/"
		if err := b.compile(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func under(module string, paths ...string) []string {
	paths = slices.Clone(paths)
	for i := range paths {
		paths[i] = module + "/" + paths[i]
	}
	return paths
}

var images = part{title: "DNS, storage, metrics", version: metricsVersion, folder: "cluster-images",
	sources: []string{"addons", "image", "pause", "volume", "probe"}, make: makeImages}

// makeImages makes an image of one static program each.
func makeImages(ctx context.Context, b *builder, to string) error {
	programs, err := os.MkdirTemp(filepath.Dir(to), "programs-")
	if err != nil {
		return err
	}
	for _, c := range []compilation{
		{module: "addons", packages: []string{"./coredns"}},
		{module: "addons", packages: []string{"github.com/rancher/local-path-provisioner"}},
		{module: "addons", packages: []string{"sigs.k8s.io/metrics-server/cmd/metrics-server"},
			stamps: []string{"k8s.io/component-base/version.gitVersion=" + metricsVersion}},
		{module: ".", packages: []string{"./pause", "./volume", "./probe"}},
	} {
		c.to = programs + "/"
		if err := b.compile(ctx, c); err != nil {
			return err
		}
	}
	for _, name := range []string{"coredns", "local-path-provisioner", "metrics-server", "pause", "volume", "probe"} {
		i := image.Image{Tag: "localhost/rentora-cluster/" + name + ":dev", Entrypoint: []string{"/" + name}}
		i.Layer.File("/"+name, filepath.Join(programs, name), 0o755)
		if err := i.Write(filepath.Join(to, name+".tar")); err != nil {
			return err
		}
	}
	return nil
}
