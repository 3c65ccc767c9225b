package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/cluster/pki"
)

//go:embed check.yaml
var checked string

//go:embed check-policy.yaml
var checkedPolicy string

const (
	checkSpace = "rentora-check"
	checkHost  = "hello.test"
	checkLimit = 4 * time.Minute
)

// step is one line of a verb that takes its time.
type step struct {
	title string
	do    func(context.Context) error
}

// walk does the steps in turn and says how long each took.
func walk(ctx context.Context, steps []step) error {
	for _, s := range steps {
		at := time.Now()
		if err := s.do(ctx); err != nil {
			fmt.Printf("  %-32s failed\n", s.title)
			return err
		}
		fmt.Printf("  %-32s %6.1f s\n", s.title, time.Since(at).Seconds())
	}
	return nil
}

// check tries on the cluster what the product needs of it, in a namespace of its own that is removed afterwards.
func check(ctx context.Context, _ []string) error {
	t, err := choose()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	began := time.Now()
	err = walk(ctx, t.checks())
	_, removal := t.ask(context.WithoutCancel(ctx), nil, "delete", "namespace", checkSpace, "--ignore-not-found", "--timeout=60s")
	if err := errors.Join(err, removal); err != nil {
		return err
	}
	fmt.Printf("All of it works (%.1f s).\n", time.Since(began).Seconds())
	return nil
}

func (t target) checks() []step {
	authority, err := pki.NewAuthority("check")
	return []step{
		{"objects are accepted", func(ctx context.Context) error { return errors.Join(err, t.prepare(ctx, authority)) }},
		{"pods start on the nodes", func(ctx context.Context) error { return t.within(ctx, "rollout", "status", "deployment/hello") }},
		{"a volume is made", func(ctx context.Context) error { return t.within(ctx, "rollout", "status", "statefulset/store") }},
		{"DNS leads to the Service", func(ctx context.Context) error { return t.within(ctx, fetch("statefulset/store")...) }},
		{"logs are read", t.logged},
		{"a volume survives its pod", t.survives},
		{"ingress by HTTPS", func(ctx context.Context) error { return t.served(ctx, authority) }},
		{"a policy forbids and allows", t.forbidden},
		{"metrics are measured", func(ctx context.Context) error { return t.within(ctx, "top", "pods") }},
		{"load brings a third pod", t.scaled},
	}
}

func (t target) prepare(ctx context.Context, authority *pki.Authority) error {
	pair, err := authority.Sign(pki.Subject{Name: checkHost, Names: []string{checkHost}})
	if err != nil {
		return err
	}
	text := base64.StdEncoding.EncodeToString
	secret := fmt.Sprintf("---\napiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata: {name: hello-tls, namespace: %s}\ndata: {tls.crt: %s, tls.key: %s}\n",
		checkSpace, text(pair.Certificate), text(pair.Key))
	_, err = t.ask(ctx, strings.NewReader(checked+secret), "apply", "-f", "-")
	return err
}

// within repeats kubectl in the namespace of the check.
func (t target) within(ctx context.Context, args ...string) error {
	return t.until(ctx, append([]string{"-n", checkSpace}, args...)...)
}

func fetch(from string) []string {
	return []string{"exec", from, "--", "/probe", "get", "http://hello." + checkSpace + ".svc.cluster.local/"}
}

func (t target) logged(ctx context.Context) error {
	words, err := t.ask(ctx, nil, "-n", checkSpace, "logs", "-l", "app=hello", "--tail=5")
	if err == nil && words == "" {
		err = errors.New("the pods have answered requests, but their logs are empty")
	}
	return err
}

func (t target) survives(ctx context.Context) error {
	in := []string{"-n", checkSpace}
	for _, args := range [][]string{
		{"exec", "store-0", "--", "/probe", "write", "/data/word", "survived"},
		{"delete", "pod", "store-0", "--wait=true"},
	} {
		if _, err := t.ask(ctx, nil, append(in, args...)...); err != nil {
			return err
		}
	}
	if err := t.within(ctx, "exec", "store-0", "--", "/probe", "read", "/data/word"); err != nil {
		return err
	}
	word, err := t.ask(ctx, nil, append(in, "exec", "store-0", "--", "/probe", "read", "/data/word")...)
	if err == nil && word != "survived" {
		err = fmt.Errorf("the volume holds %q", word)
	}
	return err
}

// forbidden expects that the store, which could reach hello before, no longer can, and that hello itself still can.
func (t target) forbidden(ctx context.Context) error {
	if _, err := t.ask(ctx, strings.NewReader(checkedPolicy), "apply", "-f", "-"); err != nil {
		return err
	}
	in := []string{"-n", checkSpace}
	if err := poll(ctx, func() error {
		switch _, err := t.ask(ctx, nil, append(in, fetch("statefulset/store")...)...); {
		case err == nil:
			return errors.New("the policy is not enforced: a pod that it does not name still gets an answer")
		case !strings.Contains(err.Error(), "probe: "):
			return err // not the connection failed, but kubectl
		}
		return nil
	}); err != nil {
		return err
	}
	return t.within(ctx, fetch("deployment/hello")...)
}

// served asks the ingress at the address that it has written into the object.
func (t target) served(ctx context.Context, authority *pki.Authority) error {
	address := ""
	err := poll(ctx, func() (err error) {
		address, err = t.ask(ctx, nil, "-n", checkSpace, "get", "ingress", "hello", "-o", "jsonpath={.status.loadBalancer.ingress[0].ip}")
		if err == nil && address == "" {
			err = errors.New("no ingress controller says where it serves")
		}
		return err
	})
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority.Certificate)
	client := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, net.JoinHostPort(address, "443"))
		},
	}}
	return poll(ctx, func() error { return visit(ctx, &client, "https://"+checkHost+"/") })
}

func visit(ctx context.Context, client *http.Client, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	words, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err == nil && (answer.StatusCode != http.StatusOK || !strings.HasPrefix(string(words), "hello-")) {
		err = fmt.Errorf("%s answers %s: %s", url, answer.Status, words)
	}
	return err
}

// scaled keeps a pod busy until the autoscaler wants another.
func (t target) scaled(ctx context.Context) error {
	return poll(ctx, func() error {
		_, _ = t.ask(ctx, nil, "-n", checkSpace, "exec", "deployment/hello", "--", "/probe", "get", "http://localhost:8080/burn")
		wanted, err := t.ask(ctx, nil, "-n", checkSpace, "get", "hpa", "hello", "-o", "jsonpath={.status.desiredReplicas}")
		if err == nil && wanted != "3" {
			err = fmt.Errorf("the autoscaler wants %q pods under load", wanted)
		}
		return err
	})
}

// poll repeats until it goes well or ctx ends; then the last error says what was wrong.
func poll(ctx context.Context, try func() error) error {
	for last := error(nil); ; {
		err := try()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return errors.Join(last, ctx.Err())
		}
		last = err
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}
