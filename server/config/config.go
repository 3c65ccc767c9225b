// Package config is the one struct of everything that can be configured, parsed once from the environment.
package config

import (
	"time"
)

// Config of every Rentora program. Environment variables carry the prefix RENTORA_ (DatabaseURL is RENTORA_DATABASE_URL).
// Fields marked secret are shown as "(set)" wherever the configuration is printed.
type Config struct {
	Environment string `env:"ENVIRONMENT" envDefault:"development" enum:"development,test,production" doc:"development relaxes nothing that guards data; it writes readable logs"`
	LogLevel    string `env:"LOG_LEVEL" envDefault:"info" enum:"debug,info,warn,error" doc:"the quietest level that is still written"`
	LogFormat   string `env:"LOG_FORMAT" envDefault:"auto" enum:"auto,json,text" doc:"auto is text on a terminal, else JSON"`
	Release     string `env:"RELEASE" envDefault:"development" doc:"name of this build in traces and error groups"`
	PublicURL   string `env:"PUBLIC_URL" envDefault:"http://127.0.0.1:8080" doc:"where people reach the web; links in mails start with it"`

	HTTP      HTTP      `envPrefix:"HTTP_"`
	Postgres  Postgres  `envPrefix:"DATABASE_"`
	Redis     Redis     `envPrefix:"REDIS_"`
	Cache     Cache     `envPrefix:"CACHE_"`
	Kafka     Kafka     `envPrefix:"KAFKA_"`
	Typesense Typesense `envPrefix:"TYPESENSE_"`
	S3        S3        `envPrefix:"S3_"`
	Mail      Mail      `envPrefix:"SMTP_"`
	Identity  Identity  `envPrefix:"AUTH_"`
	Booking   Booking   `envPrefix:"BOOKING_"`
	Worker    Worker    `envPrefix:"WORKER_"`
	Trace     Trace     `envPrefix:"TRACE_"`
	Errors    Errors    `envPrefix:"ERRORS_"`
}

// HTTP is the API's door.
type HTTP struct {
	Addr            string        `env:"ADDR" envDefault:"127.0.0.1:8080" doc:"address of the API"`
	OpsAddr         string        `env:"OPS_ADDR" envDefault:"127.0.0.1:8082" doc:"address of the API's /livez, /readyz with details and /metrics, for operators alone"`
	RequestTimeout  time.Duration `env:"REQUEST_TIMEOUT" envDefault:"10s" min:"100ms" max:"5m" doc:"after it a request's context is cancelled"`
	ReadTimeout     time.Duration `env:"READ_TIMEOUT" envDefault:"15s" min:"1s" max:"5m" doc:"how long a whole request, headers and body, may take to arrive"`
	DrainTime       time.Duration `env:"DRAIN_TIME" envDefault:"0s" min:"0s" max:"1m" doc:"how long an API that is told to stop still takes requests, and asks its clients to connect elsewhere"`
	ShutdownTimeout time.Duration `env:"SHUTDOWN_TIMEOUT" envDefault:"20s" min:"1s" max:"5m" doc:"how long running requests may finish after that"`
	BodyLimit       int           `env:"BODY_LIMIT" envDefault:"1048576" min:"1024" max:"33554432" doc:"bytes of a request's body"`
	AllowedOrigins  []string      `env:"ALLOWED_ORIGINS" doc:"origins beside PUBLIC_URL that browsers may call from"`
	TrustedProxies  []string      `env:"TRUSTED_PROXIES" doc:"addresses or CIDRs whose X-Forwarded-For is believed"`

	LimitRead   int `env:"LIMIT_READ" envDefault:"600" min:"0" max:"10000000" doc:"reading requests per minute of one account, or of one address without account; 0 is no limit"`
	LimitSearch int `env:"LIMIT_SEARCH" envDefault:"240" min:"0" max:"10000000" doc:"the same for searches and suggestions"`
	LimitWrite  int `env:"LIMIT_WRITE" envDefault:"120" min:"0" max:"10000000" doc:"the same for requests that change something, and, apart from them, ten times as much for the refreshes of one address"`
	LimitSignIn int `env:"LIMIT_SIGN_IN" envDefault:"30" min:"0" max:"10000000" doc:"the same for registration, mailed links and passwords, apart from them for the errors that browsers tell of, and ten times as much for the log-ins of one address"`
	LimitUpload int `env:"LIMIT_UPLOAD" envDefault:"60" min:"0" max:"10000000" doc:"the same for beginning and completing uploads"`
}

