package controllers

import (
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// made are the kinds that the operator makes and prunes; HTTPRoutes where the cluster knows them.
func made(f component.Facts) []client.ObjectList {
	lists := []client.ObjectList{
		&appsv1.DeploymentList{}, &appsv1.StatefulSetList{}, &batchv1.JobList{},
		&corev1.ServiceList{}, &corev1.ConfigMapList{}, &corev1.SecretList{}, &corev1.ServiceAccountList{},
		&networkingv1.IngressList{}, &networkingv1.NetworkPolicyList{}, &policyv1.PodDisruptionBudgetList{},
		&autoscalingv2.HorizontalPodAutoscalerList{}, &rbacv1.RoleList{}, &rbacv1.RoleBindingList{},
	}
	if f.GatewayAPI {
		routes := &unstructured.UnstructuredList{}
		routes.SetGroupVersionKind(routeKind.GroupVersion().WithKind(routeKind.Kind + "List"))
		lists = append(lists, routes)
	}
	return lists
}

// routeKind is the only kind that not every cluster knows.
var routeKind = schema.GroupVersionKind{Group: "gateway.networking.k8s.io", Version: "v1", Kind: "HTTPRoute"}

func route() client.Object {
	u := &unstructured.Unstructured{}
	u.SetGroupVersionKind(routeKind)
	return u
}

// watched are the kinds whose changes are looked at: those that are made, their pods and their claims. HTTPRoutes come to it as
// soon as the cluster knows them.
func watched() []client.Object {
	return []client.Object{
		&appsv1.Deployment{}, &appsv1.StatefulSet{}, &batchv1.Job{},
		&corev1.Service{}, &corev1.ConfigMap{}, &corev1.Secret{}, &corev1.ServiceAccount{},
		&networkingv1.Ingress{}, &networkingv1.NetworkPolicy{}, &policyv1.PodDisruptionBudget{},
		&autoscalingv2.HorizontalPodAutoscaler{}, &rbacv1.Role{}, &rbacv1.RoleBinding{},
		&corev1.Pod{}, &corev1.PersistentVolumeClaim{},
	}
}

// Scheme knows every kind that the operator deals with.
func Scheme() (*runtime.Scheme, error) {
	s := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(s); err != nil {
		return nil, err
	}
	return s, v1alpha1.AddToScheme(s)
}

// CacheOptions hold the platforms, and of every other kind what is ours and nothing else: a cluster's other Secrets, pods and
// routes cost no memory. namespaces limits all of it to some; none means the whole cluster.
func CacheOptions(namespaces ...string) cache.Options {
	o := cache.Options{
		DefaultTransform:     cache.TransformStripManagedFields(),
		DefaultLabelSelector: labels.SelectorFromSet(labels.Set{component.LabelManagedBy: component.ManagedBy}),
		ByObject:             map[client.Object]cache.ByObject{&v1alpha1.RentoraPlatform{}: {Label: labels.Everything()}},
	}
	if len(namespaces) > 0 {
		o.DefaultNamespaces = map[string]cache.Config{}
		for _, n := range namespaces {
			o.DefaultNamespaces[n] = cache.Config{}
		}
	}
	return o
}
