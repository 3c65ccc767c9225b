// Package monitoring watches a platform: Prometheus measures all parts, Alertmanager tells people, Grafana shows both.
package monitoring

import (
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// The parts of the component.
const (
	prometheus   = "prometheus"
	alertmanager = "alertmanager"
	grafana      = "grafana"
)

// metricsPort is the name of the container ports that Prometheus scrapes.
const metricsPort = "metrics"

type watch struct{}

// New gives the component.
func New() component.Component { return watch{} }

func (watch) Name() string { return component.Monitoring }

func (watch) After() []string { return []string{component.Access} }

func (watch) Desired(in component.Input) ([]client.Object, error) {
	if off(in) {
		return nil, nil
	}
	var all []client.Object
	for _, part := range []func(component.Input) ([]client.Object, error){prometheusObjects, alertmanagerObjects, dashboardObjects, grafanaObjects} {
		objects, err := part(in)
		if err != nil {
			return nil, err
		}
		all = append(all, objects...)
	}
	return all, nil
}

func (watch) Next(in component.Input, o component.Observed) []component.Action {
	if off(in) {
		return nil
	}
	return component.Grow(in, o, prometheus, in.Settings.Prometheus)
}

func (watch) Ready(in component.Input, o component.Observed) component.Readiness {
	if off(in) {
		return component.Off("Nobody watches: monitoring.mode is None.")
	}
	verdicts := []component.Readiness{component.JudgeData(in, o, prometheus), component.JudgeDeployment(in, o, alertmanager)}
	if in.Platform.Spec.Monitoring.Grafana.Enabled {
		verdicts = append(verdicts, component.JudgeDeployment(in, o, grafana))
	}
	worst := component.Worst(verdicts...)
	if worst.Ready() && !told(in) {
		return component.Good("Prometheus and Alertmanager run, but alerts reach nobody: monitoring.alerts names no receiver.")
	}
	return worst
}

func off(in component.Input) bool { return in.Platform.Spec.Monitoring.Mode == v1alpha1.NoMonitoring }
