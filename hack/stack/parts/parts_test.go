package parts

import (
	"slices"
	"strings"
	"testing"
)

func TestExternal(t *testing.T) {
	for _, p := range All() {
		t.Setenv(p.External, "")
	}
	if got := len(Started()); got != len(All()) {
		t.Errorf("%d parts are started, not %d", got, len(All()))
	}
	t.Setenv("RENTORA_STACK_REDIS_URL", "redis://elsewhere:6379/3")
	t.Setenv("RENTORA_STACK_KAFKA_BROKERS", "one:9092,two:9092")
	if wanted := Wanted(); slices.Contains(wanted, "redis") || slices.Contains(wanted, "kafka") || !slices.Contains(wanted, "postgres") {
		t.Errorf("wanted: %v", wanted)
	}
	a := Site{Ports: map[string]int{"postgres": 5555}}.Addresses()
	if a.RedisURL != "redis://elsewhere:6379/3" || !slices.Equal(a.KafkaBrokers, []string{"one:9092", "two:9092"}) {
		t.Errorf("addresses: %+v", a)
	}
	if !strings.Contains(a.DatabaseURL, "127.0.0.1:5555/rentora") {
		t.Errorf("our own database: %s", a.DatabaseURL)
	}
}

// TestExternalNeedsItsKeys wants all that is missing named at once.
func TestExternalNeedsItsKeys(t *testing.T) {
	t.Setenv("RENTORA_STACK_TYPESENSE_URL", "http://elsewhere:8108")
	t.Setenv("RENTORA_STACK_MINIO_URL", "http://elsewhere:9000")
	t.Setenv("RENTORA_STACK_MINIO_ACCESS_KEY", "key")
	err := CheckExternal()
	if err == nil {
		t.Fatal("keys are missing and nobody says so")
	}
	for _, want := range []string{"RENTORA_STACK_TYPESENSE_API_KEY", "RENTORA_STACK_MINIO_SECRET_KEY"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
	if strings.Contains(err.Error(), "MINIO_ACCESS_KEY") {
		t.Errorf("%v names a key that is set", err)
	}
}

// TestDurable wants flushing switched off for speed alone, and never in a durable stack.
func TestDurable(t *testing.T) {
	t.Parallel()
	fast, durable := Site{Data: "/d"}, Site{Data: "/d", Durable: true}
	if args := postgresCommand(durable).Args; slices.Contains(args, "fsync=off") || slices.Contains(args, "full_page_writes=off") {
		t.Errorf("a durable Postgres runs with %v", args)
	}
	if args := postgresCommand(fast).Args; !slices.Contains(args, "fsync=off") {
		t.Errorf("a fast Postgres runs with %v", args)
	}
	if args := redisCommand(durable).Args; !slices.Contains(args, "always") {
		t.Errorf("a durable Redis runs with %v", args)
	}
}

// TestLoopbackOnly wants no server to listen on another address.
func TestLoopbackOnly(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"postgres":  {"listen_addresses=127.0.0.1", "unix_socket_directories="},
		"redis":     {"--bind", "127.0.0.1"},
		"typesense": {"--api-address", "--peering-address", "127.0.0.1"},
		"minio":     {"--address", "--console-address", "127.0.0.1:1", "127.0.0.1:2"},
		"mail":      {"127.0.0.1:3", "127.0.0.1:4"},
	} {
		i := slices.IndexFunc(All(), func(p Part) bool { return p.Name == name })
		args := All()[i].Command(Site{Ports: map[string]int{"minio": 1, "minio-console": 2, "mail": 3, "mail-smtp": 4}}).Args
		for _, w := range want {
			if !slices.Contains(args, w) {
				t.Errorf("%s: %v lacks %s", name, args, w)
			}
		}
	}
}
