// Command grafana holds dashboards against the schema that Grafana publishes: fields that are unknown, missing or of the
// wrong type, in the dashboard, its panels and its queries. It is a module of its own so that nobody else carries the schema.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

func main() {
	runtime := cog.NewRuntime() // with the panels and queries that our dashboards have; all of them take minutes to compile
	runtime.RegisterPanelcfgVariant(stat.VariantConfig())
	runtime.RegisterPanelcfgVariant(timeseries.VariantConfig())
	runtime.RegisterDataqueryVariant(prometheus.VariantConfig())
	failed := 0
	for _, path := range os.Args[1:] {
		if err := check(path); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			failed++
		}
	}
	fmt.Printf("%d dashboards, %d of them not valid\n", len(os.Args)-1, failed)
	if failed > 0 || len(os.Args) == 1 {
		os.Exit(1)
	}
}

func check(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var d dashboard.Dashboard
	if err := d.UnmarshalJSONStrict(text); !empty(err) {
		return err
	}
	return d.Validate()
}

// empty tells whether an error names nothing: the generated code gives a list of no errors for what is valid.
func empty(err error) bool {
	var list cog.BuildErrors
	return err == nil || errors.As(err, &list) && len(list) == 0
}
