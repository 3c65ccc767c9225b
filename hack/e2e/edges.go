package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/hack/cluster/place"
)

// way is one way through the network: who asks whom at which port, and whether that must work.
type way struct {
	from, to string
	port     int
	open     bool
}

// programs are the parts that run the server's image: what one of them may reach, all may.
var programs = []string{component.API, component.Jobs, "worker-notify"}

// servers are the parts that speak to nobody by themselves.
var servers = []string{"redis", "postgres", "kafka", "objects", "typesense", "alertmanager"}

// ways are those that are tried. A closed one proves something only when somebody else gets through to the same place: ways
// that nobody may take are not among them.
func ways() []way {
	var all []way
	add := func(open bool, from, to string, ports ...int) {
		for _, port := range ports {
			if from != to || from == "prometheus" || slices.Contains(programs, from) { // a pod always reaches itself; those that try for these are others
				all = append(all, way{from, to, port, open})
			}
		}
	}
	for to, port := range map[string]int{"postgres": component.PortPostgres, "redis": component.PortRedis, "typesense": component.PortTypesense,
		"objects": component.PortObjects, "kafka": component.PortKafka, "mailcatcher": 1025} {
		for _, program := range programs {
			add(true, program, to, port)
		}
		for _, server := range servers {
			add(false, server, to, port)
		}
		if to != "mailcatcher" { // no policy guards it
			add(false, "stranger", to, port)
			add(false, "outsider", to, port)
		}
		if to != "objects" { // its metrics are at the port of the objects
			add(false, "prometheus", to, port)
		}
	}
	for to, ports := range map[string][]int{"api": {component.PortOps}, "jobs": {component.PortOps}, "worker-notify": {component.PortOps},
		"postgres": {component.PortExporter, component.PortMeasure}, "redis": {component.PortExporter, component.PortMeasure},
		"typesense": {component.PortMeasure}, "objects": {component.PortMeasure}, "kafka": {component.PortMeasure},
		"prometheus": {component.PortPrometheus}, "alertmanager": {component.PortAlertmanager}, "kubernetes": {443}} {
		add(true, "prometheus", to, ports...)
		for _, program := range programs {
			add(false, program, to, ports...)
		}
		add(false, "redis", to, ports...)
		add(false, "alertmanager", to, ports...)
		if to != "kubernetes" { // a stranger may ask it
			add(false, "stranger", to, ports...)
			add(false, "outsider", to, ports...)
		}
	}
	add(true, "prometheus", "objects", component.PortObjects)
	// The site asks the API and nobody else; people reach both through the ingress.
	add(true, component.Web, component.API, component.PortAPI)
	for _, from := range slices.Concat(servers, []string{"stranger", "outsider", "prometheus"}) {
		add(false, from, component.API, component.PortAPI)
		add(false, from, component.Web, component.PortWeb)
	}
	for to, port := range map[string]int{"postgres": component.PortPostgres, "redis": component.PortRedis, "typesense": component.PortTypesense,
		"objects": component.PortObjects, "kafka": component.PortKafka, "mailcatcher": 1025, component.API: component.PortOps, "kubernetes": 443} {
		add(false, component.Web, to, port)
	}
	// Out of the cluster: this platform names nobody there, so that only who has no policy gets out.
	add(true, "stranger", outOfCluster, outPort)
	for _, from := range slices.Concat(programs, servers, []string{"prometheus", component.Web}) {
		add(false, from, outOfCluster, outPort)
	}
	return all
}

// outOfCluster is this machine, which is no part of the cluster. There a server waits for as long as the ways are tried.
const (
	outOfCluster = "machine"
	outPort      = 18125
)

// edges tries what may pass and what may not: from the pods that have a shell, and from pods that look like others.
func edges(ctx context.Context, e *env) error {
	there, err := net.Listen("tcp", net.JoinHostPort(place.Gateway, strconv.Itoa(outPort)))
	if err != nil {
		return fmt.Errorf("wait for who gets out of the cluster: %w", err)
	}
	defer there.Close()
	sources, remove, err := e.sources(ctx)
	defer remove()
	if err != nil {
		return err
	}
	addresses, byFrom, open, closed := map[string]string{}, map[string][]way{}, 0, 0
	for _, w := range ways() {
		if addresses[w.to] == "" {
			if addresses[w.to], err = e.target(ctx, w.to); err != nil {
				return err
			}
		}
		byFrom[w.from] = append(byFrom[w.from], w)
		if w.open {
			open++
		} else {
			closed++
		}
	}
	var wrong []error
	for from, tried := range byFrom {
		wrong = append(wrong, until(ctx, "the ways of "+from+" are as they should be", func() (bool, string) { return e.tryWays(ctx, sources[from], tried, addresses) }))
	}
	e.note("%d ways tried: %d open, %d closed", open+closed, open, closed)
	return errors.Join(wrong...)
}

// source is a container from which ways are tried.
type source struct{ namespace, pod, container string }

