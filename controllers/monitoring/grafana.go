package monitoring

import (
	"fmt"
	"strconv"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/monitoring/dashboards"
)

// labelDashboard is by which the sidecar of Grafana's own chart finds dashboards, so that a Grafana that is there already
// shows ours.
const labelDashboard = "grafana_dashboard"

const grafanaUser = 472

// dashboardObjects gives a ConfigMap for each dashboard, whether we run a Grafana or not. Its file has the same name for every
// platform: one Grafana that gathers them all shows it once.
func dashboardObjects(in component.Input) ([]client.Object, error) {
	texts, err := drawn()
	if err != nil {
		return nil, err
	}
	var all []client.Object
	for _, d := range dashboards.All() {
		c := component.ConfigMap(in, component.Monitoring, grafana, map[string]string{d.File(): texts[d.Name]})
		c.Name = dashboardName(in, d)
		c.Labels[labelDashboard] = "1"
		all = append(all, c)
	}
	return all, nil
}

func dashboardName(in component.Input, d dashboards.Dashboard) string {
	return component.Child(in.Platform, "dashboard-"+d.Name)
}

// drawn are the dashboards' texts by name, made once: they are the same for every platform and every pass.
var drawn = sync.OnceValues(func() (map[string]string, error) {
	texts := map[string]string{}
	for _, d := range dashboards.All() {
		text, err := d.JSON()
		if err != nil {
			return nil, err
		}
		texts[d.Name] = text
	}
	return texts, nil
})

func grafanaObjects(in component.Input) ([]client.Object, error) {
	if !in.Platform.Spec.Monitoring.Grafana.Enabled {
		return nil, nil
	}
	files, err := provisioning(in)
	if err != nil {
		return nil, err
	}
	return []client.Object{
		component.ConfigMap(in, component.Monitoring, grafana, files),
		component.Service(in, component.Monitoring, grafana, false, component.ServicePort{Name: "http", Port: component.PortGrafana}),
		component.Stateless(in, grafanaPod(in, component.HashFiles(files)), component.Workload{Replicas: ptr[int32](1)}),
		component.Budget(in, component.Monitoring, grafana),
		component.Policy(in, component.Monitoring, grafana,
			[]component.Edge{{Peers: component.Parts(in.Platform, prometheus), Ports: []int32{component.PortGrafana}}},
			[]component.Edge{
				{Peers: component.Parts(in.Platform, prometheus), Ports: []int32{component.PortPrometheus}},
				{Peers: component.Parts(in.Platform, alertmanager), Ports: []int32{component.PortAlertmanager}},
			}),
	}, nil
}

func grafanaPod(in component.Input, config string) component.PodOptions {
	return component.PodOptions{
		Component: component.Monitoring, Part: grafana, User: grafanaUser,
		Annotations: map[string]string{component.AnnotationConfig: config},
		Containers: []corev1.Container{{
			Name: grafana, Image: in.Settings.Images.Grafana,
			Command:   []string{"/usr/share/grafana/bin/grafana"},
			Args:      []string{"server", "--homepath=/usr/share/grafana", "--config=/etc/grafana/grafana.ini"},
			Ports:     []corev1.ContainerPort{{Name: metricsPort, ContainerPort: component.PortGrafana, Protocol: corev1.ProtocolTCP}},
			Resources: small("50m", "96Mi", "512Mi"),
			VolumeMounts: []corev1.VolumeMount{
				{Name: "data", MountPath: "/var/lib/grafana"}, {Name: "tmp", MountPath: "/tmp"},
				{Name: "config", MountPath: "/etc/grafana", ReadOnly: true},
				{Name: "dashboards", MountPath: "/dashboards", ReadOnly: true},
			},
			LivenessProbe:  component.HTTP("/api/health", component.PortGrafana, 10, 12),
			ReadinessProbe: component.HTTP("/api/health", component.PortGrafana, 5, 3),
		}},
		Volumes: []corev1.Volume{
			component.EmptyDir("data", "1Gi"), component.EmptyDir("tmp", "64Mi"), provisioned(in), dashboardVolume(in),
		},
	}
}

// provisioned puts the files where Grafana looks for each.
func provisioned(in component.Input) corev1.Volume {
	v := component.FromConfig("config", component.Child(in.Platform, grafana))
	v.ConfigMap.Items = []corev1.KeyToPath{
		{Key: "grafana.ini", Path: "grafana.ini"},
		{Key: "datasources.yaml", Path: "provisioning/datasources/rentora.yaml"},
		{Key: "dashboards.yaml", Path: "provisioning/dashboards/rentora.yaml"},
	}
	return v
}

func dashboardVolume(in component.Input) corev1.Volume {
	var sources []corev1.VolumeProjection
	for _, d := range dashboards.All() {
		sources = append(sources, corev1.VolumeProjection{ConfigMap: &corev1.ConfigMapProjection{LocalObjectReference: corev1.LocalObjectReference{Name: dashboardName(in, d)}}})
	}
	return corev1.Volume{Name: "dashboards", VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: sources, DefaultMode: ptr[int32](0o444)}}}
}

// grafanaINI: who reaches the port, which nobody does but through the API server, may look and change nothing. There is no
// account and so no password.
const grafanaINI = `[server]
http_port = 3000
[paths]
data = /var/lib/grafana
logs = /var/lib/grafana/log
plugins = /var/lib/grafana/plugins
provisioning = /etc/grafana/provisioning
[log]
mode = console
[analytics]
reporting_enabled = false
check_for_updates = false
check_for_plugin_updates = false
[plugins]
preinstall_disabled = true
[security]
disable_initial_admin_creation = true
[auth]
disable_login_form = true
[auth.basic]
enabled = false
[auth.anonymous]
enabled = true
org_role = Viewer
[dashboards]
default_home_dashboard_path = /dashboards/rentora-overview.json
`

func provisioning(in component.Input) (map[string]string, error) {
	address := func(part string, port int) string {
		return "http://" + component.Host(in.Platform, part) + ":" + strconv.Itoa(port)
	}
	datasources, err := yaml.Marshal(settings{"apiVersion": 1, "datasources": []any{
		settings{"name": "Prometheus", "uid": "rentora-prometheus", "type": "prometheus", "access": "proxy", "isDefault": true, "editable": false,
			"url": address(prometheus, component.PortPrometheus), "jsonData": settings{"timeInterval": "15s", "manageAlerts": true, "alertmanagerUid": "rentora-alertmanager"}},
		settings{"name": "Alertmanager", "uid": "rentora-alertmanager", "type": "alertmanager", "access": "proxy", "editable": false,
			"url": address(alertmanager, component.PortAlertmanager), "jsonData": settings{"implementation": "prometheus"}},
	}})
	if err != nil {
		return nil, fmt.Errorf("datasources of Grafana: %w", err)
	}
	providers, err := yaml.Marshal(settings{"apiVersion": 1, "providers": []any{
		settings{"name": "rentora", "folder": "Rentora", "type": "file", "allowUiUpdates": false, "options": settings{"path": "/dashboards"}},
	}})
	if err != nil {
		return nil, fmt.Errorf("dashboards of Grafana: %w", err)
	}
	return map[string]string{"grafana.ini": grafanaINI, "datasources.yaml": string(datasources), "dashboards.yaml": string(providers)}, nil
}
