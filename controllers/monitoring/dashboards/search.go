package dashboards

func search() Dashboard {
	return Dashboard{
		Name: "search", Title: "Search",
		About: "What visitors look for and how quickly they are answered, and whether the index agrees with the database.",
		Rows: []Row{
			{Title: "Searches", Panels: []Panel{
				stacked("Searches by result", "reqps", "That reached the index; answers from a cache are not among them.",
					Query{`sum by (result) (rate(rentora_searches_total{@}[$__rate_interval]))`, "{{result}}"}),
				share("Without a result", "Searches that found nothing. A sudden rise: listings are missing from the index.",
					Query{`sum(rate(rentora_searches_total{@,result="none"}[$__rate_interval])) / sum(rate(rentora_searches_total{@}[$__rate_interval]))`, "none"}),
				share("Failed", "Searches that the index did not answer.",
					Query{`sum(rate(rentora_searches_total{@,result="error"}[$__rate_interval])) / sum(rate(rentora_searches_total{@}[$__rate_interval]))`, "error"}).warned(0.5),
				lines("Duration by kind", "s", "For 95 of a hundred: with words (text), without (filter), suggestions (places).",
					Query{`histogram_quantile(0.95, sum by (kind, le) (rate(rentora_search_seconds_bucket{@}[$__rate_interval])))`, "{{kind}}"}),
				durations("Duration", `rentora_search_seconds_bucket{@}`),
				stacked("Kept results", "reqps", "Where pages of results come from.",
					Query{`sum by (from) (rate(rentora_cache_requests_total{@,cache="search"}[$__rate_interval]))`, "{{from}}"}),
			}},
			{Title: "Index", Panels: []Panel{
				lines("Differences from the database", "short", "Of the last hourly comparison, which repaired them. Above zero twice, an event was lost.",
					Query{`max by (kind) (rentora_search_drift_documents{@})`, "{{kind}}"}),
				lines("Lag of the group", "short", "Changes of listings that are not in the index yet.",
					Query{`rentora:consumer_lag:messages{@,group="search"}`, "messages"}).warned(500),
				lines("From change to index", "s", "Age of an event at the end of its handling, for 95 of a hundred.",
					Query{`histogram_quantile(0.95, sum by (le) (rate(rentora_event_age_seconds_bucket{@,group="search"}[$__rate_interval])))`, "p95"}),
				lines("Memory of Typesense", "bytes", "The index lives in memory.", Query{`max(rentora_typesense_memory_active_bytes{@})`, "active"}),
				yesNo("Typesense", "What the operator says. After a restart the index is loaded for some minutes.",
					`max(rentora_operator_component_ready{@,component="typesense"})`, "typesense", "ready", "not ready").wide(8),
				lines("Handled by the group", "short", "Deliveries per second, by result.",
					Query{`sum by (result) (rate(rentora_events_handled_total{@,group="search"}[$__rate_interval]))`, "{{result}}"}),
			}},
		},
	}
}
