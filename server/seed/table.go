package seed

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// row is one line of a table; its getters remember the first value that cannot be read.
type row struct {
	columns map[string]int
	values  []string
	err     error
}

func (r *row) text(column string) string {
	at, ok := r.columns[column]
	if !ok {
		r.fail(column, "no such column")
		return ""
	}
	return r.values[at]
}

// number gives 0 for an empty value.
func (r *row) number(column string) float64 {
	text := r.text(column)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.fail(column, err.Error())
	}
	return n
}

func (r *row) integer(column string) int { return int(r.number(column)) }

func (r *row) fail(column, why string) {
	if r.err == nil {
		r.err = fmt.Errorf("column %s: %s", column, why)
	}
}

// eachRow reads an embedded table of tab-separated values whose first line names the columns.
func eachRow(name string, use func(*row)) error {
	file, err := files.Open("data/" + name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	var in io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return scan(name, in, use)
}

func scan(name string, in io.Reader, use func(*row)) error {
	lines := bufio.NewScanner(in)
	r := &row{}
	for number := 1; lines.Scan(); number++ {
		r.values = strings.Split(lines.Text(), "\t")
		if r.columns == nil {
			r.columns = positions(r.values)
			continue
		}
		if len(r.values) != len(r.columns) {
			return fmt.Errorf("%s:%d: %d values for %d columns", name, number, len(r.values), len(r.columns))
		}
		if use(r); r.err != nil {
			return fmt.Errorf("%s:%d: %w", name, number, r.err)
		}
	}
	return lines.Err()
}

func positions(names []string) map[string]int {
	at := make(map[string]int, len(names))
	for i, name := range names {
		at[name] = i
	}
	return at
}