// Postgres holds everything that must not be lost.
type Postgres struct {
	URL            string        `env:"URL,required" secret:"true" doc:"postgres://user:password@host:port/database"`
	DirectURL      string        `env:"DIRECT_URL" secret:"true" doc:"the same database without a pooler between; URL when empty (advisory locks, migrations); another user there owns the tables when migrating, and lets that of URL in"`
	ReplicaURL     string        `env:"REPLICA_URL" secret:"true" doc:"a streaming replica for visitors' reads; the primary is read when it is empty, away or too far behind"`
	ReplicaMaxLag  time.Duration `env:"REPLICA_MAX_LAG" envDefault:"2s" min:"200ms" max:"1m" doc:"how far behind the replica may be"`
	MaxConns       int           `env:"MAX_CONNS" envDefault:"16" min:"2" max:"1000" doc:"size of the pool"`
	ConnectTimeout time.Duration `env:"CONNECT_TIMEOUT" envDefault:"5s" min:"100ms" max:"1m" doc:"for one connection"`
}

// Redis holds copies: sessions and counters.
type Redis struct {
	URL    string `env:"URL,required" secret:"true" doc:"redis://user:password@host:port/db"`
	Prefix string `env:"PREFIX" envDefault:"rentora:" doc:"starts every key"`
}

// Cache keeps answers that are the same for everybody.
type Cache struct {
	Mode  string `env:"MODE" envDefault:"process" enum:"off,redis,process" doc:"off makes every answer anew; redis keeps them there; process keeps them there and in the API"`
	Bytes int    `env:"BYTES" envDefault:"33554432" min:"1048576" max:"17179869184" doc:"what the answers kept in one API process may take up"`
}

// Kafka carries events.
type Kafka struct {
	Brokers     []string `env:"BROKERS,required" doc:"host:port, comma separated"`
	TopicPrefix string   `env:"TOPIC_PREFIX" envDefault:"rentora." doc:"starts every topic and consumer group"`
	Partitions  int      `env:"PARTITIONS" envDefault:"6" min:"1" max:"256" doc:"of topics that migrate creates"`
	Replication int      `env:"REPLICATION" envDefault:"1" min:"-1" max:"9" doc:"of topics that migrate creates; -1 is what the brokers say"`
	Username    string   `env:"USERNAME" doc:"of SASL SCRAM-SHA-512; empty: no log-in"`
	Password    string   `env:"PASSWORD" secret:"true" doc:"of USERNAME"`
	TLS         bool     `env:"TLS" doc:"speak TLS, and check that the brokers are who they say"`
}

// Typesense holds the search index.
type Typesense struct {
	URL        string        `env:"URL,required" doc:"http://host:port; several nodes comma separated"`
	APIKey     string        `env:"API_KEY,required" secret:"true" doc:"may search, index and manage collections of the prefix"`
	Collection string        `env:"COLLECTION" envDefault:"listings" doc:"name of the alias that searches go to"`
	Timeout    time.Duration `env:"TIMEOUT" envDefault:"3s" min:"100ms" max:"1m" doc:"of one search"`
}

// S3 holds photographs.
type S3 struct {
	Endpoint       string        `env:"ENDPOINT,required" doc:"http(s)://host:port as the server reaches it"`
	PublicEndpoint string        `env:"PUBLIC_ENDPOINT" doc:"http(s)://host:port as browsers reach it; ENDPOINT when empty"`
	AccessKey      string        `env:"ACCESS_KEY,required" secret:"true" doc:"access key"`
	SecretKey      string        `env:"SECRET_KEY,required" secret:"true" doc:"secret key"`
	Region         string        `env:"REGION" envDefault:"us-east-1" doc:"region that signatures name"`
	BucketPrefix   string        `env:"BUCKET_PREFIX" envDefault:"rentora-" doc:"starts the buckets originals and photos"`
	CDNBaseURL     string        `env:"CDN_BASE_URL" doc:"where finished photos are served from; the photos bucket when empty"`
	UploadLife     time.Duration `env:"UPLOAD_LIFE" envDefault:"15m" min:"1m" max:"24h" doc:"how long a presigned upload is good for"`
}

// Mail goes out by SMTP.
type Mail struct {
	Addr     string `env:"ADDR,required" doc:"host:port"`
	Username string `env:"USERNAME" doc:"empty: no log-in"`
	Password string `env:"PASSWORD" secret:"true" doc:"of USERNAME"`
	TLS      string `env:"TLS" envDefault:"opportunistic" enum:"none,opportunistic,required" doc:"STARTTLS"`
	From     string `env:"FROM" envDefault:"Rentora <hello@rentora.example>" doc:"sender of every mail"`
}

