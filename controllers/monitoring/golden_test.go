package monitoring_test

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/monitoring"
)

// brief leaves out of the manifests what is committed as files of its own: dashboards and rules.
type brief struct{ component.Component }

func (b brief) Desired(in component.Input) ([]client.Object, error) {
	objects, err := b.Component.Desired(in)
	for _, o := range objects {
		if c, ok := o.(*corev1.ConfigMap); ok {
			for name := range c.Data {
				if name != "prometheus.yml" && (c.Name == "stay-prometheus" || c.Labels["grafana_dashboard"] != "") {
					c.Data[name] = "…"
				}
			}
		}
	}
	return objects, err
}

// withEverything runs Grafana and tells people.
func withEverything(in component.Input) component.Input {
	in.Platform = in.Platform.DeepCopy()
	in.Platform.Spec.Monitoring.Grafana.Enabled = true
	in.Platform.Spec.Monitoring.Alerts.EmailTo = "night@rentora.example.test"
	in.Secrets[component.AlertsAuth] = component.Secret{Name: "my-alerts", Data: map[string][]byte{"url": []byte("https://alerts.example.test/hook?key=golden")}}
	return in
}

type everything struct{ brief }

func (e everything) Desired(in component.Input) ([]client.Object, error) {
	if in.Platform.Spec.Profile == "ha" {
		in = withEverything(in)
	}
	return e.brief.Desired(in)
}

// The profile ha is shown with Grafana and receivers, the others without.
func TestGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, everything{brief{monitoring.New()}})
}
