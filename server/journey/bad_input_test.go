package journey_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/identity"
)

// TestBadInput sends to every operation of the contract what it must refuse: each gets the right status, the field and
// the rule, and leaves every table as it was.
func TestBadInput(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Content()
	t.Run("refused", func(t *testing.T) {
		for _, o := range operations(t) {
			t.Run(o.ID, func(t *testing.T) {
				t.Parallel()
				w.badBodies(t, o)
				w.badParams(t, o)
				w.wrongRoles(t, o)
				w.badTokens(t, o)
				w.unknownIDs(t, o)
				w.foreignIDs(t, o)
			})
		}
		t.Run("contradictions", func(t *testing.T) {
			t.Parallel()
			w.contradictions(t)
		})
	})
	if diff := cmp.Diff(before, w.Content()); diff != "" {
		t.Errorf("bad requests wrote something:\n%s", diff)
	}
}

func (w *world) badBodies(t *testing.T, o operation) {
	if o.Body == nil {
		return
	}
	for _, b := range breakages(o.Body, "", "") {
		r := w.valid(o)
		var err error
		if r.body, err = json.Marshal(b.value); err != nil {
			t.Fatal(err)
		}
		w.refuseField(t, o, r, b)
	}
	deep := bytes.Repeat([]byte("["), 500)
	for _, raw := range []struct {
		what, body, rule string
	}{
		{"no body", "", "required"}, {"blanks", "  \n", "required"}, {"half of it", `{"a":`, "json"}, {"no JSON", "hello", "json"}, {"two values", "{}{}", "json"},
		{"a deep nest", string(deep) + strings.Repeat("]", 500), "depth"}, {"a nest without an end", strings.Repeat(`{"a":`, 100_000), "json"},
	} {
		r := w.valid(o)
		r.body = []byte(raw.body)
		w.refuseField(t, o, r, breakage{what: raw.what, field: "body", rule: raw.rule})
	}
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense;;"} {
		r := w.valid(o)
		r.contentType = kind
		w.refuse(t, "content type "+kind, o, r, 415)
	}
	r := w.valid(o)
	r.header["Content-Encoding"] = "gzip" // a packed body could be without end when it is unpacked
	w.refuse(t, "compressed", o, r, 415)
	w.hugeBody(t, o)
}

// hugeBody is refused by its announced size, before it is read.
func (w *world) hugeBody(t *testing.T, o operation) {
	r := w.valid(o)
	r.announced = 2 << 20
	w.refuse(t, "two megabytes", o, r, 413)
}

func (w *world) badParams(t *testing.T, o operation) {
	for _, p := range o.Params {
		for _, b := range paramBreakages(p) {
			text := b.value.(string)
			if p.In != "query" && (strings.ContainsRune(text, 0) || text == "") {
				continue // no client can send it there, or it is another address
			}
			r := w.valid(o)
			switch p.In {
			case "path":
				r.path[p.Name] = text
			case "header":
				r.header[p.Name] = text
			default:
				r.query = url.Values{p.Name: {text}}.Encode()
			}
			w.refuseField(t, o, r, b)
		}
		if p.In == "header" && p.Required {
			r := w.valid(o)
			delete(r.header, p.Name)
			w.refuseField(t, o, r, breakage{what: "missing", field: p.Name, rule: "required"})
		}
		if p.Name == "If-Match" {
			r := w.valid(o)
			r.header[p.Name] = `"999999"`
			w.refuse(t, "a version that there is not", o, r, 412)
		}
		if p.In == "query" {
			r := w.valid(o)
			r.query = p.Name + "=1&" + p.Name + "=1"
			w.refuseField(t, o, r, breakage{what: "twice", field: p.Name, rule: "once"})
		}
		if p.Name == "cursor" {
			w.badCursors(t, o)
		}
	}
	r := w.valid(o)
	r.query = "surprise=1"
	w.refuseField(t, o, r, breakage{what: "unknown", field: "surprise", rule: "unknown"})
}

func (w *world) badCursors(t *testing.T, o operation) {
	for _, cursor := range []string{"x", "not a cursor", "eyJhIjoxfQ", strings.Repeat("A", 500), "%00"} {
		r := w.valid(o)
		r.query = url.Values{"cursor": {cursor}}.Encode()
		w.refuseField(t, o, r, breakage{what: "cursor " + cursor, field: "cursor"})
	}
}

func (w *world) wrongRoles(t *testing.T, o operation) {
	for _, role := range []identity.Role{"", identity.Guest, identity.Host, identity.Support, identity.Admin} {
		if identity.Allowed(o.ID, role) {
			continue
		}
		r := w.valid(o)
		r.token = w.token(role)
		want := 403
		if role == "" {
			want = 401
		}
		w.refuse(t, "as "+string(role), o, r, want)
	}
}

// unknownIDs asks for things that do not exist, as everyone who may call the operation.
func (w *world) unknownIDs(t *testing.T, o operation) {
	r := w.valid(o)
	for name := range r.path {
		r.path[name] = uuid.Must(uuid.NewV7()).String()
	}
	if len(r.path) == 0 {
		return
	}
	for _, role := range []identity.Role{"", identity.Guest, identity.Host, identity.Support, identity.Admin} {
		if identity.Allowed(o.ID, role) {
			r.token = w.token(role)
			w.refuse(t, "things that do not exist, as "+string(role), o, r, 404)
		}
	}
}

// foreignIDs asks for things of somebody else: a draft, a booking, an upload do not exist for others; a live listing may
// be seen and not changed.
func (w *world) foreignIDs(t *testing.T, o operation) {
	if len(w.valid(o).path) == 0 {
		return
	}
	for _, other := range []account{w.otherHost, w.otherGuest} {
		if !identity.Allowed(o.ID, other.Role) {
			continue
		}
		r := w.valid(o)
		r.token = other.Token
		w.refuse(t, "something of another's, as "+string(other.Role), o, r, 404)
		if _, ok := r.path["listing_id"]; ok && !identity.Allowed(o.ID, "") {
			r.path["listing_id"] = w.live.String()
			w.refuse(t, "a live listing of another's, as "+string(other.Role), o, r, 403)
		}
	}
}
