package dashboards

func api() Dashboard {
	return Dashboard{
		Name: "api", Title: "API",
		About: "Rate, errors and duration of every route, and what the API's processes use.",
		Rows: []Row{
			{Title: "All routes", Panels: []Panel{
				stacked("Requests by status", "reqps", "Answers per second, by status.",
					Query{`sum by (status) (rate(rentora_http_requests_total{@,job="api"}[$__rate_interval]))`, "{{status}}"}),
				share("Failures", "The part of the requests that ends with 5xx. The promise allows 0.1 %.",
					Query{`rentora:api_errors:ratio_rate5m{@}`, "5xx"}),
				durations("Duration", `rentora_http_request_seconds_bucket{@,job="api"}`).warned(0.5),
			}},
			{Title: "By route", Panels: []Panel{
				lines("Busiest routes", "reqps", "The ten routes with most requests.",
					Query{`topk(10, sum by (method, route) (rate(rentora_http_requests_total{@,job="api"}[$__rate_interval])))`, "{{method}} {{route}}"}),
				lines("Failing routes", "reqps", "Routes that answer with 5xx. Any is worth a look at /admin/errors.",
					Query{`topk(10, sum by (method, route) (rate(rentora_http_requests_total{@,job="api",status=~"5.."}[$__rate_interval])) > 0)`, "{{method}} {{route}}"}),
				lines("Slowest routes", "s", "The ten routes whose slowest twentieth is slowest.",
					Query{`topk(10, histogram_quantile(0.95, sum by (method, route, le) (rate(rentora_http_request_seconds_bucket{@,job="api"}[$__rate_interval]))))`, "{{method}} {{route}}"}).warned(0.5),
				lines("Refused by limits", "reqps", "Answers 429, by class of routes. Much of it is a client gone wild, or a limit that is too tight.",
					Query{`sum by (class) (rate(rentora_http_limited_total{@}[$__rate_interval]))`, "{{class}}"}),
				lines("Refused otherwise", "reqps", "Answers 4xx except 429, by status: what callers do wrong.",
					Query{`sum by (status) (rate(rentora_http_requests_total{@,job="api",status=~"4..",status!="429"}[$__rate_interval]))`, "{{status}}"}),
				stacked("Kept answers", "reqps", "Where public answers come from. Mostly made, and Redis or the cache group does not work.",
					Query{`sum by (cache, from) (rate(rentora_cache_requests_total{@}[$__rate_interval]))`, "{{cache}} {{from}}"}),
			}},
			{Title: "Processes", Panels: processes("api",
				lines("Requests being answered", "short", "At once, in each pod.", Query{`sum by (pod) (rentora_http_requests_in_flight{@,job="api"})`, "{{pod}}"}),
				lines("Connections to Postgres", "short", "Of each pod's pool, with its most.",
					Query{`sum by (pod, state) (rentora_db_pool_connections{@,job="api"})`, "{{pod}} {{state}}"},
					Query{`max(rentora_db_pool_connections_max{@,job="api"})`, "most"}),
				lines("Waits for a connection", "s", "Seconds that requests waited for a connection, per second. Above zero the pool is too small or statements are slow.",
					Query{`sum by (pod) (rate(rentora_db_pool_wait_seconds_total{@,job="api"}[$__rate_interval]))`, "{{pod}}"}))},
		},
	}
}

// durations draws three quantiles of a histogram.
func durations(title, buckets string) Panel {
	quantile := func(q, legend string) Query {
		return Query{`histogram_quantile(` + q + `, sum by (le) (rate(` + buckets + `[$__rate_interval])))`, legend}
	}
	return lines(title, "s", "How long half, 95 and 99 of a hundred take at most.", quantile("0.5", "p50"), quantile("0.95", "p95"), quantile("0.99", "p99"))
}

// processes draws what the processes of a job use.
func processes(job string, more ...Panel) []Panel {
	of := `{@,job="` + job + `"}`
	return append([]Panel{
		lines("Processor", "short", "Cores in use, by pod.", Query{`sum by (pod) (rate(process_cpu_seconds_total` + of + `[$__rate_interval]))`, "{{pod}}"}),
		lines("Memory", "bytes", "Resident memory, by pod.", Query{`sum by (pod) (process_resident_memory_bytes` + of + `)`, "{{pod}}"}),
		lines("Goroutines", "short", "Growing without end: something waits for ever.", Query{`sum by (pod) (go_goroutines` + of + `)`, "{{pod}}"}),
	}, more...)
}
