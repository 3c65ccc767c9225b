package plan

import (
	"fmt"
	"slices"
)

const (
	manyRows    = 5_000 // of a big table; nobody who waits may have so many read
	mostWasted  = 1_000 // rows that are read and thrown away
	mostBuffers = 1_000 // pages, for a page of a list or a batch
)

// excuses are for queries that read much because that is their task, and for which nobody waits.
var excuses = map[string]string{
	"booking.CountByStatus": "a job counts all, every five minutes",
	"listing.CountByStatus": "a job counts all, every five minutes",
	"numbers.Daily":         "staff's charts count all of a period",
	"numbers.Standing":      "staff's charts count what there is",
	"search.Count":          "once for each rebuild of the index",
	"search.Places":         "all places at once, kept in memory",
}

// node is a step of a plan, as EXPLAIN gives it.
type node struct {
	Type     string  `json:"Node Type"`
	Table    string  `json:"Relation Name"`
	Index    string  `json:"Index Name"`
	Rows     float64 `json:"Actual Rows"` // of one loop
	Loops    float64 `json:"Actual Loops"`
	Filtered float64 `json:"Rows Removed by Filter"`
	Recheck  float64 `json:"Rows Removed by Index Recheck"`
	Hit      int64   `json:"Shared Hit Blocks"`
	Read     int64   `json:"Shared Read Blocks"`
	Plans    []node
}

// judge walks the plan, notes how tables are reached, and complains.
func (e *explainer) judge(n node, f *Finding) {
	for _, child := range n.Plans {
		e.judge(child, f)
	}
	access, of := n.Index, n.Index
	if n.Type == "Seq Scan" {
		access, of = "all of "+n.Table, n.Table
		if e.big[n.Table] && n.Loops > 0 {
			f.Complaints = append(f.Complaints, "reads all of "+n.Table)
			of = "" // said already
		}
	}
	if access != "" && !slices.Contains(f.Access, access) {
		f.Access = append(f.Access, access)
	}
	if of == "" {
		return
	}
	if read := n.Rows * n.Loops; read > manyRows {
		f.Complaints = append(f.Complaints, fmt.Sprintf("reads %.0f rows by %s", read, of))
	}
	if wasted := (n.Filtered + n.Recheck) * n.Loops; wasted > mostWasted {
		f.Complaints = append(f.Complaints, fmt.Sprintf("throws %.0f rows of %s away", wasted, of))
	}
}
