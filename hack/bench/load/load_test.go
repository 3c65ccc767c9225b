package load

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// serve runs the generator against a handler as its process would.
func serve(t *testing.T, p Plan, handler http.HandlerFunc) Result {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	p.Address = strings.TrimPrefix(server.URL, "http://")
	var in, out bytes.Buffer
	if err := gob.NewEncoder(&in).Encode(p); err != nil {
		t.Fatal(err)
	}
	if err := Serve(t.Context(), &in, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || lines[0] != lineBegan || lines[1] != lineEnded {
		t.Fatalf("the generator said %q", lines)
	}
	var r Result
	if err := json.Unmarshal([]byte(lines[2]), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOnceSendsEachRequestOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[string]int{}
	p := Plan{Connections: 4, Measure: 10 * time.Second, Once: true}
	for _, path := range []string{"/a", "/b", "/c", "/d", "/e", "/f"} {
		p.Requests = append(p.Requests, Post(path, "secret", `{"n":1}`, http.StatusCreated))
	}
	r := serve(t, p, func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen[req.Method+req.URL.Path+req.Header.Get("Authorization")]++
		w.WriteHeader(http.StatusCreated)
	})
	if r.Requests != 6 || r.Wrong != 0 || r.Statuses[201] != 6 || len(seen) != 6 {
		t.Errorf("result %+v, the server saw %v", r, seen)
	}
	if r.Seconds >= 10 || r.Seconds <= 0 {
		t.Errorf("the run is said to have taken %v s", r.Seconds)
	}
	if seen["POST/aBearer secret"] != 1 {
		t.Errorf("the server saw %v", seen)
	}
}

func TestWrongAnswersAreCountedWithAnExample(t *testing.T) {
	t.Parallel()
	p := Plan{Connections: 1, Measure: 10 * time.Second, Once: true, Requests: []Request{Get("/a", "", 200), Get("/b", "", 200)}}
	r := serve(t, p, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "broken today", http.StatusInternalServerError)
	})
	if r.Wrong != 2 || !strings.Contains(r.Example, "500 instead of 200: broken today") {
		t.Errorf("result %+v", r)
	}
}

func TestLatencyFindsTheSlowOnes(t *testing.T) {
	t.Parallel()
	var all []time.Duration
	for range 98 {
		all = append(all, time.Millisecond)
	}
	all = append(all, 50*time.Millisecond, 80*time.Millisecond)
	l := LatencyOf(all)
	near := func(got, want float64) bool { return got > want*0.998 && got < want*1.002 }
	if !near(l.P50, 1) || !near(l.P99, 50) || !near(l.Max, 80) {
		t.Errorf("LatencyOf = %+v", l)
	}
}

func TestARateCountsTheWaitOfThoseBehindAStall(t *testing.T) {
	t.Parallel()
	var once sync.Once
	p := Plan{Connections: 1, Measure: 600 * time.Millisecond, Rate: 100, Requests: []Request{Get("/", "", 200)}}
	r := serve(t, p, func(_ http.ResponseWriter, req *http.Request) {
		once.Do(func() {
			timer := time.NewTimer(300 * time.Millisecond)
			defer timer.Stop()
			<-timer.C
		})
	})
	// Thirty requests became due during the stall: the median of sixty is far above the server's own microseconds.
	if r.Latency.P90 < 100 {
		t.Errorf("the requests that waited behind a stall of 300 ms show a p90 of %v ms", r.Latency.P90)
	}
}

func TestAMeasuredTimeWithoutAnswersIsAnError(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	p := Plan{Address: strings.TrimPrefix(server.URL, "http://"), Connections: 1, Measure: time.Second, Once: true, Requests: []Request{Get("/", "", 200)}}
	for warm, failed := range map[time.Duration]bool{0: false, time.Hour: true} { // within the hour the one request goes out
		p.Warm = warm
		r, err := generate(t.Context(), p, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.check(p); (err != nil) != failed {
			t.Errorf("warm-up of %s: %+v, %v", warm, r, err)
		}
	}
}
