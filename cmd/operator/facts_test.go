package main

import (
	"os"
	"testing"

	"k8s.io/client-go/rest"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/hack/apiserver"
)

// config reaches a real API server.
var config *rest.Config

func TestMain(m *testing.M) { os.Exit(apiserver.Main(m, &config)) }

// TestFacts asks a cluster without the Gateway API, and again when it has it: that is told once.
func TestFacts(t *testing.T) {
	t.Parallel()
	f, err := newFacts(config, settings{own: "rentora-system"})
	if err != nil {
		t.Fatal(err)
	}
	want := component.Facts{OperatorNamespace: "rentora-system"}
	if got := f.now(); got != want || len(f.changed) != 0 {
		t.Errorf("a bare cluster has %+v", got)
	}
	if err := apiserver.InstallRoutes(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	want.GatewayAPI = true
	for told := range 2 {
		if err := f.look(); err != nil {
			t.Fatal(err)
		}
		if got := f.now(); got != want || len(f.changed) != 1-told {
			t.Errorf("a cluster with HTTPRoutes has %+v; %d changes are told", got, len(f.changed))
		}
		if told == 0 {
			<-f.changed
		}
	}
}
