// Package access is what all pods of a platform share: an account without rights, a network that lets nothing through unless a
// part's own policy does, and the Secrets that the server reads.
package access

import (
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

type access struct{}

// New gives the component.
func New() component.Component { return access{} }

func (access) Name() string    { return component.Access }
func (access) After() []string { return nil }

func (access) Next(component.Input, component.Observed) []component.Action { return nil }

func (access) Ready(component.Input, component.Observed) component.Readiness {
	return component.Good("Accounts, Secrets and network policies are in place.")
}

func (access) Desired(in component.Input) ([]client.Object, error) {
	secrets, err := server.Secrets(in)
	if err != nil {
		return nil, err
	}
	objects := []client.Object{account(in), nothing(in)}
	for _, s := range secrets {
		objects = append(objects, s)
	}
	return objects, nil
}

// account has no rights, and its token is mounted nowhere.
func account(in component.Input) *corev1.ServiceAccount {
	no := false
	return &corev1.ServiceAccount{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta: component.Meta(in.Platform, component.Access, component.Access), AutomountServiceAccountToken: &no,
	}
}

// lookups are the ports of name servers: their Service's, and that of pods which may not open it (policies see the pods).
var lookups = []int32{53, 5353}

// nothing lets every pod of the platform look up names, and nothing else.
func nothing(in component.Input) *networkingv1.NetworkPolicy {
	var ports []networkingv1.NetworkPolicyPort
	for _, protocol := range []corev1.Protocol{corev1.ProtocolUDP, corev1.ProtocolTCP} {
		for _, n := range lookups {
			port := intstr.FromInt32(n)
			ports = append(ports, networkingv1.NetworkPolicyPort{Protocol: &protocol, Port: &port})
		}
	}
	return &networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: component.Meta(in.Platform, component.Access, component.Access),
		Spec: networkingv1.NetworkPolicySpec{
			PodSelector: metav1.LabelSelector{MatchLabels: map[string]string{component.LabelPlatform: in.Platform.Name}},
			PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress},
			Egress:      []networkingv1.NetworkPolicyEgressRule{{Ports: ports}},
		},
	}
}
