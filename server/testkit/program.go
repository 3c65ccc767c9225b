package testkit

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/hack/stack/stack"
)

// Program is the whole product as programs of its own, in a corner of the real servers that belongs to one test: database,
// key prefix, topics, collection, buckets. What was made goes when the test ends.
type Program struct {
	t       testing.TB
	DB      *pgxpool.Pool // the database behind the product
	Env     map[string]string
	MailURL string // of the catcher's page and API, which all tests share
	API     *Process
}

// NewProgram prepares and migrates a corner and runs nothing yet. The settings, name and value by turns
// ("RENTORA_BOOKING_PENDING_LIFE", "1s"), win over those that tests usually have.
func NewProgram(t testing.TB, settings ...string) *Program {
	t.Helper()
	p := &Program{t: t, DB: DB(t), MailURL: address(t, "RENTORA_STACK_MAIL_URL", func(a stack.Addresses) string { return a.MailURL })}
	p.Env = corner(t, p.DB.Config().ConnConfig.Database)
	for i := 0; i+1 < len(settings); i += 2 {
		p.Env[settings[i]] = settings[i+1]
	}
	p.API = p.process("api", p.Env["RENTORA_HTTP_ADDR"], nil, "api")
	return p
}

// StartProgram is NewProgram, then migrate, then the API.
func StartProgram(t testing.TB, settings ...string) *Program {
	t.Helper()
	p := NewProgram(t, settings...)
	p.Command("migrate")
	p.API.Start()
	return p
}

// Worker runs a worker with the groups, or all of them when none is named.
func (p *Program) Worker(groups ...string) *Process {
	p.t.Helper()
	address := freeAddress(p.t)
	env := map[string]string{"RENTORA_WORKER_ADDR": address}
	name := "worker"
	if len(groups) > 0 {
		env["RENTORA_WORKER_GROUPS"] = strings.Join(groups, ",")
		name += "-" + strings.Join(groups, "-")
	}
	w := p.process(name, address, env, "worker")
	w.Start()
	return w
}

// AnotherAPI runs a second API process on the same servers.
func (p *Program) AnotherAPI() *Process {
	p.t.Helper()
	address := freeAddress(p.t)
	a := p.process("api-2", address, map[string]string{"RENTORA_HTTP_ADDR": address, "RENTORA_HTTP_OPS_ADDR": freeAddress(p.t)}, "api")
	a.Start()
	return a
}

// Command runs rentora with arguments to its end and gives what it printed.
func (p *Program) Command(args ...string) string {
	p.t.Helper()
	path, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	var stdout, stderr bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = flat(p.Env, nil), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		p.t.Fatalf("rentora %s: %v\n%s%s", strings.Join(args, " "), err, &stdout, &stderr)
	}
	return stdout.String()
}

// OpsURL is where the API answers its operators: /livez, /readyz, /metrics.
func (p *Program) OpsURL() string { return "http://" + p.Env["RENTORA_HTTP_OPS_ADDR"] }

// BaseURL is where the contract's paths begin.
func (p *Program) BaseURL() string { return p.API.base + "/api/v1" }

func (p *Program) process(name, address string, env map[string]string, args ...string) *Process {
	one := &Process{t: p.t, name: name, args: args, env: flat(p.Env, env), base: "http://" + address, log: logPath(p.t, name)}
	p.t.Cleanup(one.end)
	return one
}

// corner is the environment of a product that shares nothing with another test's.
func corner(t testing.TB, database string) map[string]string {
	t.Helper()
	redis, kafka, typesense, s3 := Redis(t), Kafka(t), Typesense(t), S3(t)
	return programEnv(t, map[string]string{
		"RENTORA_DATABASE_URL": withDatabase(postgresURL(t), database),
		"RENTORA_REDIS_URL":    redis.URL, "RENTORA_REDIS_PREFIX": redis.Prefix,
		"RENTORA_KAFKA_BROKERS": strings.Join(kafka.Brokers, ","), "RENTORA_KAFKA_TOPIC_PREFIX": kafka.TopicPrefix,
		"RENTORA_KAFKA_PARTITIONS": fmt.Sprint(kafka.Partitions),
		"RENTORA_TYPESENSE_URL":    typesense.URL, "RENTORA_TYPESENSE_API_KEY": typesense.APIKey,
		"RENTORA_TYPESENSE_COLLECTION": typesense.Collection,
		"RENTORA_S3_ENDPOINT":          s3.Endpoint, "RENTORA_S3_ACCESS_KEY": s3.AccessKey, "RENTORA_S3_SECRET_KEY": s3.SecretKey,
		"RENTORA_S3_BUCKET_PREFIX": s3.BucketPrefix,
		"RENTORA_SMTP_ADDR":        address(t, "RENTORA_STACK_SMTP_ADDR", func(a stack.Addresses) string { return a.SMTPAddr }),
	})
}

// programEnv adds to the servers' settings those that tests usually have.
func programEnv(t testing.TB, servers map[string]string) map[string]string {
	t.Helper()
	api := freeAddress(t)
	env := map[string]string{
		"RENTORA_ENVIRONMENT": "test", "RENTORA_LOG_FORMAT": "json", "RENTORA_LOG_LEVEL": "info",
		"RENTORA_HTTP_ADDR": api, "RENTORA_HTTP_OPS_ADDR": freeAddress(t), "RENTORA_PUBLIC_URL": "http://" + api,
		"RENTORA_HTTP_LIMIT_READ": "0", "RENTORA_HTTP_LIMIT_SEARCH": "0", "RENTORA_HTTP_LIMIT_WRITE": "0", "RENTORA_HTTP_LIMIT_SIGN_IN": "0", "RENTORA_HTTP_LIMIT_UPLOAD": "0",
		"RENTORA_DATABASE_MAX_CONNS": "12", "RENTORA_SMTP_TLS": "none",
		"RENTORA_AUTH_BCRYPT_COST": "4", "RENTORA_AUTH_LOGIN_LIMIT": "10000",
		"RENTORA_AUTH_SIGNING_KEYS": secret(), "RENTORA_AUTH_SECRET_KEY": secret(),
		"PATH": os.Getenv("PATH"), "HOME": os.Getenv("HOME"), "TMPDIR": os.TempDir(), "TZ": "UTC",
	}
	maps.Copy(env, servers)
	return env
}

func secret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails, by its documentation
	return base64.StdEncoding.EncodeToString(raw[:])
}

func flat(env, more map[string]string) []string {
	all := maps.Clone(env)
	maps.Copy(all, more)
	list := make([]string, 0, len(all))
	for name, value := range all {
		list = append(list, name+"="+value)
	}
	return list
}
