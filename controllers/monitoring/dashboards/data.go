package dashboards

func data() Dashboard {
	return Dashboard{
		Name: "data", Title: "Data services",
		About: "Postgres, Redis, Typesense, MinIO and Kafka as they are run by the operator, and their volumes. External ones are not measured here.",
		Rows:  []Row{volumes(), postgres(), redis(), objects(), others()},
	}
}

func volumes() Row {
	return Row{Title: "Volumes", Panels: []Panel{
		share("Room", "What is free on each volume. Below a fifth, raise storage.size of the part.",
			Query{`min by (part, pod) (rentora_volume_available_bytes{@} / rentora_volume_size_bytes{@})`, "{{pod}}"}),
		lines("In use", "bytes", "What each part has written.",
			Query{`max by (part, pod) (rentora_volume_size_bytes{@} - rentora_volume_available_bytes{@})`, "{{pod}}"}),
		lines("Files that still fit", "short", "Free inodes. File systems that make them as needed say 0.",
			Query{`min by (part, pod) (rentora_volume_inodes_free{@})`, "{{pod}}"}),
	}}
}

func postgres() Row {
	return Row{Title: "Postgres", Panels: []Panel{
		lines("Connections", "short", "By state, with the most there may be.",
			Query{`sum by (state) (pg_stat_activity_count{@})`, "{{state}}"}, Query{`max(pg_settings_max_connections{@})`, "most"}),
		lines("Transactions", "ops", "Per second, by how they end.",
			Query{`sum(rate(pg_stat_database_xact_commit{@}[$__rate_interval]))`, "committed"},
			Query{`sum(rate(pg_stat_database_xact_rollback{@}[$__rate_interval]))`, "rolled back"}),
		share("Found in memory", "Blocks that were in the buffer cache. Below 95 % for long, Postgres wants more memory.",
			Query{`sum(rate(pg_stat_database_blks_hit{@}[$__rate_interval])) / (sum(rate(pg_stat_database_blks_hit{@}[$__rate_interval])) + sum(rate(pg_stat_database_blks_read{@}[$__rate_interval])))`, "hits"}),
		lines("Longest transaction", "s", "One that lasts for minutes keeps old rows from being cleaned up.",
			Query{`max(pg_stat_activity_max_tx_duration{@})`, "age"}),
		lines("Deadlocks", "short", "In an hour. The server repeats what lost.", Query{`sum by (datname) (increase(pg_stat_database_deadlocks{@}[1h]))`, "{{datname}}"}),
		lines("Size", "bytes", "Of each database.", Query{`max by (datname) (pg_database_size_bytes{@})`, "{{datname}}"}),
		lines("Temporary files", "Bps", "Bytes per second that did not fit into work_mem.", Query{`sum(rate(pg_stat_database_temp_bytes{@}[$__rate_interval]))`, "written"}),
		lines("Pools of the programs", "short", "Connections in use, by part.", Query{`sum by (part, state) (rentora_db_pool_connections{@})`, "{{part}} {{state}}"}),
		lines("Read replica", "s", "How far it is behind, where there is one.", Query{`max by (pod) (rentora_db_replica_age_seconds{@})`, "{{pod}}"}),
	}}
}

func redis() Row {
	return Row{Title: "Redis", Panels: []Panel{
		lines("Memory", "bytes", "In use, and the most it takes before it evicts.",
			Query{`max(redis_memory_used_bytes{@})`, "used"}, Query{`max(redis_memory_max_bytes{@})`, "most"}),
		lines("Commands", "ops", "Per second.", Query{`sum(rate(redis_commands_processed_total{@}[$__rate_interval]))`, "commands"}),
		share("Hits", "Reads that found their key.",
			Query{`sum(rate(redis_keyspace_hits_total{@}[$__rate_interval])) / (sum(rate(redis_keyspace_hits_total{@}[$__rate_interval])) + sum(rate(redis_keyspace_misses_total{@}[$__rate_interval])))`, "hits"}),
		lines("Clients", "short", "Connected.", Query{`max(redis_connected_clients{@})`, "clients"}),
		lines("Evicted keys", "short", "In an hour. Above zero for long, Redis wants more memory.", Query{`sum(increase(redis_evicted_keys_total{@}[1h]))`, "keys"}),
		lines("Keys", "short", "By database.", Query{`sum by (db) (redis_db_keys{@})`, "{{db}}"}),
	}}
}

func objects() Row {
	return Row{Title: "Object storage", Panels: []Panel{
		stacked("Requests", "reqps", "Per second, by what is asked.", Query{`sum by (api) (rate(minio_s3_requests_total{@}[$__rate_interval]))`, "{{api}}"}),
		lines("Failures", "reqps", "Answers 5xx per second, by what was asked.", Query{`sum by (api) (rate(minio_s3_requests_5xx_errors_total{@}[$__rate_interval]))`, "{{api}}"}),
		lines("Traffic", "Bps", "Bytes per second.",
			Query{`sum(rate(minio_s3_traffic_received_bytes{@}[$__rate_interval]))`, "received"}, Query{`sum(rate(minio_s3_traffic_sent_bytes{@}[$__rate_interval]))`, "sent"}),
		lines("Objects", "short", "As MinIO counted them last; it walks through them now and then.", Query{`max(minio_cluster_usage_object_total{@})`, "objects"}),
		lines("Stored", "bytes", "Likewise.", Query{`max(minio_cluster_usage_total_bytes{@})`, "bytes"}),
		lines("Refused logins", "reqps", "Requests whose signature did not fit.", Query{`sum(rate(minio_s3_requests_rejected_auth_total{@}[$__rate_interval]))`, "refused"}),
	}}
}

func others() Row {
	return Row{Title: "Typesense and Kafka", Panels: []Panel{
		lines("Memory of Typesense", "bytes", "The index lives in memory: near the limit, raise typesense.resources.",
			Query{`max(rentora_typesense_memory_active_bytes{@})`, "active"}, Query{`max(rentora_typesense_memory_resident_bytes{@})`, "resident"}),
		lines("Into Kafka", "ops", "Events per second that Kafka acknowledged.", Query{`sum(rate(rentora_events_published_total{@}[$__rate_interval]))`, "events"}),
		lines("Kafka's log", "bytes", "What Kafka keeps on its volume.",
			Query{`max(rentora_volume_size_bytes{@,part="kafka"} - rentora_volume_available_bytes{@,part="kafka"})`, "in use"}),
	}}
}
