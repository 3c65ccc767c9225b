package controllers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

// stands waits until a platform is, for kstatus, in a state: that is what Argo CD, Flux and "helm --wait" go by.
func (w *world) stands(name string, want status.Status, message string) {
	w.Helper()
	w.until("kstatus says "+want.String(), func() (bool, string) {
		u := &unstructured.Unstructured{}
		u.SetGroupVersionKind(v1alpha1.GroupVersion.WithKind("RentoraPlatform"))
		if err := w.Get(w.Context(), client.ObjectKey{Namespace: w.namespace, Name: name}, u); err != nil {
			w.Fatal(err)
		}
		got, err := status.Compute(u)
		if err != nil {
			w.Fatal(err)
		}
		return got.Status == want && strings.Contains(got.Message, message), fmt.Sprintf("%s: %s", got.Status, got.Message)
	})
}

// TestStanding follows a platform through what kstatus and kubectl say of it.
func TestStanding(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("stay")
	w.create(p)
	w.stands("stay", status.InProgressStatus, "postgres")
	w.ready("stay")
	w.stands("stay", status.CurrentStatus, "")
	want := []string{"Name=stay", "Version=1.0.0", "Ready=True", "API=1/1", "Web=1/1", "Workers=6/6", "URL=http://rentora.example.test", "Message=All of stay runs."}
	if diff := cmp.Diff(want, w.printed("stay")); diff != "" {
		t.Errorf("kubectl prints something else (-want +got):\n%s", diff)
	}
	w.change(p, func() { p.Spec.Version = "1.1.0" })
	w.fail(w.migration("example.test/rentora/server:1.1.0"), "ERROR disk full")
	w.stands("stay", status.FailedStatus, "disk full")
	w.change(p, func() { p.Spec.Version = "1.0.0" })
	w.ready("stay")
	w.stands("stay", status.CurrentStatus, "")
	w.change(p, func() { p.Spec.Paused = true })
	w.condition("stay", v1alpha1.PausedCondition, metav1.ConditionTrue, v1alpha1.ReasonPaused)
	w.stands("stay", status.CurrentStatus, "")
}

// printed gives the row that "kubectl get -o wide" shows of a platform, its age apart.
func (w *world) printed(name string) (cells []string) {
	w.Helper()
	c, err := rest.HTTPClientFor(config)
	if err != nil {
		w.Fatal(err)
	}
	server, _, err := rest.DefaultServerUrlFor(config)
	if err != nil {
		w.Fatal(err)
	}
	address := server.JoinPath("apis", v1alpha1.GroupVersion.String(), "namespaces", w.namespace, "rentoraplatforms", name)
	q, err := http.NewRequestWithContext(w.Context(), http.MethodGet, address.String(), nil)
	if err != nil {
		w.Fatal(err)
	}
	q.Header.Set("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
	answer, err := c.Do(q)
	if err != nil {
		w.Fatal(err)
	}
	defer answer.Body.Close()
	var table metav1.Table
	if err := json.NewDecoder(answer.Body).Decode(&table); err != nil || len(table.Rows) != 1 {
		w.Fatalf("%s: %d rows, %v", answer.Status, len(table.Rows), err)
	}
	for i, column := range table.ColumnDefinitions {
		if column.Name != "Age" {
			cells = append(cells, fmt.Sprintf("%s=%v", column.Name, table.Rows[0].Cells[i]))
		}
	}
	return cells
}
