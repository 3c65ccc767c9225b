package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// dockerfile is what must be known of one to build all of it.
type dockerfile struct {
	targets   []string            // the stages on which no other one stands
	bases     map[string]string   // the arguments named …_IMAGE, with their defaults
	arguments []string            // the names of all arguments
	uses      map[string][]string // what a stage stands on or takes from: stages, and arguments as ${…}
}

var (
	fromLine = regexp.MustCompile(`(?i)^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?`)
	argLine  = regexp.MustCompile(`(?i)^ARG\s+(\w+)(?:=(\S*))?`)
	taken    = regexp.MustCompile(`[-,\s]from=([\w.-]+)`) // COPY --from=…, RUN --mount=type=bind,from=…
)

func readDockerfile(path string) (dockerfile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return dockerfile{}, err
	}
	d := parse(string(text))
	if len(d.targets) == 0 {
		return d, fmt.Errorf("%s has no target: name its last stages with AS", path)
	}
	return d, nil
}

func parse(text string) dockerfile {
	d := dockerfile{bases: map[string]string{}, uses: map[string][]string{}}
	var stages, used []string
	stage := ""
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		line = strings.TrimSpace(line)
		if found := fromLine.FindStringSubmatch(line); found != nil {
			stage = found[2]
			used, d.uses[stage] = append(used, found[1]), append(d.uses[stage], found[1])
			if stage != "" {
				stages = append(stages, stage)
			}
			continue
		}
		if found := argLine.FindStringSubmatch(line); found != nil {
			d.arguments = append(d.arguments, found[1])
			if strings.HasSuffix(found[1], "_IMAGE") {
				d.bases[found[1]] = found[2]
			}
			continue
		}
		if !strings.HasPrefix(line, "#") {
			for _, found := range taken.FindAllStringSubmatch(line, -1) {
				used, d.uses[stage] = append(used, found[1]), append(d.uses[stage], found[1])
			}
		}
	}
	for _, stage := range stages {
		if !slices.Contains(used, stage) {
			d.targets = append(d.targets, stage)
		}
	}
	return d
}

// choose gives the wanted targets; no names mean all.
func (d dockerfile) choose(names []string) ([]string, error) {
	if len(names) == 0 {
		return d.targets, nil
	}
	for _, name := range names {
		if !slices.Contains(d.targets, name) {
			return nil, fmt.Errorf("the Dockerfile has no target %q; there are %s", name, strings.Join(d.targets, ", "))
		}
	}
	return names, nil
}

// basesOf gives those base images on which these targets stand.
func (d dockerfile) basesOf(targets []string) map[string]string {
	bases, seen := map[string]string{}, map[string]bool{}
	for next := slices.Clone(targets); len(next) > 0; {
		stage := next[0]
		next = next[1:]
		if seen[stage] {
			continue
		}
		seen[stage] = true
		next = append(next, d.uses[stage]...)
		name := strings.Trim(stage, "${}")
		if image, ok := d.bases[name]; ok && name != stage {
			bases[name] = image
		}
	}
	return bases
}
