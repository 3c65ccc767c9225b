package v1alpha1_test

// creations are platforms and the sentences with which they are refused; none: taken.
var creations = []struct {
	name, is string
	refusals []string
}{
	{"the least", `{}`, nil},
	{"every choice at once", `
spec:
  version: 1.4.0-rc.1
  profile: ha
  cdnBaseURL: https://cdn.example.test
  gateway: {name: public, namespace: gateways, sectionName: https}
  tls: {issuerRef: {name: letsencrypt}}
  tracing: {otlpEndpoint: "http://otel.monitoring.svc:4318", samplePercent: 0}
  mail: {from: "Rentora <hello@rentora.example.test>", port: 25, tls: none, secretRef: {name: my-mail}}
  api: {autoscaling: {min: 2, max: 2, cpu: 60}, env: [{name: RENTORA_LOG_LEVEL, value: debug}, {name: TZ, value: UTC}]}
  workers: {groups: [{name: media, replicas: 0}, {name: notify, autoscaling: {min: 1, max: 6}}]}
  postgres: {parameters: {work_mem: 32MB, pg_stat_statements.track: all}, storage: {size: 10737418240, className: fast}}
  typesense: {replicas: 1}
  kafka: {partitions: 12}
  monitoring: {mode: None}
  images: {pullSecrets: [{name: registry}]}
`, nil},
	{"everything external", `
spec:
  postgres: {mode: External, secretRef: {name: my-postgres}}
  redis: {mode: External, secretRef: {name: my-redis}}
  typesense: {mode: External, url: "https://search.example.test", secretRef: {name: my-typesense}}
  objectStorage: {mode: External, endpoint: "https://s3.example.test", secretRef: {name: my-objects}}
  kafka: {mode: External, brokers: ["kafka.example.test:9092"]}
`, nil},
	{"a name that is too long", `{metadata: {name: a-platform-whose-name-goes-on-and-on}}`, []string{"metadata: Invalid value: metadata.name must have 32 characters at most: the names of all parts begin with it"}},
	{"a name that begins with a digit", `{metadata: {name: 1st}}`, []string{"metadata: Invalid value: metadata.name must begin with a letter and hold letters, digits and dashes alone: it becomes part of host names"}},
	{"a name with dots", `{metadata: {name: stay.here}}`, []string{"metadata: Invalid value: metadata.name must begin with a letter and hold letters, digits and dashes alone: it becomes part of host names"}},
	{"nothing said", `{spec: null}`, []string{"spec: Required value"}},
	{"no domain", `{spec: {domain: null}}`, []string{"spec.domain: Required value"}},
	{"an empty domain", `{spec: {domain: ""}}`, []string{`spec.domain: Invalid value: "": spec.domain in body should be at least 1 chars long`}},
	{"a domain with a scheme", `{spec: {domain: "https://rentora.example.test"}}`, []string{`spec.domain: Invalid value: "https://rentora.example.test": domain must be a host name in lower case, without scheme, port or path`}},
	{"a domain in upper case", `{spec: {domain: Rentora.example.test}}`, []string{`spec.domain: Invalid value: "Rentora.example.test": domain must be a host name in lower case, without scheme, port or path`}},
	{"no mail", `{spec: {mail: null}}`, []string{"spec.mail: Required value"}},
	{"a sender without an address", `{spec: {mail: {from: Rentora}}}`, []string{`spec.mail.from: Invalid value: "Rentora": mail.from must be a mail address`}},
	{"a mail port that does not exist", `{spec: {mail: {port: 70000}}}`, []string{"spec.mail.port: Invalid value: 70000: spec.mail.port in body should be less than or equal to 65535"}},
	{"a way of TLS that does not exist", `{spec: {mail: {tls: always}}}`, []string{`spec.mail.tls: Unsupported value: "always": supported values: "required", "opportunistic", "none"`}},
	{"a misspelt field", `{spec: {profil: dev}}`, []string{`unknown field "spec.profil"`}},
	{"a profile that does not exist", `{spec: {profile: production}}`, []string{`spec.profile: Unsupported value: "production": supported values: "dev", "standard", "ha"`}},
	{"a version that is no tag", `{spec: {version: "1.0+build"}}`, []string{`spec.version: Invalid value: "1.0+build": version must be usable as an image tag`}},
	{"an empty version", `{spec: {version: ""}}`, nil},
	{"ingress and gateway", `{spec: {ingress: {}, gateway: {name: public}}}`, []string{"spec: Invalid value: give ingress or gateway, not both"}},
	{"TLS of nothing", `{spec: {tls: {}}}`, []string{"spec.tls: Invalid value: tls needs secretName or issuerRef, one of them"}},
	{"TLS of both", `{spec: {tls: {secretName: a, issuerRef: {name: b}}}}`, []string{"spec.tls: Invalid value: tls needs secretName or issuerRef, one of them"}},
	{"a CDN without a scheme", `{spec: {cdnBaseURL: cdn.example.test}}`, []string{`spec.cdnBaseURL: Invalid value: "cdn.example.test": cdnBaseURL must be an http or https address`}},
	{"a CDN by FTP", `{spec: {cdnBaseURL: "ftp://cdn.example.test"}}`, []string{`spec.cdnBaseURL: Invalid value: "ftp://cdn.example.test": cdnBaseURL must be an http or https address`}},
	{"no CDN", `{spec: {cdnBaseURL: ""}}`, nil},
	{"a receiver of traces without a scheme", `{spec: {tracing: {otlpEndpoint: "otel:4317"}}}`, []string{`spec.tracing.otlpEndpoint: Invalid value: "otel:4317": otlpEndpoint must be an http or https address`}},
	{"replicas and autoscaling", `{spec: {api: {replicas: 2, autoscaling: {min: 1, max: 2}}}}`, []string{"spec.api: Invalid value: give api.replicas or api.autoscaling, not both"}},
	{"no replicas", `{spec: {api: {replicas: 0}}}`, []string{"spec.api.replicas: Invalid value: 0: spec.api.replicas in body should be greater than or equal to 1"}},
	{"autoscaling downwards", `{spec: {api: {autoscaling: {min: 3, max: 2}}}}`, []string{"spec.api.autoscaling: Invalid value: autoscaling.min must not be above autoscaling.max"}},
	{"replicas and autoscaling of the web", `{spec: {web: {replicas: 2, autoscaling: {min: 1, max: 2}}}}`, []string{"spec.web: Invalid value: give web.replicas or web.autoscaling, not both"}},
	{"no replicas of the web", `{spec: {web: {replicas: 0}}}`, []string{"spec.web.replicas: Invalid value: 0: spec.web.replicas in body should be greater than or equal to 1"}},
	{"no web", `{spec: {web: {enabled: false}}}`, nil},
	{"maps by a path", `{spec: {web: {mapStyleURL: /style.json}}}`, []string{`spec.web.mapStyleURL: Invalid value: "/style.json": web.mapStyleURL must be an http or https address`}},
	{"maps by FTP", `{spec: {web: {mapStyleURL: "ftp://maps.example.test"}}}`, []string{`spec.web.mapStyleURL: Invalid value: "ftp://maps.example.test": web.mapStyleURL must be an http or https address`}},
	{"maps from elsewhere", `{spec: {web: {mapStyleURL: "https://maps.example.test/style.json"}}}`, nil},
	{"a variable of somebody else", `{spec: {api: {env: [{name: DATABASE_URL, value: x}]}}}`, []string{"spec.api.env: Invalid value: api.env takes RENTORA_ variables, and TZ, GOMEMLIMIT, GOGC, GODEBUG and the proxies"}},
	{"a variable twice", `{spec: {api: {env: [{name: TZ}, {name: TZ}]}}}`, []string{`spec.api.env[1]: Duplicate value: {"name":"TZ"}`}},
	{"a worker group that does not exist", `{spec: {workers: {groups: [{name: mail}]}}}`, []string{`spec.workers.groups[0].name: Unsupported value: "mail": supported values: "notify", "media", "numbers", "search", "cache"`}},
	{"a worker group scaled twice", `{spec: {workers: {groups: [{name: media, replicas: 1, autoscaling: {min: 1, max: 2}}]}}}`, []string{"spec.workers.groups[0]: Invalid value: give replicas or autoscaling, not both"}},
	{"a worker group scaled downwards", `{spec: {workers: {groups: [{name: media, autoscaling: {min: 2, max: 1}}]}}}`, []string{"spec.workers.groups[0].autoscaling: Invalid value: autoscaling.min must not be above autoscaling.max"}},
	{"Postgres by CloudNativePG", `{spec: {postgres: {mode: CloudNativePG}}}`, []string{"spec.postgres: Invalid value: postgres.mode CloudNativePG does not exist yet: take Managed or External"}},
	{"Postgres outside without a Secret", `{spec: {postgres: {mode: External}}}`, []string{"spec.postgres: Invalid value: postgres.mode External needs secretRef: a Secret with url, and direct-url where a pooler stands between"}},
	{"a parameter that loses data", `{spec: {postgres: {parameters: {fsync: "off"}}}}`, []string{"spec.postgres.parameters: Invalid value: postgres.parameters may not set what the operator needs or what loses data: data_directory, hba_file, ident_file, listen_addresses, port, unix_socket_directories, fsync, full_page_writes, data_checksums"}},
	{"a parameter that is no name", `{spec: {postgres: {parameters: {"work mem": 1MB}}}}`, []string{"spec.postgres.parameters: Invalid value: postgres.parameters takes names as postgresql.conf has them: lower case letters, digits, underscores and dots"}},
	{"a volume that is no size", `{spec: {postgres: {storage: {size: ten}}}}`, []string{`spec.postgres.storage.size: Invalid value: "ten": spec.postgres.storage.size in body should match '^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$'`}},
	{"a volume of nothing", `{spec: {redis: {storage: {size: 0}}}}`, []string{"spec.redis.storage: Invalid value: storage.size must be above zero"}},
	{"Redis outside without a Secret", `{spec: {redis: {mode: External}}}`, []string{"spec.redis: Invalid value: redis.mode External needs secretRef: a Secret with url"}},
	{"Typesense outside without an address", `{spec: {typesense: {mode: External, secretRef: {name: my-typesense}}}}`, []string{"spec.typesense: Invalid value: typesense.mode External needs url and secretRef: a Secret with api-key"}},
	{"two nodes of Typesense", `{spec: {typesense: {replicas: 2}}}`, []string{"spec.typesense: Invalid value: typesense.replicas above 1 do not exist yet: take 1"}},
	{"three nodes of Typesense", `{spec: {typesense: {replicas: 3}}}`, []string{"spec.typesense: Invalid value: typesense.replicas above 1 do not exist yet: take 1"}},
	{"object storage outside without an address", `{spec: {objectStorage: {mode: External, secretRef: {name: my-objects}}}}`, []string{"spec.objectStorage: Invalid value: objectStorage.mode External needs endpoint and secretRef: a Secret with access-key and secret-key"}},
	{"an endpoint without a scheme", `{spec: {objectStorage: {mode: External, endpoint: "s3.example.test", secretRef: {name: my-objects}}}}`, []string{`spec.objectStorage.endpoint: Invalid value: "s3.example.test": objectStorage.endpoint must be an http or https address`}},
	{"Kafka by Strimzi", `{spec: {kafka: {mode: Strimzi}}}`, []string{"spec.kafka: Invalid value: kafka.mode Strimzi does not exist yet: take Managed or External"}},
	{"Kafka outside without brokers", `{spec: {kafka: {mode: External, brokers: []}}}`, []string{"spec.kafka: Invalid value: kafka.mode External needs brokers, as host:port"}},
	{"no partitions", `{spec: {kafka: {partitions: 0}}}`, []string{"spec.kafka.partitions: Invalid value: 0: spec.kafka.partitions in body should be greater than or equal to 1"}},
	{"monitoring by Prometheus' operator", `{spec: {monitoring: {mode: PrometheusOperator}}}`, []string{"spec.monitoring: Invalid value: monitoring.mode PrometheusOperator does not exist yet: take Managed or None"}},
}

