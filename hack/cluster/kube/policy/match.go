package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// others is whom a rule allows: everybody, a block of addresses, or pods.
type others struct {
	all   bool
	block *networkingv1.IPBlock
	pods  []*corev1.Pod // of all, too: their named ports
}

// lines gives a match for each combination of peer and port.
func (c Cluster) lines(self *corev1.Pod, namespace string, e edge, d direction) ([]string, error) {
	peers, err := c.peers(namespace, e.peers)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, peer := range peers {
		if len(e.ports) == 0 {
			lines = append(lines, join(peer.match(d), "")...)
		}
		for _, port := range e.ports {
			lines = append(lines, peer.at(self, port, d)...)
		}
	}
	return lines, nil
}

func (c Cluster) peers(namespace string, wanted []networkingv1.NetworkPolicyPeer) ([]others, error) {
	if len(wanted) == 0 {
		return []others{{all: true, pods: c.Pods}}, nil
	}
	var peers []others
	for _, w := range wanted {
		if w.IPBlock != nil {
			peers = append(peers, others{block: w.IPBlock})
			continue
		}
		pods, err := c.selected(namespace, w)
		if err != nil {
			return nil, err
		}
		peers = append(peers, others{pods: pods})
	}
	return peers, nil
}

// selected gives pods of the policy's own namespace, or of those that the peer selects.
func (c Cluster) selected(namespace string, w networkingv1.NetworkPolicyPeer) ([]*corev1.Pod, error) {
	pods, err := selector(w.PodSelector)
	if err != nil {
		return nil, err
	}
	namespaces, err := selector(w.NamespaceSelector)
	if err != nil {
		return nil, err
	}
	var selected []*corev1.Pod
	for _, pod := range c.Pods {
		inside := pod.Namespace == namespace
		if w.NamespaceSelector != nil {
			inside = namespaces.Matches(c.Namespaces[pod.Namespace])
		}
		if inside && reachable(pod) && pods.Matches(labels.Set(pod.Labels)) {
			selected = append(selected, pod)
		}
	}
	slices.SortFunc(selected, byName)
	return selected, nil
}

// selector lets one that is not given select everything.
func selector(s *metav1.LabelSelector) (labels.Selector, error) {
	if s == nil {
		return labels.Everything(), nil
	}
	return metav1.LabelSelectorAsSelector(s)
}

// match gives the peer's addresses as nftables wants them; nobody gives no match.
func (o others) match(d direction) []string {
	switch {
	case o.all:
		return []string{""}
	case o.block == nil:
		return addresses(d, o.pods)
	case strings.Contains(o.block.CIDR, ":"):
		return nil // this cluster has no IPv6
	}
	text := "ip " + d.peer + " " + o.block.CIDR
	if len(o.block.Except) > 0 {
		text += " ip " + d.peer + " != { " + strings.Join(o.block.Except, ", ") + " }"
	}
	return []string{text}
}

func addresses(d direction, pods []*corev1.Pod) []string {
	if len(pods) == 0 {
		return nil
	}
	var list []string
	for _, pod := range pods {
		list = append(list, pod.Status.PodIP)
	}
	slices.Sort(list)
	return []string{"ip " + d.peer + " { " + strings.Join(slices.Compact(list), ", ") + " }"}
}

// at narrows the peer to a port of whoever is connected to.
func (o others) at(self *corev1.Pod, port networkingv1.NetworkPolicyPort, d direction) []string {
	protocol := "tcp"
	if port.Protocol != nil {
		protocol = strings.ToLower(string(*port.Protocol))
	}
	switch {
	case port.Port == nil:
		return join(o.match(d), "meta l4proto "+protocol)
	case port.Port.Type == intstr.Int && port.EndPort != nil:
		return join(o.match(d), fmt.Sprintf("%s dport %d-%d", protocol, port.Port.IntVal, *port.EndPort))
	case port.Port.Type == intstr.Int:
		return join(o.match(d), fmt.Sprintf("%s dport %d", protocol, port.Port.IntVal))
	case d.kind == networkingv1.PolicyTypeIngress:
		if number := named(self, protocol, port.Port.StrVal); number != 0 {
			return join(o.match(d), fmt.Sprintf("%s dport %d", protocol, number))
		}
		return nil
	}
	return o.named(protocol, port.Port.StrVal, d)
}

// named groups the peers by the number that each gives the name.
func (o others) named(protocol, name string, d direction) []string {
	byNumber := map[int32][]*corev1.Pod{}
	for _, pod := range o.pods {
		if number := named(pod, protocol, name); number != 0 && reachable(pod) {
			byNumber[number] = append(byNumber[number], pod)
		}
	}
	var lines []string
	for _, number := range slices.Sorted(maps.Keys(byNumber)) {
		lines = append(lines, join(addresses(d, byNumber[number]), fmt.Sprintf("%s dport %d", protocol, number))...)
	}
	return lines
}

// named gives the number of a pod's port, 0 when it has none of that name.
func named(pod *corev1.Pod, protocol, name string) int32 {
	for _, container := range pod.Spec.Containers {
		for _, port := range container.Ports {
			if port.Name == name && strings.EqualFold(string(port.Protocol), protocol) {
				return port.ContainerPort
			}
		}
	}
	return 0
}

func join(matches []string, port string) []string {
	var lines []string
	for _, match := range matches {
		lines = append(lines, strings.TrimSpace(match+" "+port))
	}
	return lines
}
