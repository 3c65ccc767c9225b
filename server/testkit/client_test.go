package testkit_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rentora/rentora/server/testkit"
)

// watched is a test that notes its failures instead of failing.
type watched struct {
	testing.TB
	said []string
}

func (w *watched) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

// TestClientFindsEveryBreach lets a server break the contract in many ways; the client must notice each.
func TestClientFindsEveryBreach(t *testing.T) {
	t.Parallel()
	const user = `{"id":"01890a5d-ac96-774b-bcce-b302099a8057","email":"a@example.test","name":"A","role":"guest","email_verified":true,"created_at":"2026-01-02T03:04:05Z"}`
	const problem = `{"kind":"not_found","code":"not_found","message":"No.","field_errors":[],"request_id":"one"}`
	for name, c := range map[string]struct {
		status         int
		kind, id, body string
		complaint      string // empty: none
	}{
		"good":                  {200, "application/json", "one", `{"success":true,"data":` + user + `,"meta":{},"error":null}`, ""},
		"a good failure":        {404, "application/json", "one", `{"success":false,"data":null,"meta":{},"error":` + problem + `}`, ""},
		"no request id":         {200, "application/json", "", `{"success":true,"data":` + user + `,"meta":{},"error":null}`, "X-Request-Id"},
		"no meta":               {200, "application/json", "one", `{"success":true,"data":` + user + `,"error":null}`, `"meta"`},
		"a fifth key":           {200, "application/json", "one", `{"success":true,"data":` + user + `,"meta":{},"error":null,"x":1}`, "5 keys"},
		"no success":            {200, "application/json", "one", `{"success":false,"data":` + user + `,"meta":{},"error":null}`, "success is false"},
		"a wrong role":          {200, "application/json", "one", `{"success":true,"data":` + strings.Replace(user, "guest", "king", 1) + `,"meta":{},"error":null}`, "role"},
		"a missing field":       {200, "application/json", "one", `{"success":true,"data":{},"meta":{},"error":null}`, "missing"},
		"a wrong format":        {200, "application/json", "one", `{"success":true,"data":` + strings.Replace(user, "2026-01-02", "yesterday", 1) + `,"meta":{},"error":null}`, "created_at"},
		"another content type":  {200, "text/html", "one", `{"success":true,"data":` + user + `,"meta":{},"error":null}`, "ontent"},
		"no JSON":               {502, "text/html", "one", `<h1>Bad gateway</h1>`, "not JSON"},
		"a kind of another":     {409, "application/json", "one", `{"success":false,"data":null,"meta":{},"error":` + problem + `}`, "not_found"},
		"another's request id":  {404, "application/json", "two", `{"success":false,"data":null,"meta":{},"error":` + problem + `}`, "request_id"},
		"data beside the error": {404, "application/json", "one", `{"success":false,"data":{},"meta":{},"error":` + problem + `}`, "data"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			if c.id != "" {
				w.Header().Set("X-Request-Id", c.id)
			}
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		t.Cleanup(server.Close)
		watch := &watched{TB: t}
		_, err := testkit.NewClient(watch, server.URL+"/api/v1", "").GetMe(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(watch.said, "\n")
		if (said == "") != (c.complaint == "") || !strings.Contains(said, c.complaint) {
			t.Errorf("%s: the client says %q, want a complaint about %q", name, said, c.complaint)
		}
	}
}
