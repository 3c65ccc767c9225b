// Package postgres runs the database that holds all that must not be lost.
package postgres

import (
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

type database struct{}

// New gives the component.
func New() component.Component { return database{} }

func (database) Name() string { return component.Postgres }

func (database) After() []string { return []string{component.Access} }

func (database) Desired(in component.Input) ([]client.Object, error) {
	if elsewhere(in) {
		return nil, nil
	}
	return []client.Object{
		component.Service(in, component.Postgres, component.Postgres, true, component.ServicePort{Name: "postgres", Port: component.PortPostgres}),
		component.ConfigMap(in, component.Postgres, component.Postgres, files(in)),
		component.Stateful(in, pod(in), in.Settings.Postgres, 1),
		component.Budget(in, component.Postgres, component.Postgres),
		component.Guard(in, component.Postgres, component.PortPostgres, []int32{component.PortExporter, component.PortMeasure}),
	}, nil
}

func (database) Next(in component.Input, o component.Observed) []component.Action {
	if elsewhere(in) {
		return nil
	}
	return component.Grow(in, o, component.Postgres, in.Settings.Postgres)
}

func (database) Ready(in component.Input, o component.Observed) component.Readiness {
	if elsewhere(in) {
		return component.Elsewhere("Somebody else runs Postgres; its address stands in the Secret " + in.Secrets.Name(in.Platform, component.PostgresAuth) + ".")
	}
	return component.JudgeData(in, o, component.Postgres)
}

func elsewhere(in component.Input) bool { return in.Platform.Spec.Postgres.Mode == v1alpha1.External }
