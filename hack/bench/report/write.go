package report

import (
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Machine is what a run stood on.
type Machine struct {
	CPU  string
	Load string // of the last minute, five and fifteen
}

// ReadMachine asks the kernel.
func ReadMachine() Machine {
	m := Machine{CPU: "unknown", Load: "unknown"}
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			m.CPU = strings.TrimSpace(value)
			break
		}
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load = strings.Join(strings.Fields(string(load))[:3], " ")
	}
	return m
}

// Run is a whole run with what it was made on.
type Run struct {
	Before, After Machine
	Versions      map[string]string
	Rounds        int
	Measure       time.Duration
	Connections   int
	Listings      int
	Took          time.Duration
	Lines         []Line
}

// Write replaces the results in a file.
func Write(path string, r Run) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# What `make bench` measured\n\nMade by `go run ./hack/bench`; decision 0014 says how and why. Ratios count: every row and its rival ran by turns in this run.\n\n")
	fmt.Fprintf(&b, "* %s, %d logical cores; load before %s, after %s\n", r.Before.CPU, runtime.NumCPU(), r.Before.Load, r.After.Load)
	fmt.Fprintf(&b, "* medians of %d rounds of %s, %d connections, %d seeded listings; %s in all\n", r.Rounds, r.Measure, r.Connections, r.Listings, r.Took.Round(time.Second))
	for _, name := range slices.Sorted(maps.Keys(r.Versions)) {
		fmt.Fprintf(&b, "* %s %s\n", name, r.Versions[name])
	}
	b.WriteString("\n")
	Table(&b, r.Lines)
	b.WriteString("\n## Each side\n\n*Spread* is (greatest − least) / median of the rounds' rates. CPU is what the kernel charged to each process and its\nchildren; the generator's share is not part of the sum.\n\n")
	Details(&b, r.Lines)
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
