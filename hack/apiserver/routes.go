package apiserver

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/envtest"

	"github.com/rentora/rentora/hack/stack/stack"
)

// InstallRoutes makes a server know HTTPRoutes, as the release of the Gateway API defines them that tools/gateway-api.mod pins.
func InstallRoutes(ctx context.Context, config *rest.Config) error {
	root, err := stack.Root()
	if err != nil {
		return err
	}
	const module = "sigs.k8s.io/gateway-api"
	download := exec.CommandContext(ctx, "go", "mod", "download", "-modfile=tools/gateway-api.mod", "-json", module)
	download.Dir = root
	text, err := download.Output()
	if err != nil {
		return fmt.Errorf("obtain %s: %w: %s", module, err, text)
	}
	var got struct{ Dir string }
	if err := json.Unmarshal(text, &got); err != nil {
		return err
	}
	file := filepath.Join(got.Dir, "config", "crd", "standard", "gateway.networking.k8s.io_httproutes.yaml")
	if _, err := os.Stat(file); err != nil {
		return err
	}
	_, err = envtest.InstallCRDs(config, envtest.CRDInstallOptions{Paths: []string{file}, ErrorIfPathMissing: true, MaxTime: patience})
	return err
}
