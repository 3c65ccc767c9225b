package ingress

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	networkingv1 "k8s.io/api/networking/v1"
)

func TestFind(t *testing.T) {
	t.Parallel()
	routes := newTable([]*networkingv1.Ingress{
		made("", "/", "everybody", false),
		made("*.example.org", "/", "wild", false),
		made("api.example.org", "/", "api", false),
		made("api.example.org", "/v1", "v1", false),
		made("api.example.org", "/v1/one", "one", true),
	})
	for _, c := range []struct{ host, path, want string }{
		{"elsewhere.net", "/x", "everybody"},
		{"a.example.org", "/x", "wild"},
		{"a.b.example.org", "/x", "everybody"}, // a wildcard is one label
		{"API.example.org", "/x", "api"},
		{"api.example.org", "/v1", "v1"},
		{"api.example.org", "/v1/", "v1"},
		{"api.example.org", "/v12", "api"}, // element by element
		{"api.example.org", "/v1/one", "one"},
		{"api.example.org", "/v1/one/more", "v1"},
	} {
		if got, ok := routes.find(c.host, c.path); !ok || got.backend.service != c.want {
			t.Errorf("%s%s leads to %q, not %q", c.host, c.path, got.backend.service, c.want)
		}
	}
}

func TestAnotherClassIsNotOurs(t *testing.T) {
	t.Parallel()
	other := made("api.example.org", "/", "api", false)
	class := "another"
	other.Spec.IngressClassName = &class
	if _, found := newTable([]*networkingv1.Ingress{other}).find("api.example.org", "/"); found {
		t.Error("an Ingress of another class is served")
	}
}

func TestBalancerTakesTheNextEndpointWhenOneRefuses(t *testing.T) {
	t.Parallel()
	pod := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(r.Host + " " + r.Header.Get("X-Forwarded-Proto") + " " + r.URL.RequestURI()))
	}))
	defer pod.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refusing := closed.Addr().String()
	_ = closed.Close()
	proxy := newProxy(func(backend) ([]string, error) { return []string{refusing, pod.Listener.Addr().String()}, nil })
	request := httptest.NewRequest(http.MethodPost, "http://files.example.org/a%2Fb?c=d", strings.NewReader("body"))
	answer := httptest.NewRecorder()
	proxy.ServeHTTP(answer, request.WithContext(withTarget(request.Context(), target{scheme: "https"})))
	if got, want := answer.Body.String(), "files.example.org https /a%2Fb?c=d"; answer.Code != http.StatusOK || got != want {
		t.Errorf("got %d %q, want %q", answer.Code, got, want)
	}
}

func TestNoEndpointIsABadGateway(t *testing.T) {
	t.Parallel()
	proxy := newProxy(func(backend) ([]string, error) { return nil, errors.New("none is ready") })
	answer := httptest.NewRecorder()
	proxy.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://files.example.org/", nil))
	if answer.Code != http.StatusBadGateway {
		t.Errorf("got %d", answer.Code)
	}
}

func made(host, path, service string, exact bool) *networkingv1.Ingress {
	kind := networkingv1.PathTypePrefix
	if exact {
		kind = networkingv1.PathTypeExact
	}
	to := networkingv1.IngressBackend{Service: &networkingv1.IngressServiceBackend{Name: service}}
	return &networkingv1.Ingress{Spec: networkingv1.IngressSpec{Rules: []networkingv1.IngressRule{{Host: host,
		IngressRuleValue: networkingv1.IngressRuleValue{HTTP: &networkingv1.HTTPIngressRuleValue{
			Paths: []networkingv1.HTTPIngressPath{{Path: path, PathType: &kind, Backend: to}}}}}}}}
}