// sources gives who tries: parts that have a shell, and pods that look like the others. Those are never ready, so that nobody is
// sent to them, and do not say that the operator made them, so that the operator does not see them.
func (e *env) sources(ctx context.Context) (map[string]source, func(), error) {
	all := map[string]source{"redis": {space, name + "-redis-0", "redis"}, "postgres": {space, name + "-postgres-0", "postgres"},
		"kafka": {space, name + "-kafka-0", "kafka"}, "objects": {space, name + "-objects-0", "minio"}}
	var pods []client.Object
	p := e.platform(name)
	for part, of := range map[string]string{component.API: component.API, component.Jobs: component.Jobs, "worker-notify": component.Workers, component.Web: component.Web,
		"typesense": component.Typesense, "prometheus": component.Monitoring, "alertmanager": component.Monitoring} {
		labels := component.Labels(p, of, part)
		delete(labels, component.LabelManagedBy)
		pods = append(pods, idle(space, "tries-"+part, labels))
		all[part] = source{space, "tries-" + part, "shell"}
	}
	for who, namespace := range map[string]string{"stranger": space, "outsider": system} {
		pods = append(pods, idle(namespace, "tries-"+who, map[string]string{"app": who}))
		all[who] = source{namespace, "tries-" + who, "shell"}
	}
	remove := func() {
		for _, pod := range pods {
			_ = e.Delete(context.WithoutCancel(ctx), pod, client.GracePeriodSeconds(0))
		}
	}
	if err := e.apply(ctx, pods...); err != nil {
		return nil, remove, err
	}
	for _, pod := range pods {
		if err := until(ctx, pod.GetName()+" runs", func() (bool, string) {
			o := &corev1.Pod{}
			err := e.Get(ctx, client.ObjectKeyFromObject(pod), o)
			return err == nil && o.Status.Phase == corev1.PodRunning && o.Status.PodIP != "", string(o.Status.Phase)
		}); err != nil {
			return nil, remove, err
		}
	}
	return all, remove, nil
}

// idle is a pod with a shell that does nothing.
func idle(namespace, name string, labels map[string]string) *corev1.Pod {
	return &corev1.Pod{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}, ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace, Labels: labels},
		Spec: corev1.PodSpec{AutomountServiceAccountToken: ptr(false), TerminationGracePeriodSeconds: ptr[int64](1),
			SecurityContext: &corev1.PodSecurityContext{RunAsNonRoot: ptr(true), RunAsUser: ptr[int64](999),
				SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault}},
			Containers: []corev1.Container{{Name: "shell", Image: image("redis"), ImagePullPolicy: corev1.PullIfNotPresent, Command: []string{"/bin/sh", "-c", "sleep 900"},
				ReadinessProbe:  &corev1.Probe{ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"/bin/false"}}}, PeriodSeconds: 60},
				SecurityContext: &corev1.SecurityContext{AllowPrivilegeEscalation: ptr(false), Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}}}}}}}
}

// target gives the address of a part: that of its pod, and of a Service where the pod is not ours.
func (e *env) target(ctx context.Context, to string) (string, error) {
	if to == outOfCluster {
		return place.Gateway, nil
	}
	for service, namespace := range map[string]string{"kubernetes": metav1.NamespaceDefault, "mailcatcher": space} {
		if to == service {
			var s corev1.Service
			err := e.Get(ctx, client.ObjectKey{Namespace: namespace, Name: service}, &s)
			return s.Spec.ClusterIP, err
		}
	}
	var pods corev1.PodList
	if err := e.List(ctx, &pods, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name, component.LabelName: to, component.LabelManagedBy: component.ManagedBy}); err != nil {
		return "", err
	}
	for _, pod := range pods.Items {
		if pod.Status.Phase == corev1.PodRunning && pod.Status.PodIP != "" && pod.DeletionTimestamp == nil {
			return pod.Status.PodIP, nil
		}
	}
	return "", fmt.Errorf("no pod of %s runs", to)
}

// tryWays tries them all at once. A connection that stands until it is cut off is as good as one that the server ends.
func (e *env) tryWays(ctx context.Context, from source, tried []way, addresses map[string]string) (bool, string) {
	var script, wrong strings.Builder
	for _, w := range tried {
		fmt.Fprintf(&script, "(timeout 5 nc -w 2 %s %d </dev/null >/dev/null 2>&1; case $? in 0|143) r=open;; 1) r=closed;; *) r=unknown;; esac; echo \"%s:%d $r\") &\n",
			addresses[w.to], w.port, w.to, w.port)
	}
	said, err := e.kubectl(ctx, nil, "exec", "-n", from.namespace, from.pod, "-c", from.container, "--", "/bin/sh", "-c", script.String()+"wait")
	if err != nil {
		return false, err.Error()
	}
	for _, w := range tried {
		want := map[bool]string{true: "open", false: "closed"}[w.open]
		if line := fmt.Sprintf("%s:%d ", w.to, w.port); !strings.Contains("\n"+said, "\n"+line+want+"\n") {
			_, got, _ := strings.Cut("\n"+said, "\n"+line)
			fmt.Fprintf(&wrong, "from %s to %s should be %s, is %s\n", w.from, line, want, firstLine(got))
		}
	}
	return wrong.Len() == 0, wrong.String()
}
