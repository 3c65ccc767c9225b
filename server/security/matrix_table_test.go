package security_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/matrix.txt
var matrixText string

// columns are the matrix's callers; dead stands for several (world_test.go).
var columns = []string{"anonymous", "guest", "host", "support", "admin", "dead"}

// row is what the callers may expect of an operation on a thing: "ok", a status, or "-" where they can own no such thing.
type row struct {
	operation   string
	whose, kind string // both empty: the operation names nothing; whose empty: the thing has no owner
	want        map[string]string
}

func (r row) thing() string {
	switch {
	case r.kind == "":
		return "-"
	case r.whose == "":
		return r.kind
	}
	return r.whose + "." + r.kind
}

// readMatrix gives the table's rows in its order.
func readMatrix(t *testing.T) []row {
	t.Helper()
	var rows []row
	for line := range strings.Lines(matrixText) {
		cells := strings.Fields(line)
		if len(cells) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if len(cells) != 2+len(columns) {
			t.Fatalf("the matrix has a line of %d cells: %s", len(cells), line)
		}
		if cells[0] == "operation" {
			if !slices.Equal(cells[2:], columns) {
				t.Fatalf("the matrix has the columns %v, want %v", cells[2:], columns)
			}
			continue
		}
		r := row{operation: cells[0], want: map[string]string{}}
		if whose, kind, owned := strings.Cut(cells[1], "."); owned {
			r.whose, r.kind = whose, kind
		} else if cells[1] != "-" {
			r.kind = cells[1]
		}
		for i, column := range columns {
			r.want[column] = cells[2+i]
		}
		rows = append(rows, r)
	}
	return rows
}

// ownerless are the path parameters whose things belong to nobody; those of all others have an owner.
var ownerless = []string{"dead_letter_id", "error_id"}

// checkMatrix compares the table with the contract: each operation has its rows, those that name somebody's thing one for
// the caller's own and one for a stranger's.
func checkMatrix(t *testing.T, rows []row, operations map[string]operation) {
	t.Helper()
	whose := map[string][]string{}
	for _, r := range rows {
		if _, ok := operations[r.operation]; !ok {
			t.Errorf("the matrix has a row for %s, which the contract does not have", r.operation)
		}
		whose[r.operation] = append(whose[r.operation], r.whose)
	}
	for id, o := range operations {
		if len(whose[id]) == 0 {
			t.Errorf("the matrix has no row for %s: add it to testdata/matrix.txt", id)
			continue
		}
		owned := slices.ContainsFunc(o.pathParams(), func(name string) bool { return !slices.Contains(ownerless, name) })
		if owned && (!slices.Contains(whose[id], "own") || !slices.Contains(whose[id], "other")) {
			t.Errorf("the matrix has no row for %s on own or on others' things", id)
		}
	}
}
