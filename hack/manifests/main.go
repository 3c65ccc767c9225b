// Command manifests makes the charts' copies of what config/ says, and the platform chart's schema of values from the CRD:
//
//	go run ./hack/manifests [FOLDER]    in this checkout, or in a copy of its config/
//
// hack/generate calls it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := generate(root); err != nil {
		fmt.Fprintln(os.Stderr, "manifests:", err)
		os.Exit(1)
	}
}

const (
	operatorChart = "charts/rentora-operator/templates"
	crdFile       = "config/crd/bases/platform.rentora.io_rentoraplatforms.yaml"
	valuesSchema  = "charts/rentora-platform/values.schema.json"
)

// generate makes all of them below root.
func generate(root string) error {
	for _, c := range copies {
		text, err := os.ReadFile(filepath.Join(root, c.source))
		if err != nil {
			return err
		}
		made, err := c.template(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", c.source, err)
		}
		if err := write(filepath.Join(root, operatorChart, c.name), []byte(made)); err != nil {
			return err
		}
	}
	crd, err := os.ReadFile(filepath.Join(root, crdFile))
	if err != nil {
		return err
	}
	schema, err := schemaOfValues(crd)
	if err != nil {
		return fmt.Errorf("%s: %w", crdFile, err)
	}
	return write(filepath.Join(root, valuesSchema), schema)
}

func write(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}
