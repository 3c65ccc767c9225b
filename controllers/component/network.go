package component

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/rentora/rentora/api/v1alpha1"
)

// The ports of the parts.
const (
	PortAPI          = 8080
	PortWeb          = 3000
	PortOps          = 8082 // probes and metrics of API and workers; only Prometheus and the nodes reach it
	PortPostgres     = 5432
	PortRedis        = 6379
	PortTypesense    = 8108
	PortObjects      = 9000
	PortKafka        = 9092
	PortPrometheus   = 9090
	PortAlertmanager = 9093
	PortGrafana      = 3000
	PortMeasure      = 9180 // volume use and, where the server has none, its metrics (the operator's `measure` beside it)
	PortExporter     = 9187 // an exporter beside its server
	PortOperator     = 8083 // the operator's metrics
)

// Edge is one allowed way: to or from the peers on the ports. No peers means anywhere, no ports any port.
type Edge struct {
	Peers []networkingv1.NetworkPolicyPeer
	Ports []int32
}

// Parts gives the peers that are pods of these parts of the platform.
func Parts(p *v1alpha1.RentoraPlatform, parts ...string) []networkingv1.NetworkPolicyPeer {
	slices.Sort(parts)
	return []networkingv1.NetworkPolicyPeer{{PodSelector: &metav1.LabelSelector{
		MatchLabels:      map[string]string{LabelInstance: p.Name, LabelPartOf: PartOf},
		MatchExpressions: []metav1.LabelSelectorRequirement{{Key: LabelName, Operator: metav1.LabelSelectorOpIn, Values: parts}},
	}}}
}

// Namespace gives the peers that are pods of a namespace; of any when it is "".
func Namespace(name string) []networkingv1.NetworkPolicyPeer {
	if name == "" {
		return []networkingv1.NetworkPolicyPeer{{NamespaceSelector: &metav1.LabelSelector{}}}
	}
	return []networkingv1.NetworkPolicyPeer{{NamespaceSelector: &metav1.LabelSelector{MatchLabels: map[string]string{corev1.LabelMetadataName: name}}}}
}

// Operator gives the peers that are the operator's pods.
func Operator(in Input) []networkingv1.NetworkPolicyPeer {
	peers := Namespace(in.Facts.OperatorNamespace)
	peers[0].PodSelector = &metav1.LabelSelector{MatchLabels: map[string]string{LabelName: ManagedBy}}
	return peers
}

// Policy gives the NetworkPolicy of a part: what may come in and go out beside name lookups. The default policy of the
// platform (Access) forbids all else.
func Policy(in Input, component, part string, ingress, egress []Edge) *networkingv1.NetworkPolicy {
	n := &networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: Meta(in.Platform, component, part),
		Spec: networkingv1.NetworkPolicySpec{
			PodSelector: metav1.LabelSelector{MatchLabels: Selector(in.Platform, part)},
			PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress},
		},
	}
	for _, e := range ingress {
		n.Spec.Ingress = append(n.Spec.Ingress, networkingv1.NetworkPolicyIngressRule{From: e.Peers, Ports: ports(e.Ports)})
	}
	for _, e := range egress {
		n.Spec.Egress = append(n.Spec.Egress, networkingv1.NetworkPolicyEgressRule{To: e.Peers, Ports: ports(e.Ports)})
	}
	return n
}

func ports(numbers []int32) (out []networkingv1.NetworkPolicyPort) {
	for _, n := range numbers {
		out = append(out, networkingv1.NetworkPolicyPort{Protocol: ptr(corev1.ProtocolTCP), Port: ptr(intstr.FromInt32(n))})
	}
	return out
}
