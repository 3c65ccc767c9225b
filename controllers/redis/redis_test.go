package redis

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

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

// TestServes starts the real server with the rendered configuration, and again after it was killed.
func TestServes(t *testing.T) {
	t.Parallel()
	const secret = `a "b\c' $(d) ü #e`
	in := golden.Input(golden.Platform(v1alpha1.Standard))
	in.Secrets[component.RedisAuth].Data["password"] = []byte(secret)
	dir, port := t.TempDir(), strconv.Itoa(probe.FreePorts(1)[0])
	text := strings.NewReplacer("bind * -::*", "bind 127.0.0.1", "port 6379", "port "+port, "dir /data", "dir "+dir).Replace(config(in))
	file := filepath.Join(dir, "redis.conf")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	start := func() (*rehearsal.Program, *goredis.Client) {
		server := rehearsal.Start(t, process.Spec{Path: rehearsal.Installed(t, "redis").Valkey, Args: []string{file}, Dir: dir})
		client := goredis.NewClient(&goredis.Options{Addr: "127.0.0.1:" + port, Password: secret, MaxRetries: -1})
		t.Cleanup(func() { _ = client.Close() })
		server.Await(func(ctx context.Context) error { return client.Ping(ctx).Err() })
		return server, client
	}
	server, client := start()
	for name, want := range map[string]string{
		"maxmemory": "402653184", "maxmemory-policy": "volatile-lru", "appendonly": "yes", "appendfsync": "everysec", "save": "",
	} {
		if got, err := client.ConfigGet(t.Context(), name).Result(); err != nil || got[name] != want {
			t.Errorf("%s is %q, not %q (%v)", name, got[name], want, err)
		}
	}
	stranger := goredis.NewClient(&goredis.Options{Addr: "127.0.0.1:" + port, MaxRetries: -1})
	defer stranger.Close()
	if err := stranger.Get(t.Context(), "session").Err(); err == nil || !strings.Contains(err.Error(), "NOAUTH") {
		t.Errorf("without a password: %v", err)
	}
	if err := client.Set(t.Context(), "session", "kept", 0).Err(); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	server, client = start()
	if got := client.Get(t.Context(), "session").Val(); got != "kept" {
		t.Errorf("after it was killed the session is %q", got)
	}
	server.Stop(syscall.SIGTERM)
}

func TestMemory(t *testing.T) {
	t.Parallel()
	for profile, want := range map[v1alpha1.Profile]string{v1alpha1.Dev: "100663296", v1alpha1.Standard: "402653184", v1alpha1.HA: "1610612736"} {
		if text := config(golden.Input(golden.Platform(profile))); !strings.Contains(text, "\nmaxmemory "+want+"\n") {
			t.Errorf("%s: no maxmemory %s in\n%s", profile, want, text)
		}
	}
}

// TestPasswordStaysInside wants it in the configuration's Secret and nowhere else.
func TestPasswordStaysInside(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	objects, err := New().Desired(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		u, err := component.Render(o)
		if err != nil {
			t.Fatal(err)
		}
		text, err := u.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), in.Secrets.Value(component.RedisAuth, "password")) {
			t.Errorf("the password stands in %s %s", u.GetKind(), u.GetName())
		}
	}
	if _, ok := objects[1].(*corev1.Secret); !ok {
		t.Errorf("the configuration is a %T", objects[1])
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	inputs := golden.Inputs()
	pending := &corev1.PersistentVolumeClaim{ObjectMeta: metav1.ObjectMeta{Name: "data-stay-redis-0", Labels: map[string]string{component.LabelName: "redis"}},
		Status: corev1.PersistentVolumeClaimStatus{Phase: corev1.ClaimPending}}
	for name, c := range map[string]struct {
		in   component.Input
		o    component.Observed
		want component.Readiness
	}{
		"external":     {inputs["external"], component.Observed{}, component.Elsewhere("Somebody else runs Redis; its address stands in the Secret my-redis.")},
		"not there":    {inputs["dev"], component.Observed{}, component.Underway(v1alpha1.ReasonProgressing, "redis is about to be created.")},
		"runs":         {inputs["dev"], sets(appsv1.StatefulSetStatus{ReadyReplicas: 1, UpdatedReplicas: 1}), component.Good("redis runs (1 of 1).")},
		"half way":     {inputs["dev"], sets(appsv1.StatefulSetStatus{ReadyReplicas: 0, UpdatedReplicas: 1}), component.Underway(v1alpha1.ReasonProgressing, "redis: 0 of 1 pods are ready.")},
		"needs a disk": {inputs["dev"], with(sets(appsv1.StatefulSetStatus{}), pending), component.Underway(v1alpha1.ReasonVolumePending, "redis waits for its volume: the claim data-stay-redis-0 is not bound yet.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, New().Ready(c.in, c.o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func sets(status appsv1.StatefulSetStatus) component.Observed {
	return component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-redis": {Status: status}}}
}

func with(o component.Observed, claims ...*corev1.PersistentVolumeClaim) component.Observed {
	o.Claims = map[string]*corev1.PersistentVolumeClaim{}
	for _, c := range claims {
		o.Claims[c.Name] = c
	}
	return o
}

func TestRolls(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	before := maps.Clone(pod(in).Annotations)
	in.Secrets[component.RedisAuth].Data["password"] = []byte("another")
	after := pod(in).Annotations
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if before[name] == after[name] {
			t.Errorf("%s stays with another password", name)
		}
	}
}
