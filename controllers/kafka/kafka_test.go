package kafka

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/golden"
	"github.com/rentora/rentora/controllers/rehearsal"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
)

func TestGolden(t *testing.T) {
	t.Parallel()
	golden.Check(t, New())
}

// javaStopped is how a virtual machine ends on SIGTERM, in order.
const javaStopped = 143

// TestServes starts the real broker by the rendered scripts, and again after the Secret was made anew.
func TestServes(t *testing.T) {
	t.Parallel()
	installed, dir, ports := rehearsal.Installed(t, "kafka"), t.TempDir(), probe.FreePorts(2)
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	here := strings.NewReplacer("/data/kraft", filepath.Join(dir, "kraft"), component.Host(in.Platform, component.Kafka), "127.0.0.1", "//:9092", "//127.0.0.1:9092")
	onPorts := strings.NewReplacer("9092", strconv.Itoa(ports[0]), "9093", strconv.Itoa(ports[1]))
	for name, text := range files(in) {
		write(t, filepath.Join(dir, name), onPorts.Replace(here.Replace(text)))
	}
	prepared := func(id string) {
		write(t, filepath.Join(dir, "cluster-id"), id+"\n")
		p := rehearsal.Start(t, process.Spec{Path: "/bin/sh", Args: []string{filepath.Join(dir, "prepare.sh")},
			Env: []string{"PATH=/usr/bin:/bin", "LOG=" + filepath.Join(dir, "kraft"), "SECRET=" + dir}})
		if err := p.End(); err != nil {
			t.Fatal(err)
		}
	}
	start := func() *rehearsal.Program {
		server := rehearsal.Start(t, process.Spec{Path: "/bin/sh", Args: []string{filepath.Join(dir, "start.sh")}, Dir: dir,
			Env: []string{"PATH=/usr/bin:/bin", "JAVA=" + installed.Java, "JARS=" + filepath.Dir(installed.KafkaJars[0]), "CONFIG=" + dir,
				"JVM=" + jvm(heap(in)) + " " + strings.Join(installed.KafkaArchive, " ")}})
		server.Await(func(ctx context.Context) error { return probe.Kafka(ctx, probe.Local(ports[0])) })
		return server
	}
	prepared("golden-cluster")
	start().Stop(syscall.SIGTERM, javaStopped)
	prepared("another-cluster")
	start().Stop(syscall.SIGTERM, javaStopped)
	if identity, err := os.ReadFile(filepath.Join(dir, "kraft", "meta.properties")); err != nil || !strings.Contains(string(identity), "cluster.id=golden-cluster\n") {
		t.Errorf("the identity became %q, %v", identity, err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	for limit, want := range map[string][2]string{
		"768Mi": {"-Xmx384m -Xms96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", "log.cleaner.dedupe.buffer.size=12582912\nnum.network.threads=1\nnum.io.threads=2\n"},
		"2Gi":   {"-Xmx1024m -Xms256m -XX:+UseG1GC -XX:MaxGCPauseMillis=20", "log.cleaner.dedupe.buffer.size=33554432\nnum.network.threads=3\nnum.io.threads=8\n"},
		"16Gi":  {"-Xmx8192m -Xms2048m -XX:+UseG1GC -XX:MaxGCPauseMillis=20", "log.cleaner.dedupe.buffer.size=134217728\n"},
		"":      {"-Xmx384m -Xms96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", ""},
	} {
		in := golden.Input(golden.Platform(v1alpha1.Dev))
		in.Settings.Kafka.Resources = corev1.ResourceRequirements{}
		if limit != "" {
			in.Settings.Kafka.Resources.Limits = corev1.ResourceList{corev1.ResourceMemory: resource.MustParse(limit)}
		}
		if got := jvm(heap(in)); got != want[0] {
			t.Errorf("%s: %s, not %s", limit, got, want[0])
		}
		if got := files(in)["server.properties"]; !strings.Contains(got, want[1]) {
			t.Errorf("%s: no %s in\n%s", limit, want[1], got)
		}
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	inputs := golden.Inputs()
	short := &corev1.Pod{Status: corev1.PodStatus{ContainerStatuses: []corev1.ContainerStatus{{
		Name: "kafka", RestartCount: 3, State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff"}},
		LastTerminationState: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: 137, Reason: "OOMKilled"}},
	}}}}
	short.Name = "stay-kafka-0"
	for name, c := range map[string]struct {
		in   component.Input
		o    component.Observed
		want component.Readiness
	}{
		"external": {inputs["external"], component.Observed{}, component.Elsewhere("Somebody else runs Kafka, at kafka-1.example.test:9093, kafka-2.example.test:9093.")},
		"runs": {inputs["dev"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-kafka": {Status: appsv1.StatefulSetStatus{ReadyReplicas: 1, UpdatedReplicas: 1}}}},
			component.Good("kafka runs (1 of 1).")},
		"out of memory": {inputs["dev"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-kafka": {}}, Pods: map[string][]*corev1.Pod{"kafka": {short}}},
			component.Failed(v1alpha1.ReasonCrashLooping, "kafka: the container kafka of stay-kafka-0 ends again and again (3 restarts), the last time because its memory limit was reached.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, New().Ready(c.in, c.o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
