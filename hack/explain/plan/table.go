package plan

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Print writes one line for each finding, and gives how many complain without an excuse.
func Print(w io.Writer, all []Finding) int {
	names, access := len("query"), len("reached by")
	for _, f := range all {
		names, access = max(names, utf8.RuneCountInString(f.name())), max(access, len(f.reached()))
	}
	fmt.Fprintf(w, "%-*s  %-*s  %8s  %8s  %9s  %s\n", names, "query", access, "reached by", "rows", "pages", "ms", "verdict")
	failed := 0
	for _, f := range all {
		verdict := "ok"
		if len(f.Complaints) > 0 {
			verdict = strings.Join(f.Complaints, "; ")
			if f.Excuse != "" {
				verdict = "ok (" + verdict + ": " + f.Excuse + ")"
			} else {
				verdict, failed = "FAIL "+verdict, failed+1
			}
		}
		fmt.Fprintf(w, "%-*s  %-*s  %8d  %8d  %9.2f  %s\n", names, f.name(), access, f.reached(), f.Rows, f.Buffers, f.Millis, verdict)
	}
	return failed
}

func (f Finding) name() string {
	if f.Filter == "" {
		return f.Query
	}
	return f.Query + " by " + f.Filter
}

// mostAccess bounds what a line tells of the plan.
const mostAccess = 2

func (f Finding) reached() string {
	if len(f.Access) <= mostAccess {
		return strings.Join(f.Access, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(f.Access[:mostAccess], ", "), len(f.Access)-mostAccess)
}
