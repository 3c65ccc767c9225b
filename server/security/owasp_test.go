package security_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestOWASP attacks the running product, one group for each of the OWASP API Security Top 10 of 2023
// (https://owasp.org/API-Security/editions/2023/en/0x11-t10/). The matrix beside it tries every operation as everybody; here
// stands what a matrix cannot say.
func TestOWASP(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, group := range []struct {
		name    string
		attacks map[string]func(*testing.T, *world)
	}{
		{"API1 broken object level authorization", objectAttacks},
		{"API2 broken authentication", authenticationAttacks},
		{"API3 broken object property level authorization", propertyAttacks},
		{"API4 unrestricted resource consumption", consumptionAttacks},
		{"API5 broken function level authorization", functionAttacks},
		{"API6 unrestricted access to sensitive business flows", flowAttacks},
		{"API7 server side request forgery", forgeryAttacks},
		{"API8 security misconfiguration", configurationAttacks},
		{"API9 improper inventory management", inventoryAttacks},
		{"API10 unsafe consumption of APIs", dependencyAttacks},
	} {
		t.Run(group.name, func(t *testing.T) {
			for name, attack := range group.attacks {
				t.Run(name, func(t *testing.T) { attack(t, w) })
			}
		})
	}
}

// reply is an answer to a request that no client library of ours would make.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends one request at a path below the API, with the token of somebody ("" for nobody) and further headers
// ("Name: value").
func (w *world) ask(t *testing.T, token, method, path, body string, headers ...string) reply {
	t.Helper()
	return w.knock(t, w.BaseURL()+path, token, method, body, headers...)
}

// knock is ask at any address of the product.
func (w *world) knock(t *testing.T, address, token, method, body string, headers ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
			continue
		}
		req.Header.Set(name, value)
	}
	answer, said := do(t, plain, req)
	return reply{answer.StatusCode, answer.Header, said}
}

// plain follows no redirect: where an attack leads is what is looked at.
var plain = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// refused wants one of some statuses, an answer that says nothing of our inside, and nothing else.
func (r reply) refused(t *testing.T, what string, statuses ...int) {
	t.Helper()
	r.tells(t, what)
	for _, status := range statuses {
		if r.status == status {
			return
		}
	}
	t.Errorf("%s: %d, want one of %v: %.300s", what, r.status, statuses, r.body)
}

// tells wants an answer without what only we should know.
func (r reply) tells(t *testing.T, what string) {
	t.Helper()
	if r.status >= 500 {
		t.Errorf("%s: %d %.300s", what, r.status, r.body)
	}
	for _, inside := range []string{"goroutine", ".go:", "SQLSTATE", "pgx", "runtime error", "dial tcp", "panic", "relation \""} {
		if strings.Contains(r.body, inside) {
			t.Errorf("%s: the answer tells %q: %.300s", what, inside, r.body)
		}
	}
}
