package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/cluster/place"
)

const (
	keys   = "/opt/rentora/keys/"
	socket = "/run/containerd/containerd.sock"
)

// begin starts the node's programs. What can wait for others by itself is started at once; the kubelet comes last, so that
// the first pods find their images.
func begin(c Config, f *family) {
	if err := start(c, f); err != nil {
		fmt.Fprintln(os.Stderr, "node: "+err.Error())
		os.Exit(1)
	}
}

func start(c Config, f *family) error {
	at := time.Now()
	programs := [][]string{{"containerd", "--config", settled + "/containerd.toml"}}
	if c.Number == 1 {
		programs = append(programs, etcd(), apiserver(), controllers(), scheduler())
	}
	programs = append(programs, []string{"kube-proxy", "--config=" + settled + "/kube-proxy.yaml"}, agent(c))
	for _, args := range programs {
		if err := f.keep(args...); err != nil {
			return err
		}
	}
	if err := await(socket, time.Minute); err != nil {
		return err
	}
	if err := importImages(f); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "images imported after %.1f s\n", time.Since(at).Seconds())
	return f.keep("kubelet", "--config="+settled+"/kubelet.yaml", "--kubeconfig="+keys+place.Name(c.Number)+".kubeconfig",
		"--hostname-override="+place.Name(c.Number), "--node-ip="+place.Address(c.Number))
}

func await(path string, limit time.Duration) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(limit); time.Now().Before(end); <-tick.C {
		if _, err := os.Stat(path); err == nil {
			return nil
		}
	}
	return errors.New(path + " does not appear: see containerd.log")
}

// importImages is quick for those that are there already.
func importImages(f *family) error {
	archives, err := filepath.Glob("/opt/rentora/images/*.tar")
	if err != nil {
		return err
	}
	for _, archive := range archives {
		if err := f.run("ctr", "--namespace", "k8s.io", "images", "import", archive); err != nil {
			return err
		}
	}
	return nil
}

// etcd does not flush to disk: this cluster's state ends with it.
func etcd() []string {
	return []string{"etcd", "--name=node1", "--data-dir=/var/lib/etcd", "--unsafe-no-fsync",
		"--listen-client-urls=http://127.0.0.1:2379", "--advertise-client-urls=http://127.0.0.1:2379",
		"--listen-peer-urls=http://127.0.0.1:2380", "--initial-advertise-peer-urls=http://127.0.0.1:2380", "--initial-cluster=node1=http://127.0.0.1:2380"}
}

func apiserver() []string {
	return []string{"kube-apiserver", "--etcd-servers=http://127.0.0.1:2379",
		"--advertise-address=" + place.Address(1), "--secure-port=6443", "--service-cluster-ip-range=" + place.Services,
		"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true", "--client-ca-file=" + keys + "ca.crt",
		"--tls-cert-file=" + keys + "apiserver.crt", "--tls-private-key-file=" + keys + "apiserver.key",
		"--kubelet-client-certificate=" + keys + "apiserver-kubelet-client.crt", "--kubelet-client-key=" + keys + "apiserver-kubelet-client.key",
		"--kubelet-preferred-address-types=InternalIP,Hostname",
		"--service-account-issuer=https://kubernetes.default.svc." + place.Domain,
		"--service-account-key-file=" + keys + "sa.pub", "--service-account-signing-key-file=" + keys + "sa.key",
		"--proxy-client-cert-file=" + keys + "front-proxy-client.crt", "--proxy-client-key-file=" + keys + "front-proxy-client.key",
		"--requestheader-client-ca-file=" + keys + "front-proxy-ca.crt", "--requestheader-allowed-names=front-proxy-client",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-", "--requestheader-group-headers=X-Remote-Group",
		"--requestheader-username-headers=X-Remote-User"}
}

// controllers look at loads more often than usual, so that nobody waits long for a workload to be scaled.
func controllers() []string {
	return slices.Concat([]string{"kube-controller-manager"}, known("controller-manager"), []string{
		"--leader-elect=false", "--bind-address=127.0.0.1",
		"--use-service-account-credentials=true", "--root-ca-file=" + keys + "ca.crt", "--service-account-private-key-file=" + keys + "sa.key",
		"--cluster-signing-cert-file=" + keys + "ca.crt", "--cluster-signing-key-file=" + keys + "ca.key",
		"--client-ca-file=" + keys + "ca.crt", "--requestheader-client-ca-file=" + keys + "front-proxy-ca.crt",
		"--cluster-cidr=" + place.Pods, "--allocate-node-cidrs=false", "--service-cluster-ip-range=" + place.Services,
		"--horizontal-pod-autoscaler-sync-period=5s", "--horizontal-pod-autoscaler-cpu-initialization-period=30s",
		"--horizontal-pod-autoscaler-initial-readiness-delay=5s"})
}

func scheduler() []string {
	return slices.Concat([]string{"kube-scheduler"}, known("scheduler"), []string{"--leader-elect=false", "--bind-address=127.0.0.1"})
}

func agent(c Config) []string {
	var addresses []string
	for n := 1; n <= c.Nodes; n++ {
		addresses = append(addresses, place.Address(n))
	}
	return []string{"agent", "--kubeconfig=" + keys + "agent.kubeconfig", "--node=" + place.Name(c.Number),
		"--address=" + place.Address(c.Number), "--nodes=" + strings.Join(addresses, ",")}
}

// known tells a part of the control plane who it is.
func known(name string) []string {
	file := keys + name + ".kubeconfig"
	return []string{"--kubeconfig=" + file, "--authentication-kubeconfig=" + file, "--authorization-kubeconfig=" + file}
}
