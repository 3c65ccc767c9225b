package dashboards

func operator() Dashboard {
	days := figure("Certificates", "s", "How long the certificates of the public addresses are still good. Below two weeks somebody should look.",
		`min by (host) (rentora_operator_certificate_expiry_seconds{@}) - time()`, Step{0, "red"}, Step{3 * 86400, "orange"}, Step{14 * 86400, "green"}).wide(8)
	days.Queries[0].Legend = "{{host}}"
	return Dashboard{
		Name: "operator", Title: "Operator",
		About: "What the operator sees and does, and how Prometheus and Alertmanager fare. At rest it writes nothing.",
		Rows: []Row{
			{Title: "Platforms", Panels: []Panel{
				yesNo("Platforms", "Whether every part is ready.", `max by (namespace, platform) (rentora_operator_platform_ready{@})`, "{{namespace}}/{{platform}}", "ready", "not ready").wide(8),
				yesNo("Migration", "The state that it is in.", `max by (state) (rentora_operator_migration{@}) == 1`, "{{state}}", "yes", "no").wide(4),
				figure("Paused", "short", "Platforms that the operator leaves as they are.", `sum(rentora_operator_paused{@})`, above(1)...).wide(4),
				days,
			}},
			{Title: "Work", Panels: []Panel{
				lines("Writes", "short", "Writes to the API server in ten minutes, by kind and verb. At rest there are none.",
					Query{`sum by (kind, verb) (increase(rentora_operator_writes_total{job="operator"}[10m]))`, "{{verb}} {{kind}}"}),
				lines("Passes", "short", "In ten minutes, by result.",
					Query{`sum by (result) (increase(rentora_operator_reconcile_seconds_count{job="operator"}[10m]))`, "{{result}}"}),
				durations("Time of a pass", `rentora_operator_reconcile_seconds_bucket{job="operator"}`),
				lines("Components", "short", "1 is ready. What goes up and down comes and goes.", Query{`max by (component) (rentora_operator_component_ready{@})`, "{{component}}"}),
				lines("Lag that the scaler reads", "short", "By group.", Query{`max by (group) (rentora_operator_lag{@})`, "{{group}}"}),
				lines("Workers that the scaler wants", "short", "By group.", Query{`max by (group) (rentora_operator_desired_replicas{@})`, "{{group}}"}),
				lines("Memory", "bytes", "Of the operator.", Query{`process_resident_memory_bytes{job="operator"}`, "resident"}),
				lines("Processor", "short", "Cores in use.", Query{`rate(process_cpu_seconds_total{job="operator"}[$__rate_interval])`, "cores"}),
			}},
			{Title: "Monitoring itself", Panels: []Panel{
				lines("Targets that do not answer", "short", "By part.", Query{`count by (job, part) (up{@} == 0)`, "{{job}} {{part}}"}),
				lines("Series", "short", "In Prometheus' memory. A jump: a label with too many values.", Query{`max(prometheus_tsdb_head_series{@})`, "series"}),
				lines("Failed notifications", "short", "Alerts that could not be handed over in an hour. Then nobody is told.",
					Query{`sum by (integration) (increase(alertmanager_notifications_failed_total{@}[1h])) > 0`, "{{integration}}"}),
			}},
		},
	}
}
