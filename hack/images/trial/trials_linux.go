package trial

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rentora/rentora/hack/stack/kafka"
	"github.com/rentora/rentora/hack/stack/probe"
)

// trials say of each image what it must be able to do, and give what it is.
var trials = map[string]func(context.Context, *sandbox) (string, error){
	"server": tryServer, "web": tryWeb, "operator": tryOperator, "postgres": tryPostgres, "redis": tryRedis, "typesense": tryTypesense, "minio": tryMinIO,
	"kafka": tryKafka, "prometheus": tryPrometheus, "alertmanager": tryAlertmanager, "postgres-exporter": tryPostgresExporter,
	"redis-exporter": tryRedisExporter, "mailcatcher": tryMailcatcher,
}

// nothing is asked of a server of which it is enough that it answers.
func nothing() error { return nil }

// tryServer wants the settings shown; that some of them are missing is for the program to say.
func tryServer(_ context.Context, s *sandbox) (string, error) {
	_, err := s.run("/rentora", "config")
	if err == nil {
		return "", errors.New("it misses no settings")
	}
	if !strings.Contains(err.Error(), "RENTORA_DATABASE_URL") {
		return "", err
	}
	said, err := s.run("/rentora", "--help")
	return firstLine(said), err
}

// tryWeb wants the site to start without an API, and to say that it runs.
func tryWeb(ctx context.Context, s *sandbox) (string, error) {
	port := probe.FreePorts(1)[0]
	version, err := s.run("/usr/local/bin/node", "--version")
	if err != nil {
		return "", err
	}
	serve := []string{"/usr/local/bin/node", "-e", fmt.Sprintf("process.env.PORT=%d; import('/app/serve.mjs')", port)}
	return "serves the site by Node " + firstLine(version), s.while(ctx, serve,
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(port), "/healthz") }, nothing)
}

// tryOperator runs the side of it that needs no cluster.
func tryOperator(ctx context.Context, s *sandbox) (string, error) {
	port := probe.FreePorts(1)[0]
	return "measures a volume", s.while(ctx, []string{"/operator", "measure", "--listen", local(port), "--volume", "data=" + s.work},
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(port), "/metrics") }, nothing)
}

// tryPostgres makes a database and asks it, as the operator's scripts do, through the shell.
func tryPostgres(ctx context.Context, s *sandbox) (string, error) {
	const bin = "/usr/lib/postgresql/18/bin"
	data := filepath.Join(s.work, "data")
	if _, err := s.run("/bin/sh", "-euc", "initdb -D $0 -U postgres -A trust -E UTF8 --data-checksums --locale-provider=builtin "+
		"--builtin-locale=C.UTF-8 --locale=C >/dev/null; echo 'CREATE DATABASE rentora' | postgres --single -D $0 postgres", data); err != nil {
		return "", err
	}
	port := fmt.Sprint(probe.FreePorts(1)[0])
	server := []string{bin + "/postgres", "-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + s.work,
		"-c", "shared_preload_libraries=pg_stat_statements"}
	var said string
	err := s.while(ctx, server, func(context.Context) error {
		_, err := s.run(bin+"/pg_isready", "-h", s.work, "-p", port)
		return err
	}, func() (err error) {
		said, err = s.run(bin+"/psql", "-h", s.work, "-p", port, "-U", "postgres", "-d", "rentora", "-qAt", "-v", "ON_ERROR_STOP=1",
			"-c", "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm; CREATE EXTENSION pg_stat_statements", "-c", "SELECT version()")
		if err == nil {
			_, err = s.run(bin+"/pg_dump", "-h", s.work, "-p", port, "-U", "postgres", "-d", "rentora", "--schema-only")
		}
		return err
	})
	return firstLine(said), err
}

func tryRedis(ctx context.Context, s *sandbox) (string, error) {
	port := probe.FreePorts(1)[0]
	data, err := s.folder("data")
	if err != nil {
		return "", err
	}
	config, err := s.write("redis.conf", fmt.Sprintf("bind 127.0.0.1\nport %d\ndir %s\nappendonly yes\nsave \"\"\nmaxmemory 64mb\nmaxmemory-policy volatile-lru\n", port, data))
	if err != nil {
		return "", err
	}
	var said string
	err = s.while(ctx, []string{"/usr/local/bin/redis-server", config}, func(ctx context.Context) error { return probe.Redis(ctx, probe.Local(port)) }, func() (err error) {
		said, err = s.run("/bin/sh", "-c", "redis-cli -p $0 SET k v && redis-cli -p $0 INFO server | grep redis_version", fmt.Sprint(port))
		return err
	})
	_, version, _ := strings.Cut(said, "\n")
	return firstLine(version), err
}

func tryTypesense(ctx context.Context, s *sandbox) (string, error) {
	ports := probe.FreePorts(2)
	data, err := s.folder("index")
	if err != nil {
		return "", err
	}
	s.env = append(s.env, "TYPESENSE_API_KEY=trial")
	return "healthy", s.while(ctx, []string{"/opt/typesense-server", "--data-dir", data, "--api-address", "127.0.0.1", "--api-port", fmt.Sprint(ports[0]),
		"--peering-address", "127.0.0.1", "--peering-port", fmt.Sprint(ports[1]), "--enable-cors=false"},
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(ports[0]), "/health") }, nothing)
}

// bucketPolicy is of the kind that the operator gives the product's user.
const bucketPolicy = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::trial-*"]}]}`

