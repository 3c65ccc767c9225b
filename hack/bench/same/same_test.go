package same

import (
	"strings"
	"testing"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, ours, rivals string
		ignored            []string
		want               string // in the error; "" for none
	}{
		{"order of members", `{"a":1,"b":[1,{"c":null}]}`, `{"b":[1,{"c":null}],"a":1}`, nil, ""},
		{"microseconds", `{"at":"2026-11-23T02:40:11.123456Z"}`, `{"at":"2026-11-23T02:40:11.123Z"}`, nil, ""},
		{"trimmed zeros", `{"at":"2026-11-23T02:40:11.12Z"}`, `{"at":"2026-11-23T02:40:11.120Z"}`, nil, ""},
		{"whole second", `{"at":"2026-11-23T02:40:11Z"}`, `{"at":"2026-11-23T02:40:11.000Z"}`, nil, ""},
		{"another millisecond", `{"at":"2026-11-23T02:40:11.123Z"}`, `{"at":"2026-11-23T02:40:11.124Z"}`, nil, ".at"},
		{"value", `{"a":{"b":[1,2]}}`, `{"a":{"b":[1,3]}}`, nil, ".a.b[1]"},
		{"length", `{"a":[1]}`, `{"a":[1,2]}`, nil, ".a"},
		{"missing", `{"a":1,"b":2}`, `{"a":1}`, nil, ".b is only in one"},
		{"too much", `{"a":1}`, `{"a":1,"b":2}`, nil, ".b is only in one"},
		{"kind", `{"a":"1"}`, `{"a":1}`, nil, ".a"},
		{"ignored", `{"id":"x","a":1}`, `{"id":"y","a":1}`, []string{"id"}, ""},
		{"ignored is still asked for", `{"id":"x"}`, `{}`, []string{"id"}, ".id is only in one"},
		{"not JSON", `{}`, `<html>`, nil, "the rival's answer"},
	} {
		err := Answers([]byte(c.ours), []byte(c.rivals), c.ignored...)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}