// Identity is sign-in.
type Identity struct {
	SigningKeys []string      `env:"SIGNING_KEYS,required" secret:"true" doc:"base64 of 32-byte Ed25519 seeds, comma separated: the first signs, all verify"`
	SecretKey   string        `env:"SECRET_KEY,required" secret:"true" doc:"base64 of 32 bytes or more; quotes, cursors and known browsers are signed with keys derived from it"`
	AccessLife  time.Duration `env:"ACCESS_LIFE" envDefault:"15m" min:"1s" max:"1h" doc:"of an access token"`
	RefreshLife time.Duration `env:"REFRESH_LIFE" envDefault:"168h" min:"1m" max:"2160h" doc:"of a refresh token"`
	LinkLife    time.Duration `env:"LINK_LIFE" envDefault:"24h" min:"1m" max:"168h" doc:"of a mailed link; a password reset has a quarter of it"`
	BcryptCost  int           `env:"BCRYPT_COST" envDefault:"12" min:"4" max:"16" doc:"12 at least outside of tests"`
	BcryptSlots int           `env:"BCRYPT_SLOTS" envDefault:"4" min:"1" max:"256" doc:"how many passwords are hashed at once"`
	LoginLimit  int           `env:"LOGIN_LIMIT" envDefault:"10" min:"1" max:"10000" doc:"failed log-ins per account and per address in 15 minutes"`
}

// Booking is the engine's patience.
type Booking struct {
	PendingLife time.Duration `env:"PENDING_LIFE" envDefault:"24h" min:"1s" max:"168h" doc:"how long a host may think about a request"`
	QuoteLife   time.Duration `env:"QUOTE_LIFE" envDefault:"15m" min:"1s" max:"24h" doc:"how long a quote holds"`
}

// Worker is the background program.
type Worker struct {
	Addr           string        `env:"ADDR" envDefault:"127.0.0.1:8081" doc:"address of /livez, /readyz and /metrics"`
	Groups         []string      `env:"GROUPS" envDefault:"relay,scheduler,notify,media,numbers,search,cache" doc:"parts that this process runs"`
	HandlerTimeout time.Duration `env:"HANDLER_TIMEOUT" envDefault:"30s" min:"100ms" max:"10m" doc:"deadline of one event's handler"`
	MediaSlots     int           `env:"MEDIA_SLOTS" envDefault:"2" min:"1" max:"64" doc:"images processed at once"`

	RetryDelays []time.Duration `env:"RETRY_DELAYS" envDefault:"10s,1m,10m" doc:"how long a failed event waits in each of the three retry topics"`

	Keep Keep `envPrefix:"KEEP_"`
}

// Keep says for how long the worker keeps what is done with.
type Keep struct {
	Outbox      time.Duration `env:"OUTBOX" envDefault:"72h" min:"1h" max:"8760h" doc:"events after they were published"`
	Inbox       time.Duration `env:"INBOX" envDefault:"336h" min:"168h" max:"8760h" doc:"which events were handled; longer than Kafka keeps messages"`
	Keys        time.Duration `env:"KEYS" envDefault:"48h" min:"1h" max:"8760h" doc:"first answers to idempotency keys"`
	Mails       time.Duration `env:"MAILS" envDefault:"2160h" min:"336h" max:"87600h" doc:"notes of mails that were sent"`
	DeadLetters time.Duration `env:"DEAD_LETTERS" envDefault:"2160h" min:"1h" max:"87600h" doc:"dead letters that were retried or discarded"`
	Uploads     time.Duration `env:"UPLOADS" envDefault:"24h" min:"24h" max:"8760h" doc:"uploads that nobody completed, and objects that no upload needs"`
}

// Trace sends the way of requests through the programs to a receiver of OpenTelemetry.
type Trace struct {
	OTLPEndpoint string  `env:"OTLP_ENDPOINT" doc:"http(s)://host:port of an OTLP/HTTP receiver; traces are off when empty"`
	SampleRatio  float64 `env:"SAMPLE_RATIO" envDefault:"1" min:"0" max:"1" doc:"part of the traces begun here that is recorded"`
}

// Errors sends samples of internal errors to a server beside our own table.
type Errors struct {
	SentryDSN string `env:"SENTRY_DSN" secret:"true" doc:"https://key@host/project of a server that speaks Sentry's protocol; none when empty"`
}
