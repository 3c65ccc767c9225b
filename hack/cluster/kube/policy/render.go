// Package policy enforces NetworkPolicies on one node: every change becomes one nftables table, replaced as a whole.
package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// Cluster is what policies are about.
type Cluster struct {
	Pods       []*corev1.Pod
	Namespaces map[string]labels.Set
	Policies   []*networkingv1.NetworkPolicy
}

const table = "rentora_policy"

// Render gives the table for the pods of one node, as input of `nft -f`. The same cluster gives the same text. Who is
// trusted (the nodes: probes and the ingress) may always reach a pod.
//
// A pod's egress is judged where it leaves and its ingress where it arrives, so that each node needs to know only its own
// pods' chains. A chain returns what is allowed, to be judged by the other side, and drops the rest.
func Render(node string, trusted []string, c Cluster) (string, error) {
	var chains strings.Builder
	jumps := map[string][]string{}
	for _, pod := range c.own(node) {
		for _, d := range directions {
			rules, isolated, err := c.rules(pod, d)
			if err != nil {
				return "", err
			}
			if !isolated {
				continue
			}
			name := d.prefix + strings.ReplaceAll(pod.Status.PodIP, ".", "_")
			jumps[d.prefix] = append(jumps[d.prefix], pod.Status.PodIP+" : jump "+name)
			fmt.Fprintf(&chains, "\tchain %s { # %s/%s\n", name, pod.Namespace, pod.Name)
			for _, rule := range rules {
				fmt.Fprintf(&chains, "\t\t%s return\n", rule)
			}
			chains.WriteString("\t\tdrop\n\t}\n")
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "add table inet %s\ndelete table inet %s\ntable inet %s {\n%s", table, table, table, chains.String())
	hook(&out, "forward", trusted, jumps, directions)
	hook(&out, "input", trusted, jumps, directions[1:]) // what a pod wants of its own node
	out.WriteString("}\n")
	return out.String(), nil
}

// direction is one side of a connection: the field that holds the pod, and the one that holds whom it speaks with.
type direction struct {
	prefix, pod, peer string
	kind              networkingv1.PolicyType
}

var directions = []direction{
	{"in_", "daddr", "saddr", networkingv1.PolicyTypeIngress},
	{"out_", "saddr", "daddr", networkingv1.PolicyTypeEgress},
}

// hook asks the egress of whoever sends first: a verdict map must not hide it behind an ingress that allows.
func hook(out *strings.Builder, name string, trusted []string, jumps map[string][]string, asked []direction) {
	fmt.Fprintf(out, "\tchain %s {\n\t\ttype filter hook %s priority 0; policy accept;\n\t\tct state established,related accept\n", name, name)
	if len(trusted) > 0 && name == "forward" {
		fmt.Fprintf(out, "\t\tip saddr { %s } accept\n", strings.Join(trusted, ", "))
	}
	for _, d := range slices.Backward(asked) {
		if len(jumps[d.prefix]) > 0 {
			fmt.Fprintf(out, "\t\tip %s vmap { %s }\n", d.pod, strings.Join(jumps[d.prefix], ", "))
		}
	}
	out.WriteString("\t}\n")
}

// own gives the pods of the node that have an address of their own, in order.
func (c Cluster) own(node string) []*corev1.Pod {
	var own []*corev1.Pod
	for _, pod := range c.Pods {
		if pod.Spec.NodeName == node && reachable(pod) {
			own = append(own, pod)
		}
	}
	slices.SortFunc(own, byName)
	return own
}

func byName(a, b *corev1.Pod) int {
	return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
}

func reachable(pod *corev1.Pod) bool {
	ended := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	return pod.Status.PodIP != "" && !pod.Spec.HostNetwork && !ended
}

// rules gives what the policies allow the pod, and whether any of them isolates it.
func (c Cluster) rules(pod *corev1.Pod, d direction) (rules []string, isolated bool, err error) {
	for _, policy := range c.Policies {
		if policy.Namespace != pod.Namespace || !slices.Contains(policy.Spec.PolicyTypes, d.kind) {
			continue
		}
		selector, err := metav1.LabelSelectorAsSelector(&policy.Spec.PodSelector)
		if err != nil {
			return nil, false, fmt.Errorf("%s/%s: %w", policy.Namespace, policy.Name, err)
		}
		if !selector.Matches(labels.Set(pod.Labels)) {
			continue
		}
		isolated = true
		for _, allowed := range edges(policy, d) {
			lines, err := c.lines(pod, policy.Namespace, allowed, d)
			if err != nil {
				return nil, false, fmt.Errorf("%s/%s: %w", policy.Namespace, policy.Name, err)
			}
			rules = append(rules, lines...)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules), isolated, nil
}

// edge is one rule of a policy: any of the peers at any of the ports, where none means all.
type edge struct {
	peers []networkingv1.NetworkPolicyPeer
	ports []networkingv1.NetworkPolicyPort
}

func edges(policy *networkingv1.NetworkPolicy, d direction) []edge {
	var all []edge
	if d.kind == networkingv1.PolicyTypeIngress {
		for _, rule := range policy.Spec.Ingress {
			all = append(all, edge{rule.From, rule.Ports})
		}
		return all
	}
	for _, rule := range policy.Spec.Egress {
		all = append(all, edge{rule.To, rule.Ports})
	}
	return all
}
