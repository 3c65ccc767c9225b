package monitoring

import (
	"fmt"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/measure"
)

// nobody is the user of the images of Prometheus and Alertmanager.
const nobody = 65534

// roomForSeries is the part of the volume that finished blocks may fill, in percent: the log of what is not yet in a block
// and a block that is being made need the rest.
const roomForSeries = 75

func prometheusObjects(in component.Input) ([]client.Object, error) {
	files, err := prometheusFiles(in)
	if err != nil {
		return nil, err
	}
	return append(discovery(in),
		component.ConfigMap(in, component.Monitoring, prometheus, files),
		component.Service(in, component.Monitoring, prometheus, true, component.ServicePort{Name: "http", Port: component.PortPrometheus}),
		component.Stateful(in, prometheusPod(in, component.HashFiles(files)), in.Settings.Prometheus, 1),
		component.Budget(in, component.Monitoring, prometheus),
		prometheusPolicy(in),
	), nil
}

// discovery lets Prometheus see the pods of the platform's namespace, and nothing else.
func discovery(in component.Input) []client.Object {
	meta := component.Meta(in.Platform, component.Monitoring, prometheus)
	rbac := func(kind string) metav1.TypeMeta {
		return metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: kind}
	}
	return []client.Object{
		&corev1.ServiceAccount{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"}, ObjectMeta: meta},
		&rbacv1.Role{TypeMeta: rbac("Role"), ObjectMeta: meta,
			Rules: []rbacv1.PolicyRule{{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get", "list", "watch"}}}},
		&rbacv1.RoleBinding{TypeMeta: rbac("RoleBinding"), ObjectMeta: meta,
			RoleRef:  rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: meta.Name},
			Subjects: []rbacv1.Subject{{Kind: rbacv1.ServiceAccountKind, Name: meta.Name, Namespace: meta.Namespace}}},
	}
}

func prometheusPod(in component.Input, config string) component.PodOptions {
	name := component.Child(in.Platform, prometheus)
	return component.PodOptions{
		Component: component.Monitoring, Part: prometheus, User: nobody, Account: name, Token: true, Grace: 120,
		Annotations: map[string]string{component.AnnotationConfig: config},
		Containers:  []corev1.Container{prometheusContainer(in), measure.Sidecar(in)},
		Volumes:     []corev1.Volume{component.FromConfig("config", name)},
	}
}

func prometheusContainer(in component.Input) corev1.Container {
	size := in.Settings.Prometheus.Size
	return corev1.Container{
		Name: prometheus, Image: in.Settings.Images.Prometheus,
		Command: []string{"/bin/prometheus"},
		Args: []string{
			"--config.file=/etc/prometheus/prometheus.yml",
			"--storage.tsdb.path=/data/series",
			fmt.Sprintf("--storage.tsdb.retention.time=%dd", in.Platform.Spec.Monitoring.RetentionDays),
			fmt.Sprintf("--storage.tsdb.retention.size=%dB", size.Value()/100*roomForSeries),
			"--web.listen-address=:" + strconv.Itoa(component.PortPrometheus),
			"--web.external-url=http://" + component.Host(in.Platform, prometheus) + ":" + strconv.Itoa(component.PortPrometheus),
			"--log.format=json",
		},
		Ports:     []corev1.ContainerPort{{Name: metricsPort, ContainerPort: component.PortPrometheus, Protocol: corev1.ProtocolTCP}},
		Resources: in.Settings.Prometheus.Resources,
		VolumeMounts: []corev1.VolumeMount{
			{Name: component.DataVolume, MountPath: "/data"},
			{Name: "config", MountPath: "/etc/prometheus", ReadOnly: true},
		},
		// It answers healthy at once and ready when it has read its log again, which may take minutes.
		LivenessProbe:  component.HTTP("/-/healthy", component.PortPrometheus, 10, 6),
		ReadinessProbe: component.HTTP("/-/ready", component.PortPrometheus, 5, 3),
	}
}

// prometheusPolicy: Grafana and Prometheus itself ask it; it reads every part's metrics, asks the API server for pods (which
// has no pods of its own to name, and one of these ports nearly everywhere) and hands alerts over.
func prometheusPolicy(in component.Input) client.Object {
	platform := []networkingv1.NetworkPolicyPeer{{PodSelector: &metav1.LabelSelector{MatchLabels: map[string]string{component.LabelPlatform: in.Platform.Name}}}}
	ingress := []component.Edge{
		{Peers: component.Parts(in.Platform, grafana, prometheus), Ports: []int32{component.PortPrometheus}},
		{Peers: component.Parts(in.Platform, prometheus), Ports: []int32{component.PortMeasure}},
	}
	egress := []component.Edge{
		{Peers: platform, Ports: scraped},
		{Ports: []int32{443, 6443}},
	}
	if in.Facts.OperatorNamespace != "" {
		egress = append(egress, component.Edge{Peers: component.Operator(in), Ports: []int32{component.PortOperator}})
	}
	return component.Policy(in, component.Monitoring, prometheus, ingress, egress)
}
