package monitoring

import (
	"fmt"
	"net"
	"strconv"

	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/controllers/component"
)

const (
	people     = "people"
	nobodyTold = "nobody"
)

// told tells whether alerts reach anybody.
func told(in component.Input) bool {
	return in.Platform.Spec.Monitoring.Alerts.EmailTo != "" || in.Secrets.Value(component.AlertsAuth, "url") != ""
}

// notifications gives the configuration of Alertmanager, for 0.25 and newer.
func notifications(in component.Input) (string, error) {
	receivers := []any{settings{"name": nobodyTold}}
	receiver := nobodyTold
	if told(in) {
		receiver = people
		receivers = append(receivers, humans(in))
	}
	text, err := yaml.Marshal(settings{
		"route": settings{
			"receiver": receiver, "group_by": []string{"alertname", "namespace", "platform"},
			"group_wait": "30s", "group_interval": "5m", "repeat_interval": "12h",
			"routes": []any{
				settings{"receiver": receiver, "matchers": []string{`severity="critical"`}, "group_wait": "10s", "repeat_interval": "1h"},
			},
		},
		"receivers": receivers, "inhibit_rules": inhibitions(),
	})
	if err != nil {
		return "", fmt.Errorf("configuration of Alertmanager: %w", err)
	}
	return string(text), nil
}

func humans(in component.Input) settings {
	r := settings{"name": people}
	if url := in.Secrets.Value(component.AlertsAuth, "url"); url != "" {
		r["webhook_configs"] = []any{settings{"url": url, "send_resolved": true}}
	}
	if to := in.Platform.Spec.Monitoring.Alerts.EmailTo; to != "" {
		r["email_configs"] = []any{email(in, to)}
	}
	return r
}

// email goes through the platform's mail server.
func email(in component.Input, to string) settings {
	mail := in.Platform.Spec.Mail
	user, password := in.Secrets.Value(component.MailAuth, "username"), in.Secrets.Value(component.MailAuth, "password")
	e := settings{
		"to": to, "from": mail.From, "smarthost": net.JoinHostPort(mail.Host, strconv.Itoa(int(mail.Port))), "send_resolved": true,
		// Alertmanager knows with and without, no "if it can": a server that wants a password can.
		"require_tls": mail.TLS == "required" || mail.TLS == "opportunistic" && user != "",
	}
	if user != "" {
		e["auth_username"], e["auth_password"] = user, password
	}
	return e
}

// inhibitions keep the consequences of what is known from being told as well.
func inhibitions() []any {
	platform := []string{"namespace", "platform"}
	one := []string{"alertname", "namespace", "platform", "part", "pod", "volume", "host", "group", "component"}
	return []any{
		inhibit(`severity="critical"`, `severity="warning"`, one...),
		inhibit(`alertname=~"APIDown|JobsGone|.+Down|TypesenseNotReady"`, `alertname="ComponentDown"`, append(platform, "component")...),
		inhibit(`alertname="PostgresDown"`, `alertname=~"API.+|ErrorsRise|OutboxStalls|JobsGone|ScheduledJobFails|ComponentDown"`, platform...),
		inhibit(`alertname="APIDown"`, `alertname=~"API.+Burns.+"`, platform...),
		inhibit(`alertname="KafkaDown"`, `alertname=~"OutboxStalls|ConsumerLagGrows"`, platform...),
		inhibit(`alertname="JobsGone"`, `alertname="OutboxStalls"`, platform...),
	}
}

func inhibit(source, target string, equal ...string) settings {
	return settings{"source_matchers": []string{source}, "target_matchers": []string{target}, "equal": equal}
}
