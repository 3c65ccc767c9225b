package main

import (
	"fmt"
	"strings"
)

// manifest is a file of config/ that a chart has as a template.
type manifest struct {
	name, source string
	when         string // condition of the whole file; "" is always
	edits        []edit // beside those of every manifest
}

// edit replaces a text. One that is not found is a mistake: the source has changed and the chart would silently differ.
type edit struct{ from, to string }

// The names and namespaces of config/ in the words of the chart.
var (
	ownNamespace = edit{"namespace: rentora-system\n", "namespace: {{ .Release.Namespace }}\n"}
	labels       = edit{
		"    app.kubernetes.io/name: rentora-operator\n    app.kubernetes.io/part-of: rentora\n",
		"    {{- include \"rentora-operator.labels\" . | nindent 4 }}\n",
	}
	// A role that is limited to a namespace is another kind of object, and lies in that namespace.
	limited = edit{
		"metadata:\n  name: rentora-operator\n",
		"metadata:\n  name: rentora-operator\n  {{- with .Values.watchNamespace }}\n  namespace: {{ . }}\n  {{- end }}\n",
	}
	limitedRole    = edit{"kind: ClusterRole\n", "kind: {{ if .Values.watchNamespace }}Role{{ else }}ClusterRole{{ end }}\n"}
	limitedBinding = edit{"kind: ClusterRoleBinding\n", "kind: {{ if .Values.watchNamespace }}RoleBinding{{ else }}ClusterRoleBinding{{ end }}\n"}
	kept           = edit{
		"metadata:\n  annotations:\n",
		"metadata:\n  labels:\n    {{- include \"rentora-operator.labels\" . | nindent 4 }}\n  annotations:\n    {{- if .Values.crds.keep }}\n    helm.sh/resource-policy: keep\n    {{- end }}\n",
	}
)

var copies = []manifest{
	{name: "crd.yaml", source: crdFile, when: ".Values.crds.install", edits: []edit{kept}},
	{name: "service_account.yaml", source: "config/rbac/service_account.yaml", edits: []edit{ownNamespace, labels}},
	{name: "role.yaml", source: "config/rbac/role.yaml", edits: []edit{limited, limitedRole, labels}},
	{name: "role_binding.yaml", source: "config/rbac/role_binding.yaml", edits: []edit{limited, limitedBinding, limitedRole, ownNamespace, labels}},
	{name: "leader_election.yaml", source: "config/rbac/leader_election.yaml", edits: []edit{ownNamespace, labels}},
	{name: "users.yaml", source: "config/rbac/users.yaml", when: ".Values.users.create", edits: []edit{labels}},
	{name: "service.yaml", source: "config/manager/service.yaml", edits: []edit{ownNamespace, labels}},
	{name: "network_policy.yaml", source: "config/manager/network_policy.yaml", when: ".Values.networkPolicy.enabled", edits: []edit{ownNamespace, labels}},
}

// template gives the manifest as a chart's template.
func (m manifest) template(text string) (string, error) {
	if strings.Contains(text, "{{") {
		return "", fmt.Errorf("holds {{, which Helm would take for its own")
	}
	for _, e := range m.edits {
		if !strings.Contains(text, e.from) {
			return "", fmt.Errorf("does not hold %q, which the chart replaces", e.from)
		}
		text = strings.ReplaceAll(text, e.from, e.to)
	}
	head := fmt.Sprintf("{{- /* Generated from %s by make generate. */}}\n", m.source)
	if m.when == "" {
		return head + text, nil
	}
	return head + "{{- if " + m.when + " }}\n" + text + "{{- end }}\n", nil
}
