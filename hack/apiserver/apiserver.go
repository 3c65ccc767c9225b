// Package apiserver gives tests a real Kubernetes API server with etcd, without nodes: what nodes do, the test does.
package apiserver

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/envtest"

	"github.com/rentora/rentora/hack/cluster/build"
	"github.com/rentora/rentora/hack/stack/stack"
)

// patience is how long the two servers may take on a busy machine.
const patience = 3 * time.Minute

// Main runs a package's tests with one API server for all of them, on which our CRD is installed, and gives the exit code.
// config is filled in before the tests run. KUBEBUILDER_ASSETS names other programs than those that are compiled.
func Main(m *testing.M, config **rest.Config) int {
	root, err := stack.Root()
	if err != nil {
		return failed(err)
	}
	folder, err := programs()
	if err != nil {
		return failed(err)
	}
	env := &envtest.Environment{
		BinaryAssetsDirectory:    folder,
		CRDDirectoryPaths:        []string{filepath.Join(root, "config", "crd", "bases")},
		ErrorIfCRDPathMissing:    true,
		ControlPlaneStartTimeout: patience, ControlPlaneStopTimeout: patience,
	}
	// An unfinished start leaves servers, too.
	defer func() {
		if err := env.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "apiserver:", err)
		}
	}()
	if *config, err = env.Start(); err != nil {
		return failed(err)
	}
	(*config).QPS, (*config).Burst = -1, -1 // tests wait for the servers, not for themselves
	return m.Run()
}

func programs() (string, error) {
	if folder := os.Getenv("KUBEBUILDER_ASSETS"); folder != "" {
		return folder, nil
	}
	cache, err := stack.Cache()
	if err != nil {
		return "", err
	}
	return build.EnsureControl(context.Background(), cache, os.Stderr)
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "apiserver:", err)
	return 1
}
