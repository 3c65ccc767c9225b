package row

import (
	"strings"
	"testing"

	"github.com/rentora/rentora/hack/bench/report"
)

func TestNoVerdictOverASmallIndex(t *testing.T) {
	t.Parallel()
	for _, verdict := range []report.Verdict{report.Yes, report.No} {
		small := atFullSize(report.Line{Holds: verdict, Note: "a note"}, 11_000)
		if small.Holds != report.Unsure || !strings.HasPrefix(small.Note, "a note; ") || !strings.Contains(small.Note, "--listings 100000") {
			t.Errorf("11,000 listings, %s: %+v", verdict, small)
		}
		if full := atFullSize(report.Line{Holds: verdict}, 101_000); full.Holds != verdict || full.Note != "" {
			t.Errorf("101,000 listings, %s: %+v", verdict, full)
		}
	}
}
