package stand

import (
	"context"
	"maps"
	"net/url"

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

// EmptyDatabase makes a migrated database without data, anew each time, and gives its address.
func (s *Stand) EmptyDatabase(ctx context.Context, name string) (string, error) {
	name = s.DB.Config().ConnConfig.Database + "_" + name
	if _, err := s.DB.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return "", err
	}
	if err := createDatabase(ctx, s.Session.DatabaseURL, name); err != nil {
		return "", err
	}
	address, err := url.Parse(s.Session.DatabaseURL)
	if err != nil {
		return "", err
	}
	address.Path = "/" + name
	return address.String(), s.Command(ctx, append(flat(s.Env), "RENTORA_DATABASE_URL="+address.String()), s.Program, "migrate")
}
