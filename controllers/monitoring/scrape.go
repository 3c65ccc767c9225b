package monitoring

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/controllers/component"
)

// settings is a block of a configuration file. Its keys are written in the order of the alphabet.
type settings = map[string]any

// scraped are the ports on which parts have metrics.
var scraped = []int32{component.PortOps, component.PortObjects, component.PortMeasure, component.PortExporter, component.PortPrometheus,
	component.PortAlertmanager, component.PortGrafana}

// prometheusFiles gives the configuration and the rules.
func prometheusFiles(in component.Input) (map[string]string, error) {
	files, err := ruleFiles()
	if err != nil {
		return nil, err
	}
	config, err := yaml.Marshal(prometheusConfig(in))
	if err != nil {
		return nil, fmt.Errorf("configuration of Prometheus: %w", err)
	}
	files["prometheus.yml"] = string(config)
	return files, nil
}

// prometheusConfig holds for Prometheus 2.42 and for 3.
func prometheusConfig(in component.Input) settings {
	p := in.Platform
	jobs := []any{podJob(in)}
	if in.Facts.OperatorNamespace != "" {
		jobs = append(jobs, operatorJob(in))
	}
	return settings{
		"global": settings{
			"scrape_interval": "15s", "scrape_timeout": "10s", "evaluation_interval": "15s",
			// Alerts carry them; those about what is gone have no others.
			"external_labels": settings{"namespace": p.Namespace, "platform": p.Name},
		},
		"rule_files": []string{"/etc/prometheus/*.rules.yaml"},
		"alerting": settings{"alertmanagers": []any{settings{"static_configs": []any{
			settings{"targets": []string{component.Host(p, alertmanager) + ":" + strconv.Itoa(component.PortAlertmanager)}},
		}}}},
		"scrape_configs": jobs,
	}
}

// podJob scrapes every container port called metrics of the platform's pods.
func podJob(in component.Input) settings {
	const pod = "__meta_kubernetes_pod_"
	relabel := []any{
		keep(pod+"container_port_name", metricsPort),
		drop(pod+"container_init", "true"),
		drop(pod+"phase", "Pending|Succeeded|Failed"),
		copied(pod+"label_app_kubernetes_io_component", "job"),
		copied(pod+"label_app_kubernetes_io_name", "part"),
		copied(pod+"name", "pod"),
		copied(pod+"container_name", "container"),
		settings{"target_label": "namespace", "replacement": in.Platform.Namespace},
		settings{"target_label": "platform", "replacement": in.Platform.Name},
		// The measuring program beside a server answers at /metrics, whatever the server does.
		metricsPath("(?:"+otherPorts()+");(.+)", pod+"container_port_number", pod+"annotation_platform_rentora_io_metrics_path"),
	}
	for _, port := range scraped {
		number := strconv.Itoa(int(port))
		relabel = append(relabel, metricsPath(number+";(.+)", pod+"container_port_number", pod+"annotation_platform_rentora_io_metrics_path_"+number))
	}
	return settings{
		"job_name": "pods",
		"kubernetes_sd_configs": []any{settings{
			"role":       "pod",
			"namespaces": settings{"names": []string{in.Platform.Namespace}},
			"selectors":  []any{settings{"role": "pod", "label": component.LabelPlatform + "=" + in.Platform.Name}},
		}},
		"relabel_configs": relabel,
	}
}

// operatorJob scrapes the operator. What it says of other platforms is theirs; what names none is the operator's own.
func operatorJob(in component.Input) settings {
	own := regexp.QuoteMeta(in.Platform.Namespace) + ";" + regexp.QuoteMeta(in.Platform.Name)
	return settings{
		"job_name": "operator",
		"static_configs": []any{settings{"targets": []string{
			"rentora-operator-metrics." + in.Facts.OperatorNamespace + ".svc:" + strconv.Itoa(component.PortOperator),
		}}},
		"metric_relabel_configs": []any{
			settings{"action": "keep", "source_labels": []string{"namespace", "platform"}, "regex": own + "|;"},
		},
	}
}

func keep(label, regex string) settings {
	return settings{"action": "keep", "source_labels": []string{label}, "regex": regex}
}

func drop(label, regex string) settings {
	return settings{"action": "drop", "source_labels": []string{label}, "regex": regex}
}

func copied(from, to string) settings {
	return settings{"source_labels": []string{from}, "target_label": to}
}

func metricsPath(regex string, labels ...string) settings {
	return settings{"source_labels": labels, "regex": regex, "target_label": "__metrics_path__"}
}

// otherPorts matches the numbers of all ports but that of the measuring program. The regular expressions of Prometheus cannot
// say "not".
func otherPorts() string {
	var numbers []string
	for _, port := range scraped {
		if port != component.PortMeasure {
			numbers = append(numbers, strconv.Itoa(int(port)))
		}
	}
	return strings.Join(numbers, "|")
}
