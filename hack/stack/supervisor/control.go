package supervisor

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
)

// listen opens the address over which the verbs reach the supervisor. Its token lies in the state file, which only the
// owner of the data folder may read.
func (s *Supervisor) listen() (*http.Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the control address: %w", err)
	}
	s.state.Control, s.state.Token = listener.Addr().String(), rand.Text()
	server := &http.Server{Handler: s.guard(s.routes()), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return server, nil
}

func (s *Supervisor) guard(next http.Handler) http.Handler {
	want := []byte("Bearer " + s.state.Token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), want) != 1 {
			http.Error(w, "the token of state.json is needed", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Supervisor) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /state", s.showState)
	mux.HandleFunc("POST /kill", s.onPart(func(_ *http.Request, u *unit) error { return u.kill() }))
	mux.HandleFunc("POST /start", s.onPart(func(r *http.Request, u *unit) error { return u.start(r.Context(), s.site) }))
	mux.HandleFunc("POST /stop", func(http.ResponseWriter, *http.Request) { s.askToStop() })
	mux.HandleFunc("POST /keep", s.keep)
	mux.HandleFunc("POST /leave", s.leave)
	return mux
}

func (s *Supervisor) showState(w http.ResponseWriter, _ *http.Request) {
	state := s.snapshot()
	for i, p := range state.Parts {
		if p.Pid != 0 {
			state.Parts[i].Memory = process.Memory(p.Pid)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(state)
}

func (s *Supervisor) onPart(do func(*http.Request, *unit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u, err := s.find(r.URL.Query().Get("part"))
		if err == nil {
			err = do(r, u)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
		}
	}
}

func (s *Supervisor) find(name string) (*unit, error) {
	names := ""
	for _, u := range s.units {
		if u.part.Name != name {
			names += " " + u.part.Name
			continue
		}
		if u.is(isExternal) {
			return nil, errors.New(name + " runs elsewhere (" + u.part.External + " is set): the stack cannot start or end it")
		}
		return u, nil
	}
	return nil, fmt.Errorf("there is no part %q; the parts are:%s", name, names)
}

func (s *Supervisor) keep(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	s.state.Keep = true
	phase := s.state.Phase
	s.mu.Unlock()
	if err := s.publish(phase); err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
	}
}

// leave stops without the grace when nobody is left.
func (s *Supervisor) leave(w http.ResponseWriter, _ *http.Request) {
	answer := "in use"
	if !s.inUse() {
		answer = "stopping"
		s.askToStop()
	}
	_, _ = io.WriteString(w, answer)
}
