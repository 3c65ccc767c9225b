package stand

import (
	"context"
	"maps"

	"github.com/rentora/rentora/hack/stack/process"
)

// Worker runs the background program with all its groups.
func (s *Stand) Worker(ctx context.Context, name string) (*Running, error) {
	address, err := FreeAddress()
	if err != nil {
		return nil, err
	}
	env := maps.Clone(s.Env)
	env["RENTORA_WORKER_ADDR"], env["RENTORA_PUBLIC_URL"] = address, publicURL
	r, err := s.Start(ctx, name, "http://"+address+"/readyz", process.Spec{Path: s.Program, Args: []string{"worker"}, Env: flat(env)})
	if err != nil {
		return nil, err
	}
	r.Address = address
	return r, nil
}

// Reindex makes the search index anew, so that it holds the listings of the benchmark too. It does so once a run.
func (s *Stand) Reindex(ctx context.Context) error {
	if s.indexed {
		return nil
	}
	s.indexed = true
	return s.Command(ctx, flat(s.Env), s.Program, "reindex")
}
