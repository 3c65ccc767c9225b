package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/go-logr/logr"
	"github.com/spf13/cobra"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"log/slog"

	"github.com/rentora/rentora/controllers"
)

// settings of the operator's program. Each flag has an environment variable of the same meaning.
type settings struct {
	metrics, probes string
	namespaces      []string // none: the whole cluster
	own             string   // where the operator itself runs
	elect           bool
	concurrency     int
}

func runCommand() *cobra.Command {
	s := settings{}
	cmd := &cobra.Command{
		Use: "run", Short: "Watch RentoraPlatforms and bring them about", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), s) },
	}
	f := cmd.Flags()
	f.StringVar(&s.metrics, "metrics-address", ":8083", "address of /metrics")
	f.StringVar(&s.probes, "probe-address", ":8081", "address of /healthz and /readyz")
	f.StringSliceVar(&s.namespaces, "namespaces", split(os.Getenv("WATCH_NAMESPACE")), "namespaces to watch (WATCH_NAMESPACE); the whole cluster when empty")
	f.StringVar(&s.own, "own-namespace", os.Getenv("POD_NAMESPACE"), "namespace in which the operator runs (POD_NAMESPACE)")
	f.BoolVar(&s.elect, "leader-elect", true, "act only while holding the lease, so that several copies are safe")
	f.IntVar(&s.concurrency, "concurrency", 4, "platforms looked at side by side")
	return cmd
}

func split(list string) (names []string) {
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func run(ctx context.Context, s settings) error {
	ctrl.SetLogger(logr.FromSlogHandler(slog.NewJSONHandler(os.Stderr, nil)))
	config, err := ctrl.GetConfig()
	if err != nil {
		return fmt.Errorf("no cluster can be reached: %w", err)
	}
	m, err := manager(config, s)
	if err != nil {
		return err
	}
	facts, err := newFacts(config, s)
	if err != nil {
		return err
	}
	if err := m.Add(facts); err != nil {
		return err
	}
	if _, err := controllers.Setup(m, controllers.Options{Defaults: defaults(os.Getenv), Facts: facts.now, Changed: facts.changed, Concurrency: s.concurrency}); err != nil {
		return err
	}
	return m.Start(ctx)
}

func manager(config *rest.Config, s settings) (ctrl.Manager, error) {
	o, err := controllers.ManagerOptions(s.own, s.namespaces...)
	if err != nil {
		return nil, err
	}
	config.UserAgent = "rentora-operator/" + version
	config.QPS, config.Burst = 50, 100
	o.Metrics, o.HealthProbeBindAddress, o.LeaderElection = metricsserver.Options{BindAddress: s.metrics}, s.probes, s.elect
	m, err := ctrl.NewManager(config, o)
	if err != nil {
		return nil, err
	}
	if err := m.AddHealthzCheck("alive", healthz.Ping); err != nil {
		return nil, err
	}
	return m, m.AddReadyzCheck("alive", healthz.Ping)
}