// tryMinIO makes a user who may use some buckets and no others.
func tryMinIO(ctx context.Context, s *sandbox) (string, error) {
	ports := probe.FreePorts(2)
	data, err := s.folder("objects")
	if err != nil {
		return "", err
	}
	policy, err := s.write("policy.json", bucketPolicy)
	if err != nil {
		return "", err
	}
	s.env = append(s.env, "MINIO_ROOT_USER=trial", "MINIO_ROOT_PASSWORD=trial-password", "MINIO_BROWSER=off", "MINIO_UPDATE=off",
		"MC_HOST_root=http://trial:trial-password@"+local(ports[0]), "MC_HOST_user=http://someone:someones-password@"+local(ports[0]), "MC_CONFIG_DIR=/tmp/mc")
	return "makes users", s.while(ctx, []string{"/usr/bin/minio", "server", data, "--quiet", "--address", local(ports[0]), "--console-address", local(ports[1])},
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(ports[0]), "/minio/health/ready") }, func() error {
			_, err := s.run("/bin/sh", "-euc", "mc admin policy create root some $0; mc admin user add root someone someones-password; "+
				"mc admin policy attach root some --user someone; mc mb user/trial-one; mc cp $0 user/trial-one/file; ! mc mb user/other", policy)
			return err
		})
}

func tryKafka(ctx context.Context, s *sandbox) (string, error) {
	ports := probe.FreePorts(2)
	folder, err := s.folder("kafka")
	if err != nil {
		return "", err
	}
	if err := kafka.Configure(folder, probe.Local(ports[0]), ports[1]); err != nil {
		return "", err
	}
	if err := own(folder, s.user); err != nil {
		return "", err
	}
	java := "/opt/java/openjdk/bin/java"
	args := append([]string{java}, kafka.Arguments(folder, []string{"/opt/kafka/libs/*"}, "-Xshare:on")...)
	if err := s.while(ctx, args, func(ctx context.Context) error { return probe.Kafka(ctx, probe.Local(ports[0])) }, nothing); err != nil {
		return "", err
	}
	said, err := s.run(java, "--version")
	return firstLine(said), err
}

// own gives a folder with all in it to the user.
func own(folder string, user int) error {
	return filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, user, user)
	})
}

// tryPrometheus wants it to know Kubernetes.
func tryPrometheus(ctx context.Context, s *sandbox) (string, error) {
	port := probe.FreePorts(1)[0]
	config, err := s.write("prometheus.yml", "scrape_configs: [{job_name: pods, kubernetes_sd_configs: [{role: pod, namespaces: {names: [trial]}}]}]\n")
	if err != nil {
		return "", err
	}
	if _, err := s.run("/bin/promtool", "check", "config", "--syntax-only", config); err != nil {
		return "", err
	}
	if config, err = s.write("prometheus.yml", "scrape_configs: []\n"); err != nil {
		return "", err
	}
	data, err := s.folder("data")
	if err != nil {
		return "", err
	}
	err = s.while(ctx, []string{"/bin/prometheus", "--config.file", config, "--storage.tsdb.path", data, "--web.listen-address", local(port)},
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(port), "/-/ready") }, nothing)
	if err != nil {
		return "", err
	}
	said, err := s.run("/bin/prometheus", "--version")
	return firstLine(said), err
}

func tryAlertmanager(ctx context.Context, s *sandbox) (string, error) {
	port := probe.FreePorts(1)[0]
	config, err := s.write("alertmanager.yml", "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")
	if err != nil {
		return "", err
	}
	data, err := s.folder("data")
	if err != nil {
		return "", err
	}
	if _, err := s.run("/bin/amtool", "check-config", config); err != nil {
		return "", err
	}
	err = s.while(ctx, []string{"/bin/alertmanager", "--config.file", config, "--storage.path", data, "--web.listen-address", local(port), "--cluster.listen-address="},
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(port), "/-/ready") }, nothing)
	if err != nil {
		return "", err
	}
	said, err := s.run("/bin/alertmanager", "--version")
	return firstLine(said), err
}

// An exporter answers also while its server does not.
func tryPostgresExporter(ctx context.Context, s *sandbox) (string, error) {
	s.env = append(s.env, "DATA_SOURCE_NAME=postgresql://postgres@127.0.0.1:1/postgres?sslmode=disable")
	return tryExporter(ctx, s, "/bin/postgres_exporter")
}

func tryRedisExporter(ctx context.Context, s *sandbox) (string, error) {
	return tryExporter(ctx, s, "/redis_exporter")
}

func tryExporter(ctx context.Context, s *sandbox, program string) (string, error) {
	port := probe.FreePorts(1)[0]
	return "exports", s.while(ctx, []string{program, "--web.listen-address=" + local(port)},
		func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(port), "/metrics") }, nothing)
}

// tryMailcatcher needs its two ports free: they are fixed.
func tryMailcatcher(ctx context.Context, s *sandbox) (string, error) {
	if busy := slices.DeleteFunc([]int{1025, 8025}, probe.Free); len(busy) > 0 {
		return "", fmt.Errorf("the ports %v are taken by somebody else", busy)
	}
	return "takes mail", s.while(ctx, []string{"/mailcatcher"}, func(ctx context.Context) error {
		return errors.Join(probe.SMTP(ctx, probe.Local(1025)), probe.HTTP(ctx, probe.Local(8025), "/api/messages"))
	}, nothing)
}

func local(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}
