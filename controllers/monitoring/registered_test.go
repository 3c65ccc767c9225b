package monitoring_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/numbers"
	"github.com/rentora/rentora/server/worker"
)

// ours finds the metrics of our own programs: where they are written down in one place, in the source; where they are made by
// a loop, in the running registry.
func ours(t *testing.T) map[string]measured {
	t.Helper()
	found := map[string]measured{}
	for source, folders := range map[string][]string{"server": {"../../server", "../../cmd/rentora"}, "operator": {".."}} {
		for _, folder := range folders {
			err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
					return err
				}
				from := source
				if strings.HasPrefix(filepath.ToSlash(path), "../measure/") {
					from = "measure"
				}
				return read(path, from, found)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	r := &registrations{found: found}
	numbers.New(nil, r)
	worker.CountStates(r, nil, nil)
	events.NewMetrics(r) // are in the source as well: both ways must say the same
	for _, complaint := range r.complaints {
		t.Error(complaint)
	}
	return found
}

// read finds calls like prometheus.NewCounterVec(prometheus.CounterOpts{Name: "…"}, []string{…}).
func read(path, source string, found map[string]measured) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if name, m := registration(call); name != "" {
			m.source = source
			found[name] = m
		}
		return true
	})
	return nil
}

var constructor = regexp.MustCompile(`^New(Counter|Gauge|Histogram)(Vec)?$`)

func registration(call *ast.CallExpr) (string, measured) {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if pkg, ok := f.X.(*ast.Ident); !ok || pkg.Name != "prometheus" {
			return "", measured{}
		}
		if f.Sel.Name == "NewDesc" {
			return text(call.Args[0]), measured{kind: "desc", labels: texts(call.Args[2])}
		}
		if parts := constructor.FindStringSubmatch(f.Sel.Name); parts != nil {
			m := measured{kind: strings.ToLower(parts[1])}
			if parts[2] != "" {
				m.labels = texts(call.Args[1])
			}
			return option(call.Args[0]), m
		}
	case *ast.Ident:
		return shorthand(f.Name, call.Args)
	}
	return "", measured{}
}

// shorthand knows the functions by which operator and measure make metrics of a kind.
func shorthand(function string, args []ast.Expr) (string, measured) {
	if len(args) < 2 || text(args[0]) == "" {
		return "", measured{}
	}
	switch function {
	case "gauge":
		m := measured{kind: "gauge", labels: []string{"namespace", "platform"}}
		for _, more := range args[2:] {
			m.labels = append(m.labels, text(more))
		}
		return "rentora_operator_" + text(args[0]), m
	case "amount", "milliseconds":
		return "rentora_typesense_" + text(args[0]), measured{kind: "desc"}
	}
	return "", measured{}
}

// option gives the field Name of an options struct.
func option(e ast.Expr) string {
	options, ok := e.(*ast.CompositeLit)
	if !ok {
		return ""
	}
	for _, field := range options.Elts {
		if pair, ok := field.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Name" {
				return text(pair.Value)
			}
		}
	}
	return ""
}

func text(e ast.Expr) string {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return ""
	}
	s, _ := strconv.Unquote(literal.Value)
	return s
}

func texts(e ast.Expr) (all []string) {
	if list, ok := e.(*ast.CompositeLit); ok {
		for _, one := range list.Elts {
			all = append(all, text(one))
		}
	}
	return all
}

// registrations notes what is registered at it.
type registrations struct {
	found      map[string]measured
	complaints []string
}

var description = regexp.MustCompile(`^Desc\{fqName: "(\w+)", .*variableLabels: \{([\w,]*)\}\}$`)

// Register implements prometheus.Registerer.
func (r *registrations) Register(c prometheus.Collector) error {
	kind := "desc"
	switch c.(type) {
	case *prometheus.CounterVec, prometheus.Counter:
		kind = "counter"
	case *prometheus.GaugeVec:
		kind = "gauge"
	case *prometheus.HistogramVec, prometheus.Histogram:
		kind = "histogram"
	}
	if _, ok := c.(prometheus.Gauge); ok { // a gauge has all that a counter has
		kind = "gauge"
	}
	descriptions := make(chan *prometheus.Desc, 16)
	go func() { c.Describe(descriptions); close(descriptions) }()
	for d := range descriptions {
		r.note(d.String(), kind)
	}
	return nil
}

func (r *registrations) note(text, kind string) {
	parts := description.FindStringSubmatch(text)
	if parts == nil {
		r.complaints = append(r.complaints, "a description that cannot be read: "+text)
		return
	}
	m := measured{kind: kind, source: "server"}
	if parts[2] != "" {
		m.labels = strings.Split(parts[2], ",")
	}
	if before, twice := r.found[parts[1]]; twice && (before.kind != m.kind || strings.Join(before.labels, ",") != parts[2]) {
		r.complaints = append(r.complaints, "the source says otherwise: "+text)
	}
	r.found[parts[1]] = m
}

// MustRegister implements prometheus.Registerer.
func (r *registrations) MustRegister(all ...prometheus.Collector) {
	for _, c := range all {
		_ = r.Register(c)
	}
}

// Unregister implements prometheus.Registerer.
func (r *registrations) Unregister(prometheus.Collector) bool { return false }
