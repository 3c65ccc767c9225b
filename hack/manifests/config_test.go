package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
)

func TestConfig(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"default", "namespaced"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := kustomize(t, "config/"+name)
			typed(t, text)
			golden(t, "config-"+name, text)
		})
	}
}

func TestSamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(root, "config", "samples", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, file := range files {
		if filepath.Base(file) == "kustomization.yaml" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want += len(documents(string(text)))
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			typed(t, string(text))
			if filepath.Base(file) != "mailcatcher.yaml" {
				admitted(t, string(text))
			}
		})
	}
	t.Run("all of them", func(t *testing.T) {
		t.Parallel()
		if got := len(documents(kustomize(t, "config/samples"))); got != want {
			t.Errorf("the kustomization has %d of %d objects of the samples", got, want)
		}
	})
}

// An operator that is limited to its namespace has not one object outside of any.
func TestNamespacedHasNoClusterRights(t *testing.T) {
	t.Parallel()
	for _, o := range typed(t, kustomize(t, "config/namespaced")) {
		switch o.(type) {
		case *rbacv1.ClusterRole, *rbacv1.ClusterRoleBinding:
			t.Errorf("%s", o.GetObjectKind().GroupVersionKind().Kind)
		}
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	rules := map[string][]rbacv1.PolicyRule{}
	for _, o := range typed(t, kustomize(t, "config/default")) {
		switch role := o.(type) {
		case *rbacv1.ClusterRole:
			rules[role.Name] = role.Rules
		case *rbacv1.Role:
			rules[role.Name] = role.Rules
		}
	}
	if len(rules) != 4 {
		t.Errorf("want 4 roles, got %d", len(rules))
	}
	for name, all := range rules {
		for _, rule := range all {
			if words := slices.Concat(rule.APIGroups, rule.Resources, rule.Verbs, rule.NonResourceURLs); slices.Contains(words, "*") {
				t.Errorf("%s has a wildcard: %v", name, words)
			}
			for _, verb := range []string{"escalate", "bind", "impersonate", "deletecollection"} {
				if slices.Contains(rule.Verbs, verb) {
					t.Errorf("%s may %s %v", name, verb, rule.Resources)
				}
			}
			if exec := []string{"pods/exec", "pods/attach", "pods/portforward", "nodes/proxy"}; slices.ContainsFunc(rule.Resources, func(r string) bool { return slices.Contains(exec, r) }) {
				t.Errorf("%s may reach into pods: %v", name, rule.Resources)
			}
		}
	}
	// A cluster lets nobody grant more than they have themselves, and the operator makes the role of Prometheus.
	for _, verb := range []string{"get", "list", "watch"} {
		if !may(rules["rentora-operator"], verb, "", "pods") {
			t.Errorf("the operator grants %s pods and may not itself", verb)
		}
	}
}

func may(rules []rbacv1.PolicyRule, verb, group, resource string) bool {
	return slices.ContainsFunc(rules, func(r rbacv1.PolicyRule) bool {
		return slices.Contains(r.APIGroups, group) && slices.Contains(r.Resources, resource) && slices.Contains(r.Verbs, verb)
	})
}
