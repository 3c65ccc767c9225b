package typesense

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

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

// TestServes starts the real server with the rendered arguments and wants it to know the key of the environment.
func TestServes(t *testing.T) {
	t.Parallel()
	ports := probe.FreePorts(2)
	here := strings.NewReplacer("=/data/index", "="+t.TempDir(), "=0.0.0.0", "=127.0.0.1", "=8108", "="+strconv.Itoa(ports[0]), "=8107", "="+strconv.Itoa(ports[1]))
	var args []string
	for _, arg := range typesense(golden.Input(golden.Platform(v1alpha1.Dev))).Args {
		args = append(args, here.Replace(arg))
	}
	server := rehearsal.Start(t, process.Spec{Path: rehearsal.Installed(t, "typesense").Typesense, Args: args, Env: []string{"TYPESENSE_API_KEY=a key"}})
	server.Await(func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(ports[0]), "/health") })
	for key, want := range map[string]int{"a key": http.StatusOK, "another": http.StatusUnauthorized} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/collections", ports[0]), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-TYPESENSE-API-KEY", key)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%q: %s", key, answer.Status)
		}
	}
	server.Stop(syscall.SIGTERM)
}

// TestKeyStaysInside wants the key in no argument.
func TestKeyStaysInside(t *testing.T) {
	t.Parallel()
	in := golden.Input(golden.Platform(v1alpha1.Dev))
	if text := string(golden.Render(t, New(), in)); strings.Contains(text, in.Secrets.Value(component.TypesenseAuth, "api-key")) {
		t.Errorf("the key stands in\n%s", text)
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	inputs := golden.Inputs()
	rebuilding := &corev1.Pod{Status: corev1.PodStatus{Phase: corev1.PodRunning}}
	rebuilding.Name = "stay-typesense-0"
	for name, c := range map[string]struct {
		in   component.Input
		o    component.Observed
		want component.Readiness
	}{
		"external": {inputs["external"], component.Observed{}, component.Elsewhere("Somebody else runs Typesense, at https://search.example.test:8108.")},
		"runs": {inputs["ha"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-typesense": {Status: appsv1.StatefulSetStatus{ReadyReplicas: 1, UpdatedReplicas: 1}}}},
			component.Good("typesense runs (1 of 1).")},
		"rebuilds": {inputs["dev"], component.Observed{StatefulSets: map[string]*appsv1.StatefulSet{"stay-typesense": {}}, Pods: map[string][]*corev1.Pod{"typesense": {rebuilding}}},
			component.Underway(v1alpha1.ReasonNotReady, "typesense: stay-typesense-0 runs but says that it is not ready yet.")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, New().Ready(c.in, c.o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
