package report

import (
	"regexp"
	"strings"
)

// Browser is what a browser tells of an error of the web application. Nobody vouches for it: it may come from anybody.
type Browser struct {
	Kind      string // render, script, promise or request
	Message   string
	Place     string // the pattern of the route, or the component
	Release   string // of the web application
	RequestID string // of the request to the API that failed, if one did
	Stack     string
}

// Of what browsers tell only so much waits and is kept, so that a flood of it neither keeps out what is our own fault nor
// fills the table.
const (
	waitingBrowsers = 64
	mostWebGroups   = 50 // that wait to be written
	keptWebGroups   = 1000
)

// ReportBrowser takes an error that a browser tells of and returns at once, as Report does.
func (r *Reporter) ReportBrowser(b Browser) {
	if r == nil {
		return
	}
	r.put(r.browsers, Failure{Source: Web, Route: b.Place, RequestID: b.RequestID, browser: &b})
}

// describeBrowser scrubs what a browser tells.
func (o *occurrence) describeBrowser(b Browser) {
	o.kind, o.message, o.release, o.stack = b.Kind, Scrub(b.Message), b.Release, scrubStack(b.Stack)
	o.place = limit(scrub(oneLine(b.Place), inPlaces), 200)
	o.route = o.place
}

// frame is a call in the stack of any browser: "at render (https://host/app.js:1:2)" or "render@https://host/app.js:1:2".
var (
	frame  = regexp.MustCompile(`^(?:at )?(?:(.*?)(?: \(|@))?([a-z][a-z-]*:/\S*?|/\S*?|<anonymous>)(:\d+(?::\d+)?)\)?$`)
	origin = regexp.MustCompile(`^[a-z][a-z-]*://?[^/]*`)
	script = regexp.MustCompile(`\.[cm]?[jt]sx?$`)
)

// scrubStack keeps of each call the function, the path of the script and the place in it; other lines are scrubbed as
// messages are. It gives 8 KiB at most.
func scrubStack(stack string) string {
	var out []string
	for line := range strings.Lines(limit(clean(stack), 16<<10)) {
		line = strings.TrimSpace(line)
		call := frame.FindStringSubmatch(line)
		switch {
		case line == "":
		case call == nil:
			out = append(out, Scrub(line))
		default:
			out = append(out, "at "+strings.TrimLeft(scrub(call[1], inPlaces)+" "+scriptOf(call[2])+call[3], " "))
		}
	}
	return limit(strings.Join(out, "\n"), 8<<10)
}

// scriptOf gives the path of a frame's file: the name of a script is ours, that of a page may hold what a person looked at.
func scriptOf(file string) string {
	file, _, _ = strings.Cut(origin.ReplaceAllString(file, ""), "?")
	file, _, _ = strings.Cut(file, "#")
	if script.MatchString(file) {
		return scrub(file, inScripts)
	}
	return scrub(file, inPlaces)
}
