package mailcatcher

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"net/http"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// Handler serves the page and the API over a store.
func Handler(s *Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/messages", func(w http.ResponseWriter, r *http.Request) {
		answer(w, s.List(r.URL.Query().Get("to")))
	})
	mux.HandleFunc("DELETE /api/messages", func(w http.ResponseWriter, _ *http.Request) {
		s.Clear()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /api/messages/{id}", s.one(func(w http.ResponseWriter, m Message) { answer(w, m) }))
	mux.HandleFunc("GET /messages/{id}/html", s.one(func(w http.ResponseWriter, m Message) {
		// Mail is untrusted: no scripts, no forms, nothing loaded from elsewhere.
		w.Header().Set("Content-Security-Policy", "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
		write(w, "text/html; charset=utf-8", m.HTML)
	}))
	mux.HandleFunc("GET /messages/{id}/plain", s.one(func(w http.ResponseWriter, m Message) { write(w, "text/plain; charset=utf-8", m.Text) }))
	mux.HandleFunc("GET /messages/{id}/raw", s.one(func(w http.ResponseWriter, m Message) { write(w, "text/plain; charset=utf-8", string(m.Raw)) }))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		show(w, s, r.URL.Query().Get("to"), r.URL.Query().Get("id"))
	})
	return mux
}

func show(w http.ResponseWriter, s *Store, to, id string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	selected, found := s.Get(id)
	_ = page.Execute(w, map[string]any{"To": to, "Messages": s.List(to), "Selected": selected, "Found": found})
}

func (s *Store) one(serve func(http.ResponseWriter, Message)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		m, ok := s.Get(r.PathValue("id"))
		if !ok {
			http.Error(w, "there is no such mail (any more)", http.StatusNotFound)
			return
		}
		serve(w, m)
	}
}

// answer and write cannot tell a client that went away that it did.
func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func write(w http.ResponseWriter, kind, body string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, body)
}
