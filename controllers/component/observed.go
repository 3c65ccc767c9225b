package component

import (
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// Observed are the live objects of one component, by name, as the operator's caches hold them. Nobody may change them.
type Observed struct {
	Deployments  map[string]*appsv1.Deployment
	StatefulSets map[string]*appsv1.StatefulSet
	Jobs         map[string]*batchv1.Job
	Ingresses    map[string]*networkingv1.Ingress
	Claims       map[string]*corev1.PersistentVolumeClaim
	Pods         map[string][]*corev1.Pod // by part, in the order of their names
	Refused      map[string]string        // by workload: why the cluster creates no pod for it
}
