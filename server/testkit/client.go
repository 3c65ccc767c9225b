package testkit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"github.com/rentora/rentora/server/contract"
)

// Client is the contract's generated client. It fails the test at every answer that breaks the contract. It is safe for
// concurrent use.
type Client struct {
	*contract.ClientWithResponses
	HTTP *http.Client // the same checks, for requests that the generated client cannot make
	Base string       // where the contract's paths begin
}

// NewClient gives a client of the API at base ("http://host:port/api/v1") that sends token as its bearer, or none when it
// is empty.
func NewClient(t testing.TB, base, token string) *Client {
	t.Helper()
	spec, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	door := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(door.CloseIdleConnections)
	plain := &http.Client{Timeout: 30 * time.Second, Transport: &judge{t: t, base: base, spec: spec, door: door}}
	client, err := contract.NewClientWithResponses(base, contract.WithHTTPClient(plain), contract.WithRequestEditorFn(bearer(token)))
	if err != nil {
		t.Fatal(err)
	}
	return &Client{ClientWithResponses: client, HTTP: plain, Base: base}
}

// Client gives a client of the program's API.
func (p *Program) Client(token string) *Client {
	p.t.Helper()
	return NewClient(p.t, p.BaseURL(), token)
}

func bearer(token string) contract.RequestEditorFn {
	return func(_ context.Context, req *http.Request) error {
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		return nil
	}
}

// spec is the contract with what finds an operation in it.
type spec struct{ router routers.Router }

var loaded = sync.OnceValues(func() (*spec, error) {
	doc, err := contract.GetSpec()
	if err != nil {
		return nil, err
	}
	doc.Servers = nil // so that paths are matched without a host
	router, err := legacy.NewRouter(doc)
	return &spec{router}, err
})

// judge sends requests and compares each answer with the contract.
type judge struct {
	t    testing.TB
	base string
	spec *spec
	door http.RoundTripper
}

func (j *judge) RoundTrip(req *http.Request) (*http.Response, error) {
	answer, err := j.door.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		return nil, fmt.Errorf("the answer broke off: %w", err)
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	if err := j.check(req, answer, body); err != nil {
		j.t.Errorf("%s %s answered %d against the contract: %v\n%s", req.Method, req.URL.Path, answer.StatusCode, err, body)
	}
	return answer, nil
}

func (j *judge) check(req *http.Request, answer *http.Response, body []byte) error {
	if answer.Header.Get("X-Request-Id") == "" {
		return fmt.Errorf("there is no X-Request-Id")
	}
	if answer.StatusCode == http.StatusNotModified { // which has no body (RFC 9110, 15.4.5)
		return nil
	}
	if err := CheckEnvelope(answer.StatusCode, answer.Header, body); err != nil {
		return err
	}
	input, err := j.find(req)
	if err != nil {
		return nil //nolint:nilerr // an address that the contract does not have gets an envelope and no more
	}
	return openapi3filter.ValidateResponse(req.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: answer.StatusCode, Header: answer.Header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true,
			SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.EnableFormatValidation()}},
	})
}

func (j *judge) find(req *http.Request) (*openapi3filter.RequestValidationInput, error) {
	local := req.Clone(req.Context())
	local.URL.Scheme, local.URL.Host = "", ""
	local.URL.Path = strings.TrimPrefix(local.URL.Path, pathOf(j.base))
	route, params, err := j.spec.router.FindRoute(local)
	return &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route}, err
}

// pathOf gives the path of a base URL.
func pathOf(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	_, path, found := strings.Cut(rest, "/")
	if !found {
		return ""
	}
	return "/" + path
}

// CheckEnvelope tells how an answer breaks the rules of the envelope that hold for every one.
func CheckEnvelope(status int, header http.Header, body []byte) error {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(body, &keys); err != nil {
		return fmt.Errorf("the envelope is not JSON: %w", err)
	}
	for _, key := range []string{"success", "data", "meta", "error"} {
		if _, ok := keys[key]; !ok {
			return fmt.Errorf("the envelope has no %q", key)
		}
	}
	if len(keys) != 4 {
		return fmt.Errorf("the envelope has %d keys, not 4", len(keys))
	}
	good := status < 400
	if got := string(keys["success"]); got != fmt.Sprint(good) {
		return fmt.Errorf("success is %s with status %d", got, status)
	}
	if good {
		return expectNull(keys, "error")
	}
	if err := expectNull(keys, "data"); err != nil {
		return err
	}
	if wait := header.Get("Retry-After"); (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) && !seconds.MatchString(wait) {
		return fmt.Errorf("status %d with Retry-After %q", status, wait)
	}
	return checkFailure(status, header.Get("X-Request-Id"), keys["error"])
}

func expectNull(keys map[string]json.RawMessage, name string) error {
	if string(keys[name]) != "null" {
		return fmt.Errorf("%s is %s, not null", name, keys[name])
	}
	return nil
}

// seconds is a wait of RFC 9110, 10.2.3: from one second to some hours.
var seconds = regexp.MustCompile(`^[1-9][0-9]{0,4}$`)

// kinds that may come with a status.
var kinds = map[int]string{400: "invalid", 401: "unauthenticated", 403: "forbidden", 404: "not_found", 405: "invalid", 408: "invalid",
	409: "conflict", 412: "stale", 413: "too_large", 415: "unsupported", 422: "unprocessable", 429: "too_many", 431: "invalid",
	500: "internal", 503: "unavailable"}

func checkFailure(status int, requestID string, raw json.RawMessage) error {
	var e contract.Error
	if err := json.Unmarshal(raw, &e); err != nil {
		return fmt.Errorf("error is not readable: %w", err)
	}
	switch {
	case string(e.Kind) != kinds[status]:
		return fmt.Errorf("kind %q with status %d", e.Kind, status)
	case e.RequestId != requestID:
		return fmt.Errorf("request_id is %q, X-Request-Id is %q", e.RequestId, requestID)
	case e.Message == "" || e.Code == "" || e.FieldErrors == nil:
		return fmt.Errorf("message, code or field_errors is missing")
	}
	for _, f := range e.FieldErrors {
		if f.Field == "" || f.Rule == "" || f.Message == "" {
			return fmt.Errorf("a field error is not complete: %+v", f)
		}
	}
	return nil
}
