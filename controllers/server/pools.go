package server

import (
	"strconv"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// Pools are how many connections to the database one pod of each kind may have: so many that all pods together, at their most
// and while they are rolled, get along with what the database allows.
type Pools struct{ API, Jobs, Worker int }

const (
	reserved     = 20  // of the database's connections: for administrators, exporters, migrations and locks
	usualLimit   = 200 // of a database that says nothing
	jobsPool     = 6
	smallestPool = 3
	largestPool  = 16
)

// PoolsOf shares the connections out: two thirds to the API, one to the workers. More of them than processors that work on
// the queries only makes these wait for each other.
func PoolsOf(in component.Input) Pools {
	limit := connections(in) - reserved - int(most(in.Settings.Jobs)+1)*(jobsPool+1)
	var workers int32
	for _, w := range in.Settings.Workers {
		workers += most(w) + 1 // one more while they are rolled
	}
	return Pools{
		API:    min(max(limit*2/3/int(most(in.Settings.API)+1), smallestPool), largestPool),
		Jobs:   jobsPool,
		Worker: min(max(limit/3/int(max(workers, 1)), smallestPool), largestPool/2),
	}
}

func most(w component.Workload) int32 {
	if w.Replicas != nil {
		return *w.Replicas
	}
	return w.Max
}

// connections that the database allows, as far as the platform knows: what the component postgres sets.
func connections(in component.Input) int {
	if in.Platform.Spec.Postgres.Mode == v1alpha1.External {
		return usualLimit
	}
	if n, err := strconv.Atoi(in.Platform.Spec.Postgres.Parameters["max_connections"]); err == nil {
		return n
	}
	return component.Connections(in.Settings.Postgres)
}
