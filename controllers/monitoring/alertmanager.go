package monitoring

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

func alertmanagerObjects(in component.Input) ([]client.Object, error) {
	config, err := notifications(in)
	if err != nil {
		return nil, err
	}
	return []client.Object{
		// A Secret, because the addresses of webhooks are secrets and Alertmanager before 0.26 reads them from no other file.
		&corev1.Secret{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"}, ObjectMeta: component.Meta(in.Platform, component.Monitoring, alertmanager),
			Type: corev1.SecretTypeOpaque, Data: map[string][]byte{"alertmanager.yml": []byte(config)}},
		component.Service(in, component.Monitoring, alertmanager, false, component.ServicePort{Name: "http", Port: component.PortAlertmanager}),
		component.Stateless(in, alertmanagerPod(in, component.Hash(config)), component.Workload{Replicas: ptr[int32](1)}),
		component.Budget(in, component.Monitoring, alertmanager),
		alertmanagerPolicy(in),
	}, nil
}

func alertmanagerPod(in component.Input, config string) component.PodOptions {
	return component.PodOptions{
		Component: component.Monitoring, Part: alertmanager, User: nobody,
		Annotations: map[string]string{component.AnnotationConfig: config},
		Containers: []corev1.Container{{
			Name: alertmanager, Image: in.Settings.Images.Alertmanager,
			Command: []string{"/bin/alertmanager"},
			Args: []string{
				"--config.file=/etc/alertmanager/alertmanager.yml",
				"--storage.path=/data",
				"--web.listen-address=:" + strconv.Itoa(component.PortAlertmanager),
				"--web.external-url=http://" + component.Host(in.Platform, alertmanager) + ":" + strconv.Itoa(component.PortAlertmanager),
				"--cluster.listen-address=", // it is alone
				"--log.format=json",
			},
			Ports:          []corev1.ContainerPort{{Name: metricsPort, ContainerPort: component.PortAlertmanager, Protocol: corev1.ProtocolTCP}},
			Resources:      small("10m", "32Mi", "128Mi"),
			VolumeMounts:   []corev1.VolumeMount{{Name: "data", MountPath: "/data"}, {Name: "config", MountPath: "/etc/alertmanager", ReadOnly: true}},
			LivenessProbe:  component.HTTP("/-/healthy", component.PortAlertmanager, 10, 6),
			ReadinessProbe: component.HTTP("/-/ready", component.PortAlertmanager, 5, 3),
		}},
		// Silences live as long as the pod.
		Volumes: []corev1.Volume{component.EmptyDir("data", "64Mi"), component.FromSecret("config", component.Child(in.Platform, alertmanager))},
	}
}

// alertmanagerPolicy: who receives alerts stands in a Secret and may be anywhere. Behind a Service of the cluster even its
// port is another one, so that none can be named.
func alertmanagerPolicy(in component.Input) client.Object {
	ingress := []component.Edge{{Peers: component.Parts(in.Platform, prometheus, grafana), Ports: []int32{component.PortAlertmanager}}}
	var egress []component.Edge
	if told(in) {
		egress = []component.Edge{{}}
	}
	return component.Policy(in, component.Monitoring, alertmanager, ingress, egress)
}

func small(cpu, memory, limit string) corev1.ResourceRequirements {
	return corev1.ResourceRequirements{
		Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse(cpu), corev1.ResourceMemory: resource.MustParse(memory)},
		Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse(limit)},
	}
}

func ptr[T any](v T) *T { return &v }