// updates are changes and the sentences with which they are refused; none: taken.
var updates = []struct {
	name, was, becomes string
	refusals           []string
}{
	{"nothing changes", `{}`, `{}`, nil},
	{"a domain moves", `{}`, `{spec: {domain: other.example.test}}`, []string{"spec: Invalid value: domain cannot be changed: links in sent mails and signed photo addresses carry it (set allowDomainChange to true to do it all the same)"}},
	{"a domain moves on purpose", `{}`, `{spec: {domain: other.example.test, allowDomainChange: true}}`, nil},
	{"a volume grows", `{spec: {postgres: {storage: {size: 10Gi}}}}`, `{spec: {postgres: {storage: {size: 11Gi}}}}`, nil},
	{"a volume is said otherwise", `{spec: {postgres: {storage: {size: 1Gi}}}}`, `{spec: {postgres: {storage: {size: 1024Mi}}}}`, nil},
	{"a volume shrinks", `{spec: {postgres: {storage: {size: 10Gi}}}}`, `{spec: {postgres: {storage: {size: 9Gi}}}}`, []string{"spec.postgres.storage: Invalid value: storage.size can only grow: volumes cannot be made smaller"}},
	{"a volume in bytes shrinks", `{spec: {redis: {storage: {size: 10737418240}}}}`, `{spec: {redis: {storage: {size: 1Gi}}}}`, []string{"spec.redis.storage: Invalid value: storage.size can only grow: volumes cannot be made smaller"}},
	{"a volume gets a size", `{}`, `{spec: {postgres: {storage: {size: 50Gi}}}}`, nil},
	{"a volume falls back to the profile's size", `{spec: {postgres: {storage: {size: 50Gi}}}}`, `{}`, []string{"spec.postgres.storage: Invalid value: storage.size cannot be left out again: say the size that the volume has"}},
	{"the size of every volume is left out", `{spec: {redis: {storage: {size: 50Gi}}, typesense: {storage: {size: 50Gi}}, objectStorage: {storage: {size: 50Gi}}, kafka: {storage: {size: 50Gi}}, monitoring: {storage: {size: 50Gi}}}}`, `{}`, []string{
		"spec.kafka.storage: Invalid value: storage.size cannot be left out again: say the size that the volume has",
		"spec.monitoring.storage: Invalid value: storage.size cannot be left out again: say the size that the volume has",
		"spec.objectStorage.storage: Invalid value: storage.size cannot be left out again: say the size that the volume has",
		"spec.redis.storage: Invalid value: storage.size cannot be left out again: say the size that the volume has",
		"spec.typesense.storage: Invalid value: storage.size cannot be left out again: say the size that the volume has"}},
	{"a smaller profile, whose volumes stay as they are", `{spec: {profile: standard}}`, `{spec: {profile: dev}}`, nil},
	{"a volume gets another class", `{spec: {kafka: {storage: {className: fast}}}}`, `{spec: {kafka: {storage: {className: slow}}}}`, []string{"spec.kafka.storage: Invalid value: storage.className cannot be changed: a volume keeps the class it was made with"}},
	{"a volume gets a class", `{}`, `{spec: {objectStorage: {storage: {className: fast}}}}`, []string{"spec.objectStorage.storage: Invalid value: storage.className cannot be changed: a volume keeps the class it was made with"}},
	{"a volume loses its class", `{spec: {typesense: {storage: {className: fast}}}}`, `{}`, []string{"spec.typesense.storage: Invalid value: storage.className cannot be changed: a volume keeps the class it was made with"}},
	{"the volume of Prometheus shrinks", `{spec: {monitoring: {storage: {size: 2Gi}}}}`, `{spec: {monitoring: {storage: {size: 1Gi}}}}`, []string{"spec.monitoring.storage: Invalid value: storage.size can only grow: volumes cannot be made smaller"}},
	{"Postgres moves out", `{}`, `{spec: {postgres: {mode: External, secretRef: {name: my-postgres}}}}`, []string{"spec.postgres: Invalid value: postgres.mode decides where the data is: move the data, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"Postgres moves out on purpose", `{}`, `{spec: {postgres: {mode: External, acknowledgeModeChange: true, secretRef: {name: my-postgres}}}}`, nil},
	{"Postgres moves in by leaving it out", `{spec: {postgres: {mode: External, secretRef: {name: my-postgres}}}}`, `{}`, []string{"spec.postgres: Invalid value: postgres.mode decides where the data is: move the data, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"Postgres moves back with the word of the move before", `{spec: {postgres: {mode: External, acknowledgeModeChange: true, secretRef: {name: my-postgres}}}}`, `{spec: {postgres: {mode: Managed, acknowledgeModeChange: true}}}`, []string{"spec.postgres: Invalid value: postgres.mode decides where the data is: move the data, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"Postgres' word of the move is taken away", `{spec: {postgres: {mode: External, acknowledgeModeChange: true, secretRef: {name: my-postgres}}}}`, `{spec: {postgres: {mode: External, secretRef: {name: my-postgres}}}}`, nil},
	{"Postgres moves back with a word of its own", `{spec: {postgres: {mode: External, secretRef: {name: my-postgres}}}}`, `{spec: {postgres: {mode: Managed, acknowledgeModeChange: true}}}`, nil},
	{"everything moves with an old word", `{spec: {redis: {acknowledgeModeChange: true}, objectStorage: {acknowledgeModeChange: true}, kafka: {acknowledgeModeChange: true}}}`,
		`{spec: {redis: {mode: External, acknowledgeModeChange: true, secretRef: {name: a}}, objectStorage: {mode: External, acknowledgeModeChange: true, endpoint: "https://s3.example.test", secretRef: {name: a}}, kafka: {mode: External, acknowledgeModeChange: true, brokers: ["kafka:9092"]}}}`, []string{
			"spec.kafka: Invalid value: kafka.mode decides where events wait: let the workers catch up, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)",
			"spec.objectStorage: Invalid value: objectStorage.mode decides where the photographs are: move them, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)",
			"spec.redis: Invalid value: redis.mode decides where sessions are: set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"Redis moves out", `{}`, `{spec: {redis: {mode: External, secretRef: {name: my-redis}}}}`, []string{"spec.redis: Invalid value: redis.mode decides where sessions are: set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"Typesense may move: its index is made anew", `{}`, `{spec: {typesense: {mode: External, url: "https://search.example.test", secretRef: {name: my-typesense}}}}`, nil},
	{"objects move out", `{}`, `{spec: {objectStorage: {mode: External, endpoint: "https://s3.example.test", secretRef: {name: my-objects}}}}`, []string{"spec.objectStorage: Invalid value: objectStorage.mode decides where the photographs are: move them, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"Kafka moves out", `{}`, `{spec: {kafka: {mode: External, brokers: ["kafka:9092"]}}}`, []string{"spec.kafka: Invalid value: kafka.mode decides where events wait: let the workers catch up, then set acknowledgeModeChange to true with the change (one that is still true is of the change before: take it away first)"}},
	{"more partitions", `{}`, `{spec: {kafka: {partitions: 12}}}`, []string{"spec.kafka: Invalid value: kafka.partitions cannot be changed: events of one listing would move to another partition and lose their order"}},
	{"fewer partitions by leaving them out", `{spec: {kafka: {partitions: 12}}}`, `{}`, []string{"spec.kafka: Invalid value: kafka.partitions cannot be changed: events of one listing would move to another partition and lose their order"}},
	{"what was wrong already may stay", `{spec: {profile: production}}`, `{spec: {profile: production, paused: true}}`, nil},
}
