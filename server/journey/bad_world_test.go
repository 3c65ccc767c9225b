package journey_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// world is a product with one of everything, which bad requests must leave as it is.
type world struct {
	*testkit.Program
	visitor                    *testkit.Client
	accounts                   map[identity.Role]account
	otherHost, otherGuest      account
	drafted, live              uuid.UUID
	booking, upload, block     uuid.UUID
	deadLetter                 uuid.UUID
	failed                     uuid.UUID // an error group
	quoteToken, idempotencyKey string
	endedSessionToken          string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	p := testkit.StartProgram(t)
	w := &world{Program: p, visitor: p.Client(""), accounts: map[identity.Role]account{}, idempotencyKey: "used already"}
	for _, role := range []identity.Role{identity.Guest, identity.Host, identity.Support, identity.Admin} {
		w.accounts[role] = signIn(t, p, role)
	}
	host, guest, admin := w.accounts[identity.Host], w.accounts[identity.Guest], w.accounts[identity.Admin]
	w.otherHost, w.otherGuest = signIn(t, p, identity.Host), signIn(t, p, identity.Guest)
	w.drafted = draft(t, p, host, "A place that is not shown", contract.BookingModeRequest)
	w.live = live(t, p, host, admin, "A place that is shown", contract.BookingModeRequest)
	w.booking = request(t, guest, w.live, stay(100, 3)).Id
	w.upload = readyUploads(t, p, host.ID, 1)[0].UploadId
	w.deadLetter = uuid.Must(uuid.NewV7())
	if _, err := p.DB.Exec(t.Context(), `insert into dead_letters (id, consumer, event_id, topic, key, type, payload, occurred_at, error, attempts, retriable)
		values ($1, 'media', $1, 'media', 'k', 'media.upload_completed', '{}', now(), 'refused', 1, true)`, w.deadLetter); err != nil {
		t.Fatal(err)
	}
	closed := stay(200, 2)
	block, err := host.CreateBlockWithResponse(t.Context(), w.live, nil, contract.CreateBlockRequest{Start: closed.Start, End: closed.End})
	expect(t, block, err, 201)
	w.block = block.JSON201.Data.Id
	w.failed = uuid.Must(uuid.NewV7())
	_, err = p.DB.Exec(t.Context(), `insert into error_groups (id, fingerprint, source, kind, place, message, count, first_seen, last_seen, first_release, release, route)
		values ($1, 'f', 'api', 'panic', 'p', 'm', 1, now(), now(), 'v1', 'v1', 'GET /')`, w.failed)
	if err != nil {
		t.Fatal(err)
	}
	quoted, err := guest.CreateQuoteWithResponse(t.Context(), w.live, quoteFor(stay(60, 2), 2))
	expect(t, quoted, err, 200)
	w.quoteToken = quoted.JSON200.Data.Token
	keyed, err := host.CreateListingWithResponse(t.Context(), &contract.CreateListingParams{IdempotencyKey: &w.idempotencyKey}, lisbon("Made with a key", contract.BookingModeInstant))
	expect(t, keyed, err, 201)
	ended := logIn(t, p, w.otherGuest.Email, password)
	out, err := ended.LogoutWithResponse(t.Context())
	expect(t, out, err, 200)
	w.endedSessionToken = ended.Token
	return w
}

// token gives that of a role's account; a visitor has none.
func (w *world) token(role identity.Role) string { return w.accounts[role].Token }

// request is one to be sent. Path parameters that are not given are those of the world's own things.
type badRequest struct {
	token       string
	path        map[string]string
	query       string
	header      map[string]string
	body        []byte
	contentType string
	announced   int64 // when it is more than body has: the size that is said, of which no more than body is ever sent
}

// valid gives a request to an operation that nothing is wrong with; a test then spoils it.
func (w *world) valid(o operation) badRequest {
	r := badRequest{token: w.token(o.role()), path: map[string]string{}, header: map[string]string{}}
	for _, p := range o.Params {
		switch {
		case p.In == "path":
			r.path[p.Name] = w.own(p.Name).String()
		case p.In == "header" && p.Required:
			r.header[p.Name] = fmt.Sprint(example(p.Schema.Value, p.Name))
		}
	}
	if o.Body != nil {
		r.body, _ = json.Marshal(example(o.Body, "")) // made of maps, slices and numbers
		r.contentType = "application/json"
	}
	return r
}

func (w *world) own(param string) uuid.UUID {
	return map[string]uuid.UUID{"listing_id": w.drafted, "booking_id": w.booking, "upload_id": w.upload, "block_id": w.block,
		"error_id": w.failed, "dead_letter_id": w.deadLetter, "user_id": w.otherGuest.ID}[param]
}

// failure is what came back.
type failure struct {
	Status int
	Error  contract.Error
	Body   string
}

// names tells whether the failure names a field and a rule; an empty rule is any.
func (f failure) names(field, rule string) bool {
	return slices.ContainsFunc(f.Error.FieldErrors, func(e contract.FieldError) bool { return e.Field == field && (rule == "" || e.Rule == rule) })
}

// send puts a request together as it is, good or bad. The client's transport judges the answer's envelope.
func (w *world) send(ctx context.Context, o operation, r badRequest) (failure, error) {
	path := o.Path
	for name, value := range r.path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	}
	req, err := http.NewRequestWithContext(ctx, o.Method, w.BaseURL()+path+"?"+r.query, bytes.NewReader(r.body))
	if err != nil {
		return failure{}, err
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	if r.announced > 0 {
		rest, answered := io.Pipe()
		defer answered.Close()
		req.Body, req.ContentLength, req.GetBody = io.NopCloser(io.MultiReader(bytes.NewReader(r.body), rest)), r.announced, nil
	}
	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}
	if r.token != "" && req.Header.Get("Authorization") == "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	answer, err := w.visitor.HTTP.Do(req)
	if err != nil {
		return failure{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	f := failure{Status: answer.StatusCode, Body: string(body)}
	var envelope struct{ Error *contract.Error }
	if err := errors.Join(err, json.Unmarshal(body, &envelope)); err != nil || envelope.Error == nil {
		return f, err
	}
	f.Error = *envelope.Error
	return f, nil
}

// refuse fails the test unless the request is answered with the status.
func (w *world) refuse(t *testing.T, what string, o operation, r badRequest, status int) failure {
	t.Helper()
	f, err := w.send(t.Context(), o, r)
	switch {
	case err != nil:
		t.Errorf("%s: %v", what, err)
	case f.Status != status:
		t.Errorf("%s: status %d, want %d: %s", what, f.Status, status, f.Body)
	}
	return f
}

// refuseField also wants the field and the rule to be named.
func (w *world) refuseField(t *testing.T, o operation, r badRequest, b breakage) {
	t.Helper()
	if f := w.refuse(t, b.what+" in "+b.field, o, r, 400); f.Status == 400 && !f.names(b.field, b.rule) {
		t.Errorf("%s in %s: want the rule %q of that field: %s", b.what, b.field, b.rule, f.Body)
	}
}
