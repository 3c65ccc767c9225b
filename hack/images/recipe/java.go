package recipe

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"time"

	"github.com/rentora/rentora/hack/cluster/image"
	"github.com/rentora/rentora/hack/stack/fetch"
)

// These stand for the virtual machine: its parts come in the second, and the first runs what joins them.
const (
	javaRuntime = "openjdk-17-jre-headless"
	javaParts   = "openjdk-17-jdk-headless"
	javaHome    = "/opt/java/openjdk"
)

// javaModules are those that the broker and the tools beside it use; its log wants java.beans, which is in java.desktop, whose
// libraries for screens and printers stay out.
const javaModules = "java.base,java.desktop,java.logging,java.management,java.naming,java.security.jgss,java.security.sasl,java.sql,java.xml," +
	"jdk.crypto.ec,jdk.jcmd,jdk.management,jdk.management.agent,jdk.net,jdk.unsupported,jdk.zipfs"

func kafka() Image {
	return Image{
		Name: "kafka", Official: "docker.io/apache/kafka", User: 1000, Source: "the jars of `hack/stack` (4.4.0); Debian's Java 17, cut down by jlink; busybox",
		Programs: []string{javaHome + "/bin/java", "/bin/sh"}, stack: []string{"kafka"}, java: true, search: javaHome + "/bin:" + search,
		// Kafka unpacks libraries for compression from its jars, which no linker sees: these need the last two.
		packages: []string{javaRuntime, javaParts, "busybox-static", "libc6", "zlib1g", "libstdc++6", "libgcc-s1"},
		compose: func(k *kit, l *image.Layer) error {
			if err := l.Tree(javaHome, k.java, everything); err != nil {
				return err
			}
			for _, jar := range k.stack.KafkaJars {
				l.File(path.Join("/opt/kafka/libs", filepath.Base(jar)), jar, 0o644)
			}
			return k.shell(l)
		},
	}
}

// ensureJava joins a virtual machine of the wanted parts, with an archive of its classes for quick starts.
func (b *builder) ensureJava(ctx context.Context) (string, error) {
	source, err := os.ReadFile(filepath.Join(b.root, "hack", "images", "recipe", "java.go"))
	if err != nil {
		return "", err
	}
	key := sum(string(source), b.kit.debian[javaRuntime].Key, b.kit.debian[javaParts].Key)
	return b.ensure("java-"+key, "Java", b.kit.debian[javaRuntime].Version, func(to string, line *fetch.Line) error {
		line.Note("joining")
		home := filepath.Join("/usr/lib/jvm", "java-17-openjdk-"+runtime.GOARCH)
		err := run(ctx, b.kit.unpacked(javaRuntime, home+"/bin/java"), "-m", "jdk.jlink/jdk.tools.jlink.internal.Main",
			"--module-path", b.kit.unpacked(javaParts, home+"/jmods"), "--add-modules", javaModules,
			"--exclude-files=/java.desktop/lib/*.so", "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages", "--compress=2", "--output", to)
		if err != nil {
			return err
		}
		line.Note("recording classes")
		return recordClasses(ctx, to)
	})
}

// recordClasses writes the archive that a virtual machine takes by itself. It names the times of the files, which an image
// does not keep, and gives the same bytes only when the memory lies the same.
func recordClasses(ctx context.Context, home string) error {
	err := filepath.WalkDir(home, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(name, time.Unix(0, 0), time.Unix(0, 0))
	})
	if err != nil {
		return err
	}
	return run(ctx, "setarch", "--addr-no-randomize", filepath.Join(home, "bin", "java"), "-Xshare:dump", "-XX:+UseSerialGC")
}

func run(ctx context.Context, program string, args ...string) error {
	if said, err := exec.CommandContext(ctx, program, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(program), err, said)
	}
	return nil
}
