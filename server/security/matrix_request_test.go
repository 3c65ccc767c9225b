package security_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
)

// operation is one of the contract.
type operation struct {
	ID, Method, Path string
	params           []*openapi3.Parameter
	body             map[string]any // the contract's example; nil: none
}

func (o operation) pathParams() (names []string) {
	for _, p := range o.params {
		if p.In == "path" {
			names = append(names, p.Name)
		}
	}
	return names
}

// operations reads the contract, by operation id.
func operations(t *testing.T) map[string]operation {
	t.Helper()
	spec, err := contract.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]operation{}
	for path, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			o := operation{ID: op.OperationID, Method: method, Path: path}
			for _, p := range append(slices.Clone(item.Parameters), op.Parameters...) {
				o.params = append(o.params, p.Value)
			}
			if op.RequestBody != nil {
				var ok bool
				if o.body, ok = op.RequestBody.Value.Content["application/json"].Examples["usual"].Value.Value.(map[string]any); !ok {
					t.Fatalf("%s has no example of its body", o.ID)
				}
			}
			all[o.ID] = o
		}
	}
	return all
}

// send tries an operation with a request that is right in every way but, perhaps, for who sends it.
func (w *world) send(t *testing.T, o operation, c caller, on thing) (status int, body string) {
	t.Helper()
	path := o.Path
	for _, name := range o.pathParams() {
		id, ok := on.params[name]
		if !ok {
			t.Fatalf("%s has the path parameter %s, for which the matrix names nothing: add it to world.thing", o.ID, name)
		}
		path = strings.ReplaceAll(path, "{"+name+"}", id.String())
	}
	req, err := http.NewRequestWithContext(t.Context(), o.Method, w.BaseURL()+path, bytes.NewReader(w.body(t, o, c, on)))
	if err != nil {
		t.Fatal(err)
	}
	if o.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if version := w.version(t, o, c, on); version != "" {
		req.Header.Set("If-Match", version)
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	answer, err := w.spare.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(raw)
}

// body is the contract's example, with what must be true in this world.
func (w *world) body(t *testing.T, o operation, c caller, on thing) []byte {
	t.Helper()
	if o.body == nil {
		return nil
	}
	form := maps.Clone(o.body)
	maps.Copy(form, w.truths(o, c, on))
	raw, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (w *world) truths(o operation, c caller, on thing) map[string]any {
	closed, wanted := stay(300, 2), stay(60, 2)
	switch o.ID {
	case "resendVerification", "forgotPassword":
		return map[string]any{"email": w.spare.Email}
	case "login":
		return map[string]any{"email": w.spare.Email, "password": password}
	case "refresh":
		return map[string]any{"refresh_token": w.spare.RefreshToken}
	case "verifyEmail":
		return map[string]any{"token": w.verify}
	case "resetPassword":
		return map[string]any{"token": w.reset}
	case "setListingPhotos":
		return map[string]any{"photos": w.photos(c, on)}
	case "createBlock":
		return map[string]any{"start": closed.Start, "end": closed.End}
	case "createQuote":
		return map[string]any{"check_in": wanted.Start, "check_out": wanted.End}
	case "createBooking":
		return map[string]any{"quote_token": on.quote}
	}
	return nil
}

// photos is an upload of the caller's, of the host's when it has none.
func (w *world) photos(c caller, on thing) []map[string]any {
	id := w.mine.upload
	if c.party != nil {
		id = c.party.upload
	}
	if on.upload != uuid.Nil {
		id = on.upload
	}
	return []map[string]any{{"upload_id": id, "caption": "The courtyard"}}
}

// tables are where the versions of what is edited stand, and the column that names it.
var tables = map[string][2]string{"updateMe": {"users", "id"}, "updateListing": {"listings", "id"}, "setListingPhotos": {"listings", "id"}, "withdrawRevision": {"listings", "id"},
	"approveListing": {"listings", "id"}, "rejectListing": {"listings", "id"},
	"setPrice": {"listing_prices", "listing_id"}, "setAvailabilityRules": {"availability_rules", "listing_id"}}

// version is the ETag to edit by; empty when there is nothing yet or the operation wants none.
func (w *world) version(t *testing.T, o operation, c caller, on thing) string {
	t.Helper()
	if !slices.ContainsFunc(o.params, func(p *openapi3.Parameter) bool { return p.Name == "If-Match" }) {
		return ""
	}
	at, ok := tables[o.ID]
	if !ok {
		t.Fatalf("%s wants If-Match, and the matrix does not know whose version: add it to tables", o.ID)
	}
	id := on.params["listing_id"]
	if o.ID == "updateMe" {
		id = c.ID
	}
	if id == uuid.Nil {
		return `"1"`
	}
	var version *int64
	if err := w.DB.QueryRow(t.Context(), fmt.Sprintf("select max(version) from %s where %s = $1", at[0], at[1]), id).Scan(&version); err != nil {
		t.Fatal(err)
	}
	if version == nil {
		return ""
	}
	return fmt.Sprintf("%q", fmt.Sprint(*version))
}
