package fetch

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/hack/stack/kafka"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

// kafka obtains the jars beside the Java runtime, then runs the broker once to record its classes.
func (f *fetcher) kafka(ctx context.Context) error {
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() error { return f.obtain(inner, f.jars()) })
	group.Go(func() error {
		if _, ok := f.java(); ok {
			return nil
		}
		a, err := f.javaArtefact()
		if err != nil {
			return err
		}
		return f.obtain(inner, a)
	})
	if err := group.Wait(); err != nil {
		return err
	}
	j, ok := f.java()
	if !ok {
		return fmt.Errorf("the Java runtime in %s does not say its version: remove the folder and run this again", f.cache)
	}
	return f.obtain(ctx, f.archive(j))
}

func (f *fetcher) jars() artefact {
	return artefact{part: "kafka", title: "Kafka", version: kafka.Version,
		folder: "kafka-" + kafka.Version + "-" + kafka.Key(), make: f.makeJars}
}

// makeJars keeps Maven's own store in the cache, so that a second try after a broken download goes on from there.
func (f *fetcher) makeJars(ctx context.Context, staging string, line *Line) error {
	pom := filepath.Join(staging, "pom.xml")
	if err := os.WriteFile(pom, kafka.POM, 0o644); err != nil {
		return err
	}
	made, store := filepath.Join(staging, "made"), filepath.Join(f.cache, "maven")
	stop := watch(ctx, store, line)
	err := run(exec.CommandContext(ctx, "mvn", "-B", "-q", "-f", pom, "-Dmaven.repo.local="+store,
		"dependency:copy-dependencies", "-DoutputDirectory="+made))
	stop()
	if err != nil {
		return err
	}
	return verifyJars(made, store)
}

func verifyJars(folder, store string) error {
	sums := kafka.Sums()
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	if len(files) != len(sums) {
		return fmt.Errorf("Maven gave %d jars, but %d are pinned in hack/stack/kafka/jars.sha256", len(files), len(sums))
	}
	for _, file := range files {
		if err := verify(filepath.Join(folder, file.Name()), sums[file.Name()]); err != nil {
			_ = os.RemoveAll(store) // or the next try would find the same file there
			return err
		}
	}
	return nil
}

func (f *fetcher) jarPaths() []string {
	files, _ := filepath.Glob(filepath.Join(f.path(f.jars()), "*.jar"))
	slices.Sort(files)
	return files
}

func (f *fetcher) archive(j java) artefact {
	return artefact{part: "kafka", title: "Kafka class archive", version: fmt.Sprint("Java ", j.major),
		folder: "kafka-classes-" + kafka.Key() + "-" + j.key,
		make: func(ctx context.Context, staging string, line *Line) error {
			return f.train(ctx, j, staging, line)
		}}
}

// train runs the broker until it answers and stops it in order: the virtual machine then writes the archive. A machine
// that cannot make one leaves the folder empty, and the broker starts without.
func (f *fetcher) train(ctx context.Context, j java, staging string, line *Line) error {
	line.Note("recording")
	ports := probe.FreePorts(2)
	folder := filepath.Join(staging, "broker")
	if err := kafka.Configure(folder, probe.Local(ports[0]), ports[1]); err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(staging, "broker.log"))
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	_, flags := j.archiveFlags(filepath.Join(staging, "made", "kafka.jsa"))
	p, err := process.Start(process.Spec{Path: j.path, Args: kafka.Arguments(folder, f.jarPaths(), flags...), Dir: folder, Log: log,
		Env: []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}})
	if err != nil {
		return err
	}
	defer p.Stop(syscall.SIGTERM, 5*time.Minute)
	return probe.Until(ctx, 5*time.Minute, p.Done(), func(ctx context.Context) error { return probe.Kafka(ctx, probe.Local(ports[0])) })
}

func (f *fetcher) locateKafka(in *Installed) bool {
	j, ok := f.java()
	if !ok || !f.has(f.jars()) || !f.has(f.archive(j)) {
		return false
	}
	in.Java, in.KafkaJars = j.path, f.jarPaths()
	archive := filepath.Join(f.path(f.archive(j)), "kafka.jsa")
	if _, err := os.Stat(archive); err == nil {
		in.KafkaArchive, _ = j.archiveFlags(archive)
	}
	return true
}
