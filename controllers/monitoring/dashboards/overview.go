package dashboards

func overview() Dashboard {
	return Dashboard{
		Name: "overview", Title: "Overview",
		About: "Whether the platform keeps what it promises, and which part is to blame if not. Begin here.",
		Rows:  []Row{serviceLevels(), burnRates(), parts(), now()},
	}
}

func serviceLevels() Row {
	kept := " Over the last 30 days, or as long as Prometheus keeps its measurements."
	return Row{Title: "Service levels", Panels: []Panel{
		figure("Availability", "percentunit", "Requests that did not end with a fault of ours (5xx). The promise is 99.9 %."+kept,
			`1 - sum_over_time(rentora:api_errors:rate5m{@}[30d]) / sum_over_time(rentora:api_requests:rate5m{@}[30d])`, below(0.999)...).wide(6),
		figure("Error budget left", "percentunit", "What is left of the 0.1 % that may fail. Below zero the promise is broken: no risky changes."+kept,
			`1 - sum_over_time(rentora:api_errors:rate5m{@}[30d]) / sum_over_time(rentora:api_requests:rate5m{@}[30d]) / 0.001`,
			Step{0, "red"}, Step{0.1, "orange"}, Step{0.5, "green"}).wide(6),
		figure("Answered within 500 ms", "percentunit", "Requests answered in time. The promise is 99 %."+kept,
			`1 - sum_over_time(rentora:api_slow:rate5m{@}[30d]) / sum_over_time(rentora:api_requests:rate5m{@}[30d])`, below(0.99)...).wide(6),
		figure("Latency budget left", "percentunit", "What is left of the 1 % that may be slow."+kept,
			`1 - sum_over_time(rentora:api_slow:rate5m{@}[30d]) / sum_over_time(rentora:api_requests:rate5m{@}[30d]) / 0.01`,
			Step{0, "red"}, Step{0.1, "orange"}, Step{0.5, "green"}).wide(6),
	}}
}

func burnRates() Row {
	about := "How many times faster than planned the budget is spent; at 1 it lasts exactly a month. 14.4 for an hour wakes somebody."
	return Row{Title: "Burn rates", Panels: []Panel{
		lines("Errors", "short", about,
			Query{`rentora:api_errors:ratio_rate1h{@} / 0.001`, "1 hour"},
			Query{`rentora:api_errors:ratio_rate6h{@} / 0.001`, "6 hours"},
			Query{`rentora:api_errors:ratio_rate3d{@} / 0.001`, "3 days"}).warned(14.4).wide(12),
		lines("Latency", "short", about,
			Query{`rentora:api_slow:ratio_rate1h{@} / 0.01`, "1 hour"},
			Query{`rentora:api_slow:ratio_rate6h{@} / 0.01`, "6 hours"},
			Query{`rentora:api_slow:ratio_rate3d{@} / 0.01`, "3 days"}).warned(14.4).wide(12),
	}}
}

func parts() Row {
	alerts := figure("Alerts", "short", "Alerts that fire, by name. Each has a page in docs/runbooks.",
		`sum by (alertname, severity) (ALERTS{alertstate="firing"})`, above(1)...).wide(8)
	alerts.Queries[0].Legend = "{{alertname}} ({{severity}})"
	return Row{Title: "Parts", Panels: []Panel{
		yesNo("Components", "What the operator says of each part. The cause is in the platform's status.",
			`max by (component) (rentora_operator_component_ready{@})`, "{{component}}", "ready", "not ready").wide(16),
		alerts,
	}}
}

func now() Row {
	return Row{Title: "Now", Panels: []Panel{
		lines("Bookings per hour", "short", "What guests and hosts do. Nothing for long at a busy time is an alarm of its own.",
			Query{`sum by (event) (increase(rentora_booking_events_total{@}[1h]))`, "{{event}}"}),
		lines("Requests", "reqps", "Requests to the API, and those of them that fail.",
			Query{`rentora:api_requests:rate5m{@}`, "all"}, Query{`rentora:api_errors:rate5m{@}`, "5xx"}),
		lines("Oldest unpublished event", "s", "How long events wait for the relay. Above a minute somebody should look.",
			Query{`max(rentora_outbox_oldest_age_seconds{@})`, "outbox"}).warned(60),
		lines("Lag", "short", "Messages that wait for each group of workers.",
			Query{`rentora:consumer_lag:messages{@}`, "{{group}}"}).warned(500),
		lines("Internal errors", "short", "Errors that are our fault, in ten minutes, by where they happened.",
			Query{`sum by (source) (increase(rentora_errors_total{@}[10m]))`, "{{source}}"}),
		share("Room on volumes", "What is free on each volume. Below a fifth, storage.size should be raised.",
			Query{`min by (part) (rentora_volume_available_bytes{@} / rentora_volume_size_bytes{@})`, "{{part}}"}),
	}}
}
