package security_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// TestMatrix tries every operation of the contract as every caller on things of its own and of strangers, and compares the
// answers with testdata/matrix.txt. What is refused leaves every table as it was; what is allowed is undone before the next.
func TestMatrix(t *testing.T) {
	t.Parallel()
	rows, all := readMatrix(t), operations(t)
	checkMatrix(t, rows, all)
	if t.Failed() {
		return
	}
	w := newWorld(t)
	callers := w.callers(t)
	w.Keep()
	m := &matrix{world: w, before: w.Content(), unseen: w.theirs.secrets}
	table := [][]string{append([]string{"operation", "thing"}, columns...)}
	for _, r := range rows {
		cells := map[string]string{}
		for _, c := range callers {
			m.try(t, r, all[r.operation], c, cells)
		}
		line := []string{r.operation, r.thing()}
		for _, column := range columns {
			line = append(line, cells[column])
		}
		table = append(table, line)
	}
	if len(m.unseen) > 0 { // then nobody else's not seeing it proves anything
		t.Errorf("no answer to an admin has told %q", m.unseen)
	}
	t.Logf("\n%s\nmatrix: %d operations × %d callers × ownership = %d cases, %d failed", aligned(table), len(all), len(callers), m.cases, m.failed)
}

// matrix is the run of all cases.
type matrix struct {
	*world
	before        map[string]string // every table's fingerprint
	unseen        []string          // what strangers hide that no admin has been told either, so far
	cases, failed int
}

// try is one case. Its outcome stands in the cell of the caller's column.
func (m *matrix) try(t *testing.T, r row, o operation, c caller, cells map[string]string) {
	t.Helper()
	on, can := m.thing(c, r)
	want := r.want[c.column]
	if can == (want == "-") {
		t.Fatalf("%s on %s as %s: the matrix wants %q, and whether there is such a thing is %t", r.operation, r.thing(), c.name, want, can)
	}
	if !can {
		cells[c.column] = "-"
		return
	}
	m.cases++
	status, body := m.send(t, o, c, on)
	got := fmt.Sprint(status)
	if status < 300 {
		got = "ok"
	}
	wrong := m.mistakes(c, want, got, body)
	switch cell := cells[c.column]; {
	case len(wrong) > 0:
		m.failed++
		t.Errorf("%s on %s as %s: %s\n%s", r.operation, r.thing(), c.name, strings.Join(wrong, "; "), body)
		cells[c.column] = strings.TrimSpace(cell + " " + got + "!")
	case cell == "":
		cells[c.column] = got
	}
}

// mistakes says what is wrong with an answer, and undoes what the request did.
func (m *matrix) mistakes(c caller, want, got, body string) (wrong []string) {
	if got != want {
		wrong = append(wrong, fmt.Sprintf("answered %s, want %s", got, want))
	}
	for _, secret := range m.hidden(c) {
		if strings.Contains(body, secret) {
			wrong = append(wrong, fmt.Sprintf("the answer tells %q", secret))
		}
	}
	if c.column == "admin" {
		m.unseen = slices.DeleteFunc(slices.Clone(m.unseen), func(secret string) bool { return strings.Contains(body, secret) })
	}
	changed := m.changed()
	if got != "ok" && len(changed) > 0 {
		wrong = append(wrong, fmt.Sprintf("it was refused and changed %v", changed))
	}
	if len(changed) > 0 {
		m.PutBack(changed...)
	}
	return wrong
}

func (m *matrix) changed() []string {
	after := m.Content()
	maps.DeleteFunc(after, func(name, content string) bool { return m.before[name] == content })
	return slices.Sorted(maps.Keys(after))
}

// hidden is what no answer may tell a caller: what others keep to themselves. Admins may see all of it.
func (m *matrix) hidden(c caller) (secrets []string) {
	if c.column == "admin" {
		return nil
	}
	for _, p := range []*party{&m.mine, &m.theirs, &m.admins, &m.locked} {
		if p != c.party || c.column == "dead" || c.ID == uuid.Nil {
			secrets = append(secrets, p.secrets...)
		}
	}
	return secrets
}

// aligned writes a table's cells in columns.
func aligned(table [][]string) string {
	widths := make([]int, len(table[0]))
	for _, line := range table {
		for i, cell := range line {
			widths[i] = max(widths[i], len(cell))
		}
	}
	var out strings.Builder
	for _, line := range table {
		var text strings.Builder
		for i, cell := range line {
			fmt.Fprintf(&text, "%-*s  ", widths[i], cell)
		}
		out.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
	return out.String()
}
