package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/cluster/place"
)

// serve answers on a socket that only its owner may open, until ctx ends.
func serve(ctx context.Context, stop func(), socket string, machines []*machine) error {
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /nodes", func(w http.ResponseWriter, _ *http.Request) {
		var states []State
		for _, m := range machines {
			states = append(states, m.state())
		}
		_ = json.NewEncoder(w).Encode(states)
	})
	mux.HandleFunc("POST /nodes/{name}/kill", on(machines, (*machine).kill))
	mux.HandleFunc("POST /nodes/{name}/start", on(machines, (*machine).start))
	mux.HandleFunc("POST /stop", func(http.ResponseWriter, *http.Request) { stop() })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	<-ctx.Done()
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(ending) // who asked to stop still gets an answer
}

func on(machines []*machine, do func(*machine, context.Context) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i := slices.IndexFunc(machines, func(m *machine) bool { return place.Name(m.number) == r.PathValue("name") })
		if i < 0 {
			http.Error(w, fmt.Sprintf("there is no %s; the cluster has %d", r.PathValue("name"), len(machines)), http.StatusNotFound)
			return
		}
		if err := do(machines[i], r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
		}
	}
}

// Spawn starts a supervisor that outlives its caller and returns when it answers.
func Spawn(ctx context.Context, c Config) error {
	log, err := os.Create(c.Folder.Log())
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command("/proc/self/exe", append([]string{"supervise"}, c.arguments()...)...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = log, log, "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	for {
		if _, err := Nodes(ctx); err == nil {
			return nil
		}
		select {
		case <-ended:
			words, _ := os.ReadFile(c.Folder.Log())
			return fmt.Errorf("the supervisor ended at once: %s", strings.TrimSpace(string(words)))
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Nodes asks the supervisor for its nodes.
func Nodes(ctx context.Context) ([]State, error) {
	var states []State
	return states, call(ctx, http.MethodGet, "/nodes", &states)
}

// Kill ends node n as a power cut would; its disk stays.
func Kill(ctx context.Context, n int) error {
	return call(ctx, http.MethodPost, "/nodes/"+place.Name(n)+"/kill", nil)
}

// Start starts node n again; it does nothing when it runs.
func Start(ctx context.Context, n int) error {
	return call(ctx, http.MethodPost, "/nodes/"+place.Name(n)+"/start", nil)
}

// Stop ends the cluster and returns when the supervisor has removed what it made.
func Stop(ctx context.Context) error {
	if err := call(ctx, http.MethodPost, "/stop", nil); err != nil {
		return err
	}
	for {
		folder, running := Running()
		if !running {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the supervisor does not end (its log: %s): %w", folder.Log(), ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
