package host

import (
	"context"
	"fmt"
	"os/exec"
	"strings"

	"github.com/rentora/rentora/hack/cluster/place"
)

// raise makes the bridge to which the nodes are plugged, and the ways by which this machine reaches pods and Services.
// They go through the bridge and vanish with it.
func raise(ctx context.Context, nodes int) error {
	steps := []string{
		"link add " + place.Bridge + " type bridge",
		"addr add " + place.Gateway + "/24 dev " + place.Bridge,
		"link set " + place.Bridge + " up",
		"route add " + place.Services + " via " + place.Address(1),
	}
	for n := 1; n <= nodes; n++ {
		steps = append(steps, "route add "+place.PodsOf(n)+" via "+place.Address(n))
	}
	for _, step := range steps {
		if err := ip(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// plug lays the cable between the bridge and the namespaces of the process.
func plug(ctx context.Context, node, pid int) error {
	cable := place.Cable(node)
	if err := ip(ctx, fmt.Sprintf("link add %s type veth peer name eth0 netns %d", cable, pid)); err != nil {
		return err
	}
	return ip(ctx, fmt.Sprintf("link set %s master %s up", cable, place.Bridge))
}

// unplug removes the machine's end. The kernel does so too when the namespace goes, but later than a new start may want it.
func unplug(ctx context.Context, node int) { _ = ip(ctx, "link del "+place.Cable(node)) }

func lower(ctx context.Context) { _ = ip(ctx, "link del "+place.Bridge) }

func ip(ctx context.Context, step string) error {
	if out, err := exec.CommandContext(ctx, "ip", strings.Fields(step)...).CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", step, err, strings.TrimSpace(string(out)))
	}
	return nil
}
