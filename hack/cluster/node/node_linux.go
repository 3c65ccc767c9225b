// Package node is one machine of the cluster: a process that is the first in namespaces of its own, furnishes them and
// runs the cluster's programs there. When it dies the kernel ends the programs and takes back what was mounted.
package node

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/rentora/rentora/hack/cluster/place"
)

// Config says which node this is and where its parts lie on the machine.
type Config struct {
	Number, Nodes int
	Folder        place.Folder
	Kubernetes    string // folder of programs
	Runtime       string // folder of programs
	Images        string // folder of archives, imported before anything is scheduled
}

// Run must be the first process of new mount, process, network, host name and IPC namespaces. It waits until go is closed,
// which means that the network cable is in, and returns only when the node cannot work.
func Run(c Config, ready io.Reader) error {
	if _, err := io.ReadAll(ready); err != nil {
		return err
	}
	if err := syscall.Sethostname([]byte(place.Name(c.Number))); err != nil {
		return err
	}
	if err := connect(c); err != nil {
		return err
	}
	if err := furnish(c); err != nil {
		return err
	}
	if err := configure(c); err != nil {
		return err
	}
	if err := os.Setenv("PATH", "/opt/rentora/kubernetes:/opt/rentora/runtime:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"); err != nil {
		return err
	}
	f := newFamily()
	go begin(c, f)
	return f.bury()
}

// connect gives the cable its address. What leaves for a Service needs a route of its own: the node's programs connect
// before kube-proxy's rules can put a pod's address in its place.
func connect(c Config) error {
	steps := []string{
		"link set lo up",
		"addr add " + place.Address(c.Number) + "/24 dev eth0",
		"link set eth0 up",
		"route add " + place.Services + " dev eth0 src " + place.Address(c.Number),
	}
	for n := 1; n <= c.Nodes; n++ {
		if n != c.Number {
			steps = append(steps, "route add "+place.PodsOf(n)+" via "+place.Address(n))
		}
	}
	for _, step := range steps {
		if out, err := exec.Command("ip", strings.Fields(step)...).CombinedOutput(); err != nil {
			return fmt.Errorf("ip %s: %w: %s", step, err, out)
		}
	}
	return nil
}
