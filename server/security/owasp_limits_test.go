package security_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rentora/rentora/server/contract"
)

// API4: nothing that a request gives is without a bound.
var consumptionAttacks = map[string]func(*testing.T, *world){
	"every part of the contract has a bound": func(t *testing.T, _ *world) {
		doc, err := contract.GetSpec()
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for path, item := range doc.Paths.Map() {
			for method, op := range item.Operations() {
				for _, p := range append(item.Parameters, op.Parameters...) {
					seen += bounded(t, method+" "+path+" "+p.Value.Name, p.Value.Schema, 0)
				}
				if op.RequestBody != nil {
					seen += bounded(t, method+" "+path, op.RequestBody.Value.Content.Get("application/json").Schema, 0)
				}
			}
		}
		if seen < 100 {
			t.Errorf("only %d values were looked at", seen)
		}
	},
	"pages of any size": func(t *testing.T, w *world) {
		for _, path := range []string{"/bookings", "/listings", "/admin/users", "/admin/audit-log", "/admin/verifications", "/search/listings", "/listings/" + w.admins.live.String() + "/blocks"} {
			for _, limit := range []string{"101", "1000000", "-1", "0", "1e3", "9223372036854775808"} {
				w.ask(t, w.admins.host.Token, http.MethodGet, path+"?limit="+limit, "").refused(t, path+" by "+limit, 400)
			}
		}
	},
	"calendars of any length": func(t *testing.T, w *world) {
		s := stay(0, 4000)
		w.ask(t, "", http.MethodGet, fmt.Sprintf("/listings/%s/calendar?from=%s&to=%s", w.mine.live, s.Start, s.End), "").refused(t, "eleven years", 400)
	},
	"words of any length": func(t *testing.T, w *world) {
		w.ask(t, "", http.MethodGet, "/search/listings?q="+strings.Repeat("a", 5000), "").refused(t, "a long search", 400)
		w.ask(t, w.spare.Token, http.MethodPost, "/bookings", fmt.Sprintf(`{"quote_token":%q}`, strings.Repeat("a", 100_000))).refused(t, "a long token", 400)
		w.ask(t, "", http.MethodPost, "/auth/login", fmt.Sprintf(`{"email":"a@example.test","password":%q}`, strings.Repeat("a", 500_000))).refused(t, "a long password", 400)
	},
	"bodies of any size": func(t *testing.T, w *world) {
		// A connection that is closed while the client still writes may take the answer with it: then he asks again.
		for range 20 {
			resp, err := http.Post(w.BaseURL()+"/auth/login", "application/json", strings.NewReader(`{"email":"`+strings.Repeat("a", 2<<20)+`"}`))
			if err != nil {
				continue
			}
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("two MiB: %d", resp.StatusCode)
			}
			return
		}
		t.Error("two MiB: no answer twenty times")
	},
	"uploads of any size": func(t *testing.T, w *world) {
		for _, size := range []string{"0", "-1", "99999999999", "1e12"} {
			w.ask(t, w.mine.host.Token, http.MethodPost, "/uploads", `{"content_type":"image/jpeg","size_bytes":`+size+`}`).refused(t, size+" bytes", 400)
		}
		w.ask(t, w.mine.host.Token, http.MethodPost, "/uploads", `{"content_type":"image/svg+xml","size_bytes":1000}`).refused(t, "a script", 400, 415, 422)
	},
}

// bounded wants each value to have a bound, and gives how many there are.
func bounded(t *testing.T, where string, ref *openapi3.SchemaRef, depth int) int {
	t.Helper()
	if ref == nil || ref.Value == nil || depth > 8 {
		return 0
	}
	s, seen := ref.Value, 0
	for _, part := range append(append(append(openapi3.SchemaRefs{}, s.AllOf...), s.OneOf...), s.AnyOf...) {
		seen += bounded(t, where, part, depth+1)
	}
	switch {
	case s.Type.Is("string") && len(s.Enum) == 0:
		if s.MaxLength == nil && s.Format != "uuid" && s.Format != "date" && s.Format != "date-time" && !closed(s.Pattern) {
			t.Errorf("%s: a text without a greatest length", where)
		}
		return seen + 1
	case s.Type.Is("integer"), s.Type.Is("number"):
		if (s.Max == nil || s.Min == nil) && len(s.Enum) == 0 {
			t.Errorf("%s: a number without a smallest and a greatest", where)
		}
		return seen + 1
	case s.Type.Is("array"):
		if s.MaxItems == nil {
			t.Errorf("%s: a list without a greatest length", where)
		}
		return seen + bounded(t, where+"[]", s.Items, depth+1)
	}
	for name, property := range s.Properties {
		seen += bounded(t, where+"."+name, property, depth+1)
	}
	if s.Type.Is("object") && (s.AdditionalProperties.Has == nil || *s.AdditionalProperties.Has) && depth == 0 {
		t.Errorf("%s: takes properties that it does not know", where)
	}
	return seen
}

// closed says whether a pattern bounds the length by itself.
func closed(pattern string) bool {
	return strings.HasPrefix(pattern, "^") && strings.HasSuffix(pattern, "$") && !strings.ContainsAny(pattern, "*+")
}
