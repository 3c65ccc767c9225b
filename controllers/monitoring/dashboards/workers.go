package dashboards

func workers() Dashboard {
	return Dashboard{
		Name: "workers", Title: "Workers",
		About: "The way of an event: outbox, relay, Kafka, groups, retries, dead letters; and the scheduler's jobs.",
		Rows:  []Row{outbox(), groups(), failures(), jobs()},
	}
}

// Every worker measures the outbox, and every worker of a group its lag and dead letters: max, not sum.
func outbox() Row {
	return Row{Title: "Outbox and relay", Panels: []Panel{
		lines("Unpublished events", "short", "Rows that wait for the relay. Growing: no relay runs, or Kafka is away.",
			Query{`max(rentora_outbox_unpublished{@})`, "rows"}),
		lines("Oldest unpublished event", "s", "Above a minute somebody should look.",
			Query{`max(rentora_outbox_oldest_age_seconds{@})`, "age"}).warned(60),
		stacked("Published", "short", "Events per second that Kafka acknowledged, by topic.",
			Query{`sum by (topic) (rate(rentora_events_published_total{@}[$__rate_interval]))`, "{{topic}}"}),
	}}
}

func groups() Row {
	return Row{Title: "Groups", Panels: []Panel{
		lines("Lag", "short", "Messages that wait for each group.", Query{`rentora:consumer_lag:messages{@}`, "{{group}}"}).warned(500),
		lines("Workers wanted", "short", "How many workers the operator's scaler wants for each group.",
			Query{`max by (group) (rentora_operator_desired_replicas{@})`, "{{group}}"}),
		stacked("Handled", "short", "Deliveries per second, by group and result.",
			Query{`sum by (group, result) (rate(rentora_events_handled_total{@}[$__rate_interval]))`, "{{group}} {{result}}"}),
		lines("Age when handled", "s", "From what happened to the end of its handling, for 95 of a hundred.",
			Query{`histogram_quantile(0.95, sum by (group, le) (rate(rentora_event_age_seconds_bucket{@}[$__rate_interval])))`, "{{group}}"}),
		lines("Time of a handler", "s", "One call, for 95 of a hundred, by group and type.",
			Query{`histogram_quantile(0.95, sum by (group, type, le) (rate(rentora_event_handler_seconds_bucket{@}[$__rate_interval])))`, "{{group}} {{type}}"}),
		lines("Pictures", "short", "Pictures processed per second, by result.",
			Query{`sum by (result) (rate(rentora_media_processed_total{@}[$__rate_interval]))`, "{{result}}"}),
	}}
}

func failures() Row {
	return Row{Title: "Failures", Panels: []Panel{
		lines("Dead letters", "short", "Events that were given up and that nobody has retried or discarded: /admin/dead-letters.",
			Query{`max by (group) (rentora_dead_letters{@})`, "{{group}}"}).warned(1),
		lines("Retries", "short", "Events per second that moved to a retry topic; tier 3 waits ten minutes.",
			Query{`sum by (group, tier) (rate(rentora_retries_total{@}[$__rate_interval]))`, "{{group}} tier {{tier}}"}),
		lines("Longest in retry", "s", "How long ago the event that waits longest in a retry topic failed first.",
			Query{`max by (group) (rentora_retry_oldest_age_seconds{@})`, "{{group}}"}),
		lines("Past the deadline", "short", "Calls per second that did not end by their deadline.",
			Query{`sum by (group, type) (rate(rentora_handler_timeouts_total{@}[$__rate_interval]))`, "{{group}} {{type}}"}),
		lines("Abandoned handlers", "short", "Handlers that ignored their deadline and still run. At 16 the pod is restarted.",
			Query{`sum by (group, pod) (rentora_handlers_abandoned{@})`, "{{group}} {{pod}}"}).warned(16),
		lines("Internal errors", "short", "Errors in ten minutes, by pod: /admin/errors has them grouped.",
			Query{`sum by (pod) (increase(rentora_errors_total{@,source="worker"}[10m]))`, "{{pod}}"}),
	}}
}

func jobs() Row {
	return Row{Title: "Scheduler and processes", Panels: []Panel{
		lines("Failed runs of jobs", "short", "In an hour, by job.",
			Query{`sum by (exported_job) (increase(rentora_jobs_total{@,result="error"}[1h])) > 0`, "{{exported_job}}"}),
		lines("Runs of jobs", "short", "In an hour, by job. A job that is missing does not run.",
			Query{`sum by (exported_job) (increase(rentora_jobs_total{@,result="done"}[1h]))`, "{{exported_job}}"}),
		lines("Swept rows", "short", "Old rows deleted in an hour, by table.",
			Query{`sum by (table) (increase(rentora_swept_rows_total{@}[1h]))`, "{{table}}"}),
		lines("Memory", "bytes", "Resident memory, by pod.",
			Query{`sum by (pod) (process_resident_memory_bytes{@,job=~"jobs|workers"})`, "{{pod}}"}),
		lines("Processor", "short", "Cores in use, by pod.",
			Query{`sum by (pod) (rate(process_cpu_seconds_total{@,job=~"jobs|workers"}[$__rate_interval]))`, "{{pod}}"}),
		lines("Time of a picture", "s", "To process one, for 95 of a hundred.",
			Query{`histogram_quantile(0.95, sum by (le) (rate(rentora_media_processing_seconds_bucket{@}[$__rate_interval])))`, "p95"}),
	}}
}
