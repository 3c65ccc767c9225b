package main

import (
	"context"
	"fmt"
	"strings"
)

// wanted is what the product asks of a cluster, and how to see it.
var wanted = []struct {
	what string
	args []string
	none string
}{
	{"nodes", []string{"get", "nodes", "--no-headers", "-o", `custom-columns=N:.metadata.name,S:.status.conditions[?(@.type=="Ready")].status`}, "no node"},
	{"default storage", []string{"get", "storageclass", "-o", `jsonpath={.items[?(@.metadata.annotations.storageclass\.kubernetes\.io/is-default-class=="true")].metadata.name}`}, "no default storage class: volumes stay pending"},
	{"metrics", []string{"get", "apiservice", "v1beta1.metrics.k8s.io", "--ignore-not-found", "-o", `jsonpath={.status.conditions[?(@.type=="Available")].status}`}, "no metrics server: nothing scales by load"},
	{"ingress", []string{"get", "ingressclass", "-o", "jsonpath={.items[*].metadata.name}"}, "no ingress controller: reach Services by port-forward"},
}

func status(ctx context.Context, _ []string) error {
	t, err := choose()
	if err != nil {
		return err
	}
	if err := t.nodes(ctx); err != nil {
		return err
	}
	version, err := t.ask(ctx, nil, "get", "--raw", "/version")
	if err != nil {
		return err
	}
	fmt.Printf("%-16s %s\n", "version", field(version, "gitVersion"))
	for _, w := range wanted {
		found, err := t.ask(ctx, nil, w.args...)
		if err != nil {
			return err
		}
		if found == "" {
			found = w.none
		}
		fmt.Printf("%-16s %s\n", w.what, strings.Join(strings.FieldsFunc(spaced(found), func(r rune) bool { return r == '\n' }), ", "))
	}
	fmt.Printf("%-16s %s\n", "kubeconfig", t.kubeconfig)
	return nil
}

// spaced makes kubectl's columns one blank apart.
func spaced(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

// field takes a string out of a flat JSON object.
func field(object, name string) string {
	_, rest, _ := strings.Cut(object, `"`+name+`": "`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
