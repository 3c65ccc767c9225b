package capture

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestProxyPassesOnAndRemembers(t *testing.T) {
	t.Parallel()
	behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, r.Header.Get("X-Key")+" "+r.URL.RequestURI()+" "+string(body))
	}))
	defer behind.Close()
	p, err := New(behind.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.URL+"/multi_search?a=1", strings.NewReader("the question"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Key", "k")
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil || string(said) != "k /multi_search?a=1 the question" {
		t.Errorf("the server behind said %q, %v", said, err)
	}
	if seen := p.Take(); len(seen) != 1 || seen[0].Path != "/multi_search?a=1" || string(seen[0].Body) != "the question" {
		t.Errorf("remembered %+v", seen)
	}
	if seen := p.Take(); len(seen) != 0 {
		t.Errorf("taken once, it is still there: %+v", seen)
	}
}
