package monitoring

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"sigs.k8s.io/yaml"
)

//go:embed rules/*.yaml
var rules embed.FS

// ruleFiles gives the files of rules by the name under which Prometheus finds them.
func ruleFiles() (map[string]string, error) {
	entries, err := rules.ReadDir("rules")
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, e := range entries {
		text, err := rules.ReadFile(path.Join("rules", e.Name()))
		if err != nil {
			return nil, err
		}
		files[strings.TrimSuffix(e.Name(), ".yaml")+".rules.yaml"] = string(text)
	}
	return files, nil
}

// rule is a recording or an alerting one, as a file of rules has it.
type rule struct {
	Record      string            `json:"record,omitempty"`
	Alert       string            `json:"alert,omitempty"`
	Expr        string            `json:"expr"`
	For         string            `json:"for,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

func parseRules(text string) (all []rule, err error) {
	var file struct {
		Groups []struct {
			Name  string `json:"name"`
			Rules []rule `json:"rules"`
		} `json:"groups"`
	}
	if err := yaml.UnmarshalStrict([]byte(text), &file); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	for _, g := range file.Groups {
		all = append(all, g.Rules...)
	}
	return all, nil
}
