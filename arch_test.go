// Package rentora has no code of its own; here stands the map of the whole module, as a test.
package rentora

import (
	"slices"
	"testing"
)

// Tools serve everyone; pipes carry and know no room; rooms own meaning, in the order in which they may know each other.
var (
	tools = []string{"server/errs", "server/logs", "server/config", "server/date", "server/money", "server/page"}
	pipes = []string{"server/trace", "server/postgres", "server/events", "server/cache", "server/limit", "server/ops", "server/audit", "server/idempotency", "server/report", "server/egress"}
	rooms = []string{
		"server/identity", "server/media", "server/listing", "server/pricing", "server/calendar", "server/booking",
		"server/search", "server/notify", "server/numbers", "server/deadletter",
	}
	doors = []string{"server/rest", "server/worker"}
)

// arrows says which packages of this module each package may import. One that is not on it fails the test; "/..." takes
// in what lies below. A package's own internal/ belongs to it and needs no arrow. Test files may import what they need.
var arrows = map[string][]string{
	"server/errs":   nil,
	"server/logs":   nil,
	"server/config": {"server/errs"},
	"server/date":   {"server/errs"},
	"server/money":  {"server/errs"},
	"server/page":   {"server/errs"},

	"server/contract": {"server/date"}, // generated from server/openapi.yaml

	"server/trace":       tools,
	"server/postgres":    tools,
	"server/events":      all(tools, "server/trace", "server/postgres"),
	"server/cache":       tools,
	"server/limit":       tools,
	"server/egress":      tools,
	"server/ops":         tools,
	"server/audit":       all(tools, "server/postgres", "server/events"),
	"server/idempotency": all(tools, "server/postgres"),
	"server/report":      all(tools, "server/postgres", "server/audit"),

	"server/identity": foundations(),
	"server/media":    foundations("server/identity"),
	"server/listing":  foundations("server/identity", "server/media"),
	"server/pricing":  foundations("server/identity", "server/media", "server/listing"),
	"server/calendar": foundations("server/identity", "server/media", "server/listing"),
	"server/booking":  foundations("server/identity", "server/media", "server/listing", "server/pricing", "server/calendar"),

	// They listen: no room imports them.
	"server/search":  foundations(rooms[:6]...),
	"server/notify":  foundations(rooms[:6]...),
	"server/numbers": foundations(rooms[:6]...),

	"server/deadletter": foundations("server/identity"), // what the pipes could not deliver, for admins

	"server/rest":   foundations(all(rooms, "server/contract")...),
	"server/worker": foundations(rooms...),

	"server/seed":     foundations(rooms...),
	"server/testkit":  foundations("server/contract", "server/identity", "hack/stack/stack"), // imported by tests alone
	"server/journey":  nil,                                                                   // only tests: the programs from outside
	"server/security": nil,                                                                   // only tests: attacks from outside
	"cmd/rentora":     foundations(slices.Concat(rooms, doors, []string{"server/seed"})...),

	"api/v1alpha1":                      nil,
	"controllers/component":             {"api/v1alpha1"},
	"controllers/lag":                   nil,
	"controllers/measure":               {"controllers/component"}, // runs beside databases, and gives its own sidecar
	"controllers/postgres":              part(),
	"controllers/redis":                 part(),
	"controllers/typesense":             part(),
	"controllers/kafka":                 part(),
	"controllers/server":                part("server/config"), // the one bridge: names of environment variables, checked by the compiler
	"controllers/objects":               part("controllers/server"),
	"controllers/access":                part("controllers/server"),
	"controllers/migrate":               part("controllers/server"),
	"controllers/workers":               part("controllers/server"),
	"controllers/publish":               part("controllers/server"),
	"controllers/web":                   part("controllers/server"),
	"controllers/monitoring":            part("controllers/monitoring/dashboards"),
	"controllers/monitoring/dashboards": nil,
	"controllers": part("controllers/access", "controllers/kafka", "controllers/lag", "controllers/migrate", "controllers/monitoring", "controllers/objects",
		"controllers/postgres", "controllers/publish", "controllers/redis", "controllers/server", "controllers/typesense", "controllers/web", "controllers/workers"),
	"controllers/golden":    {"api/v1alpha1", "controllers/component"}, // imported by tests alone
	"controllers/rehearsal": {"hack/stack/..."},                        // imported by tests alone
	"cmd/operator":          part("controllers", "controllers/measure"),
	"cmd/kubectl-rentora":   {"api/v1alpha1", "controllers/component"},

	"hack/bench/...":     {"hack/bench/...", "hack/stack/...", "server/config", "server/events", "server/postgres"},
	"hack/stack/...":     {"hack/stack/..."},
	"hack/cluster/...":   {"hack/cluster/...", "hack/stack/..."},
	"hack/images/...":    {"hack/images/...", "hack/cluster/image", "hack/stack/...", "hack/web/site"},
	"hack/dockerfile":    {"hack/images/recipe", "hack/stack/...", "hack/web/site"},
	"hack/manifests/...": {"api/v1alpha1", "hack/manifests/..."},
	"hack/apiserver":     {"hack/cluster/build", "hack/stack/stack"},
	"hack/promtool":      {"hack/stack/..."},
	"hack/scale":         {"api/v1alpha1", "controllers", "controllers/component", "hack/apiserver", "hack/bench/usage", "hack/stack/..."},
	"hack/e2e":           part("controllers", "controllers/monitoring", "controllers/monitoring/dashboards", "hack/cluster/place", "hack/stack/stack", "hack/web/site"),
	"hack/explain":       {"hack/explain/plan", "hack/stack/stack"},
	"hack/explain/plan":  nil,
	"hack/fuzz":          {"hack/stack/...", "server/contract"},
	"hack/run":           {"hack/stack/...", "hack/web/site", "server/config"},
	"hack/web/...":       {"hack/stack/stack", "hack/web/site"},
	"hack/jaeger":        {"hack/stack/stack"},
	"hack/testsum":       nil,
}

func foundations(more ...string) []string { return slices.Concat(tools, pipes, more) }

// part gives what a part of a platform on Kubernetes may know: the resource, the contract, and what measures beside it.
func part(more ...string) []string {
	return slices.Concat([]string{"api/v1alpha1", "controllers/component", "controllers/measure"}, more)
}

func all(packages []string, more ...string) []string { return slices.Concat(packages, more) }

func TestArrows(t *testing.T) {
	t.Parallel()
	tree, err := readImports(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, complaint := range judge(tree, arrows) {
		t.Error(complaint)
	}
	for _, pkg := range absent(tree, arrows) {
		t.Logf("%s is on the map in arch_test.go and has no Go files", pkg)
	}
}
