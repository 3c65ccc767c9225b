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
// config is filled in before the tests run; install may put more definitions on the server. KUBEBUILDER_ASSETS names other programs
// than those that are compiled.
func Main(m *testing.M, config **rest.Config, install ...func(context.Context, *rest.Config) error) int {
	s, err := Start(context.Background())
	if err != nil {
		return failed(err)
	}
	defer s.Stop()
	for _, more := range install {
		if err := more(context.Background(), s.Config); err != nil {
			return failed(err)
		}
	}
	*config = s.Config
	return m.Run()
}

// Server is a running API server with its etcd.
type Server struct {
	Config     *rest.Config // of somebody who may do everything, without limits: tests wait for the servers, not for themselves
	KubeConfig []byte       // the same for programs
	env        *envtest.Environment
}

// Start starts a server on which our CRD is installed; the caller stops it.
func Start(ctx context.Context) (*Server, error) {
	root, err := stack.Root()
	if err != nil {
		return nil, err
	}
	folder, err := programs(ctx)
	if err != nil {
		return nil, err
	}
	s := &Server{env: &envtest.Environment{
		BinaryAssetsDirectory:    folder,
		CRDDirectoryPaths:        []string{filepath.Join(root, "config", "crd", "bases")},
		ErrorIfCRDPathMissing:    true,
		ControlPlaneStartTimeout: patience, ControlPlaneStopTimeout: patience,
	}}
	if s.Config, err = s.env.Start(); err != nil {
		s.Stop() // an unfinished start leaves servers, too
		return nil, err
	}
	s.Config.QPS, s.Config.Burst = -1, -1
	s.KubeConfig = s.env.KubeConfig
	return s, nil
}

// Stop ends both servers.
func (s *Server) Stop() {
	if err := s.env.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "apiserver:", err)
	}
}

func programs(ctx context.Context) (string, error) {
	if folder := os.Getenv("KUBEBUILDER_ASSETS"); folder != "" {
		return folder, nil
	}
	cache, err := stack.Cache()
	if err != nil {
		return "", err
	}
	return build.EnsureControl(ctx, cache, os.Stderr)
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, "apiserver:", err)
	return 1
}
