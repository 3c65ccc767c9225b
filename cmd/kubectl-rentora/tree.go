package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	apimeta "k8s.io/apimachinery/pkg/api/meta"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// colours of a terminal.
const (
	green  = "32"
	yellow = "33"
	red    = "31"
	grey   = "90"
	bold   = "1"
)

// painter gives a function that colours a text, or leaves it as it is.
func painter(coloured bool) func(colour, text string) string {
	return func(colour, text string) string {
		if !coloured || text == "" {
			return text
		}
		return "\x1b[" + colour + "m" + text + "\x1b[0m"
	}
}

// marks of the states, and their colours.
var marks = map[component.State]struct{ sign, colour string }{
	component.IsReady:       {"✓", green},
	component.IsExternal:    {"✓", green},
	component.IsProgressing: {"…", yellow},
	component.IsWaiting:     {"·", yellow},
	component.IsFailed:      {"✗", red},
	component.IsOff:         {"-", grey},
}

// branch is a line and what hangs on it.
type branch struct {
	text string
	subs []branch
}

// tree draws a platform: its components with states and causes, their workloads, and the pods that are not ready.
func tree(v *view, paint func(colour, text string) string) string {
	var out strings.Builder
	out.WriteString(headline(v.platform, paint) + "\n")
	for _, line := range remarks(v) {
		out.WriteString("  " + line + "\n")
	}
	draw(&out, branches(v, paint), "")
	return out.String()
}

func draw(out *strings.Builder, branches []branch, indent string) {
	for i, b := range branches {
		twig, deeper := "├─ ", "│  "
		if i == len(branches)-1 {
			twig, deeper = "└─ ", "   "
		}
		out.WriteString(indent + twig + b.text + "\n")
		draw(out, b.subs, indent+deeper)
	}
}

func headline(p *v1alpha1.RentoraPlatform, paint func(colour, text string) string) string {
	state := paint(red, "not ready")
	switch {
	case p.DeletionTimestamp != nil:
		state = paint(yellow, "being deleted")
	case p.Spec.Paused:
		state = paint(yellow, "paused")
	case isReady(p):
		state = paint(green, "ready")
	}
	words := []string{paint(bold, p.Namespace+"/"+p.Name), state}
	for _, more := range []string{running(p.Status.Version), p.Status.Endpoints.URL} {
		if more != "" {
			words = append(words, more)
		}
	}
	return strings.Join(words, "  ")
}

func running(v v1alpha1.VersionStatus) string {
	switch {
	case v.Current == "":
		return v.Target
	case v.Target == "" || v.Target == v.Current:
		return v.Current
	}
	return v.Current + " → " + v.Target
}

// remarks are what concerns the whole of it.
func remarks(v *view) (lines []string) {
	p := v.platform
	ready := apimeta.FindStatusCondition(p.Status.Conditions, v1alpha1.ReadyCondition)
	switch {
	case ready == nil:
		lines = append(lines, "The operator has not looked at it yet: does one run?")
	case p.Status.ObservedGeneration < p.Generation:
		lines = append(lines, "The operator has not seen the last change yet.")
	case ready.Message != "" && !isReady(p):
		lines = append(lines, plain(ready.Message))
	}
	if len(v.unseen) > 0 {
		lines = append(lines, "You may not list "+strings.Join(v.unseen, ", ")+" here: these are not shown.")
	}
	return lines
}

func branches(v *view, paint func(colour, text string) string) (all []branch) {
	components := v.platform.Status.Components
	shown, width := map[string]bool{}, 0
	for _, c := range components {
		shown[c.Name] = true
		width = max(width, len(c.Name))
	}
	for _, name := range slices.Sorted(maps.Keys(v.workloads)) { // of an operator that has not told yet, or of another version
		if !shown[name] {
			components = append(components, v1alpha1.ComponentStatus{Name: name})
			width = max(width, len(name))
		}
	}
	for _, c := range components {
		mark, known := marks[component.State(c.State)]
		if !known {
			mark.sign, mark.colour = "?", grey
		}
		message := strings.TrimPrefix(plain(c.Message), c.Name+": ")
		text := paint(mark.colour, mark.sign) + " " + fmt.Sprintf("%-*s  %s", width, c.Name, message)
		all = append(all, branch{text: strings.TrimRight(text, " "), subs: twigs(v.workloads[c.Name], paint)})
	}
	return all
}

func twigs(workloads []workload, paint func(colour, text string) string) (all []branch) {
	for _, w := range workloads {
		colour := yellow
		if w.ready >= w.desired {
			colour = green
		}
		b := branch{text: w.kind + "/" + w.name + " " + paint(colour, fmt.Sprintf("%d/%d", w.ready, w.desired))}
		for _, t := range w.troubles {
			mark := marks[t.State]
			b.subs = append(b.subs, branch{text: paint(mark.colour, mark.sign+" "+plain(t.Message))})
		}
		all = append(all, b)
	}
	return all
}

// plain takes out what a terminal would obey: messages end with words of containers.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}
