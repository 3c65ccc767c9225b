package policy

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func TestRender(t *testing.T) {
	t.Parallel()
	pods := []*corev1.Pod{
		pod("shop", "db", "10.244.1.2", "node1", corev1.ContainerPort{Name: "sql", ContainerPort: 5432, Protocol: corev1.ProtocolTCP}),
		pod("shop", "api", "10.244.2.3", "node2"),
		pod("other", "api", "10.244.2.4", "node2"),
	}
	namespaces := map[string]labels.Set{"shop": {"name": "shop"}, "other": {"name": "other"}}
	app := func(name string) *metav1.LabelSelector {
		return &metav1.LabelSelector{MatchLabels: map[string]string{"app": name}}
	}
	named, number, last := intstr.FromString("sql"), intstr.FromInt32(8000), int32(8010)
	in, out := networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress
	for _, c := range []struct {
		name       string
		node       string
		spec       networkingv1.NetworkPolicySpec
		has, hasNo []string
	}{
		{name: "nothing isolates", node: "node2", spec: networkingv1.NetworkPolicySpec{PodSelector: *app("db"), PolicyTypes: []networkingv1.PolicyType{in}},
			hasNo: []string{"drop", "vmap"}},
		{name: "default deny", node: "node1", spec: networkingv1.NetworkPolicySpec{PolicyTypes: []networkingv1.PolicyType{in, out}},
			has: []string{"ip daddr vmap { 10.244.1.2 : jump in_10_244_1_2 }", "ip saddr vmap { 10.244.1.2 : jump out_10_244_1_2 }"}, hasNo: []string{"return"}},
		{name: "a pod of the own namespace at a named port", node: "node1", spec: networkingv1.NetworkPolicySpec{PodSelector: *app("db"),
			PolicyTypes: []networkingv1.PolicyType{in}, Ingress: []networkingv1.NetworkPolicyIngressRule{{
				From: []networkingv1.NetworkPolicyPeer{{PodSelector: app("api")}}, Ports: []networkingv1.NetworkPolicyPort{{Port: &named}}}}},
			has: []string{"ip saddr { 10.244.2.3 } tcp dport 5432 return"}, hasNo: []string{"10.244.2.4"}},
		{name: "a pod of every namespace", node: "node1", spec: networkingv1.NetworkPolicySpec{PodSelector: *app("db"),
			PolicyTypes: []networkingv1.PolicyType{in}, Ingress: []networkingv1.NetworkPolicyIngressRule{{
				From: []networkingv1.NetworkPolicyPeer{{PodSelector: app("api"), NamespaceSelector: &metav1.LabelSelector{}}}}}},
			has: []string{"ip saddr { 10.244.2.3, 10.244.2.4 } return"}},
		{name: "nobody is not everybody", node: "node1", spec: networkingv1.NetworkPolicySpec{PodSelector: *app("db"),
			PolicyTypes: []networkingv1.PolicyType{in}, Ingress: []networkingv1.NetworkPolicyIngressRule{{
				From: []networkingv1.NetworkPolicyPeer{{PodSelector: app("none")}}}}},
			has: []string{"drop"}, hasNo: []string{"return"}},
		{name: "out to a named port", node: "node2", spec: networkingv1.NetworkPolicySpec{PodSelector: *app("api"),
			PolicyTypes: []networkingv1.PolicyType{out}, Egress: []networkingv1.NetworkPolicyEgressRule{{Ports: []networkingv1.NetworkPolicyPort{{Port: &named}}}}},
			has: []string{"ip daddr { 10.244.1.2 } tcp dport 5432 return"}},
		{name: "out to a block but for a part, at a range", node: "node2", spec: networkingv1.NetworkPolicySpec{PodSelector: *app("api"),
			PolicyTypes: []networkingv1.PolicyType{out}, Egress: []networkingv1.NetworkPolicyEgressRule{{
				To:    []networkingv1.NetworkPolicyPeer{{IPBlock: &networkingv1.IPBlock{CIDR: "172.30.0.0/24", Except: []string{"172.30.0.1/32"}}}},
				Ports: []networkingv1.NetworkPolicyPort{{Port: &number, EndPort: &last}}}}},
			has: []string{"ip daddr 172.30.0.0/24 ip daddr != { 172.30.0.1/32 } tcp dport 8000-8010 return"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			policy := &networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "test"}, Spec: c.spec}
			text, err := Render(c.node, []string{"172.30.0.11"}, Cluster{Pods: pods, Namespaces: namespaces, Policies: []*networkingv1.NetworkPolicy{policy}})
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.has {
				if !strings.Contains(text, want) {
					t.Errorf("%q is missing in\n%s", want, text)
				}
			}
			for _, never := range c.hasNo {
				if strings.Contains(text, never) {
					t.Errorf("%q must not be in\n%s", never, text)
				}
			}
		})
	}
}

func pod(namespace, name, ip, node string, ports ...corev1.ContainerPort) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, Labels: map[string]string{"app": name}},
		Spec:   corev1.PodSpec{NodeName: node, Containers: []corev1.Container{{Ports: ports}}},
		Status: corev1.PodStatus{PodIP: ip, Phase: corev1.PodRunning}}
}
