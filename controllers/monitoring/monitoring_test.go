package monitoring_test

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/monitoring"
	"github.com/rentora/rentora/controllers/monitoring/dashboards"
)

func TestNone(t *testing.T) {
	t.Parallel()
	p := golden.Platform(v1alpha1.Dev)
	p.Spec.Monitoring.Mode = v1alpha1.NoMonitoring
	in := golden.Input(p)
	c := monitoring.New()
	objects, err := c.Desired(in)
	if err != nil || len(objects) > 0 {
		t.Errorf("%d objects, %v", len(objects), err)
	}
	if r := c.Ready(in, component.Observed{}); r.State != component.IsOff {
		t.Errorf("%+v", r)
	}
	if steps := c.Next(in, component.Observed{}); steps != nil {
		t.Errorf("%+v", steps)
	}
}

// files gives what a ConfigMap or Secret of the component holds.
func files(t *testing.T, in component.Input, name string) map[string]string {
	t.Helper()
	objects, err := monitoring.New().Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, o := range objects {
		if o.GetName() != name {
			continue
		}
		switch v := o.(type) {
		case *corev1.ConfigMap:
			for key, text := range v.Data {
				found[key] = text
			}
		case *corev1.Secret:
			for key, text := range v.Data {
				found[key] = string(text)
			}
		}
	}
	if len(found) == 0 {
		t.Fatalf("there are no files in %s", name)
	}
	return found
}

func TestDashboardsAreShown(t *testing.T) {
	t.Parallel()
	for _, d := range dashboards.All() {
		want, err := d.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if got := files(t, golden.Input(golden.Platform(v1alpha1.Dev)), "stay-dashboard-"+d.Name)[d.File()]; got != want {
			t.Errorf("the ConfigMap of %s holds another dashboard", d.Name)
		}
	}
}

type receiver struct {
	Name    string           `json:"name"`
	Webhook []map[string]any `json:"webhook_configs"`
	Email   []map[string]any `json:"email_configs"`
}

// notified gives the receiver that the route names.
func notified(t *testing.T, in component.Input) receiver {
	t.Helper()
	var config struct {
		Route     struct{ Receiver string } `json:"route"`
		Receivers []receiver                `json:"receivers"`
	}
	if err := yaml.Unmarshal([]byte(files(t, in, "stay-alertmanager")["alertmanager.yml"]), &config); err != nil {
		t.Fatal(err)
	}
	for _, r := range config.Receivers {
		if r.Name == config.Route.Receiver {
			return r
		}
	}
	t.Fatalf("the route names %q, which is no receiver", config.Route.Receiver)
	return receiver{}
}

func TestReceivers(t *testing.T) {
	t.Parallel()
	plain := golden.Input(golden.Platform(v1alpha1.Dev))
	if r := notified(t, plain); r.Webhook != nil || r.Email != nil {
		t.Errorf("nobody is named and somebody is told: %+v", r)
	}
	r := notified(t, withEverything(plain))
	if len(r.Webhook) != 1 || r.Webhook[0]["url"] != "https://alerts.example.test/hook?key=golden" {
		t.Errorf("webhook: %+v", r.Webhook)
	}
	if len(r.Email) != 1 || r.Email[0]["smarthost"] != "mail.example.test:587" || r.Email[0]["auth_password"] != "golden-mail-password" {
		t.Errorf("mail: %+v", r.Email)
	}
}

func TestMailTLS(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode  string
		login bool
		want  bool
	}{
		{"required", true, true}, {"required", false, true}, {"opportunistic", true, true}, {"opportunistic", false, false}, {"none", true, false},
	} {
		in := withEverything(golden.Input(golden.Platform(v1alpha1.Dev)))
		in.Platform.Spec.Mail.TLS = c.mode
		if !c.login {
			delete(in.Secrets, component.MailAuth)
		}
		if got := notified(t, in).Email[0]["require_tls"]; got != c.want {
			t.Errorf("%s, login %v: require_tls is %v", c.mode, c.login, got)
		}
	}
}

// Which pods and names there are must not depend on where the operator runs; without its namespace it is not scraped.
func TestOperatorNamespaceUnknown(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	in.Facts.OperatorNamespace = ""
	if text := files(t, in, "stay-prometheus")["prometheus.yml"]; strings.Contains(text, "rentora-operator-metrics") {
		t.Errorf("an address without a namespace:\n%s", text)
	}
}
