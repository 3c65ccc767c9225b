package plan

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed functions.sql
var functionsSQL string

//go:embed rooms.sql
var roomsSQL string

//go:embed pipes.sql
var pipesSQL string

// Options of Explain.
type Options struct {
	Queries []Query
	Rows    int            // of each kind that no seed writes
	Only    *regexp.Regexp // of names; nil: all
	Before  string         // SQL that runs first, for tests
}

// Finding is how one query went, asked with one set of filters.
type Finding struct {
	Query, Filter string
	Access        []string // indexes and tables in the order of the plan
	Rows, Buffers int64    // buffers: pages of 8 KiB, from memory or not
	Millis        float64
	Complaints    []string
	Excuse        string // why complaints do not count
}

// Explain runs each query for real in a transaction that it takes back, in a migrated database. What no seed writes it
// adds in the same transaction, and in an empty database all else, too. Plans are those that a connection gets which has
// asked often: Postgres may have stopped to look at the arguments by then.
func Explain(ctx context.Context, conn *pgx.Conn, o Options) ([]Finding, error) {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := fill(ctx, tx, o); err != nil {
		return nil, err
	}
	e := explainer{sampler: sampler{tx: tx, known: map[string]*string{}}}
	if e.big, err = bigTables(ctx, tx); err != nil {
		return nil, err
	}
	var all []Finding
	for _, q := range o.Queries {
		if o.Only != nil && !o.Only.MatchString(q.Name) {
			continue
		}
		found, err := e.query(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func fill(ctx context.Context, tx pgx.Tx, o Options) error {
	if _, err := tx.Exec(ctx, "select set_config('explain.rows', $1::int::text, true), set_config('statement_timeout', '10min', true)", o.Rows); err != nil {
		return err
	}
	var empty bool
	if err := tx.QueryRow(ctx, "select not exists (select from bookings)").Scan(&empty); err != nil {
		return err
	}
	scripts := []string{functionsSQL, pipesSQL, o.Before, "analyze"}
	if empty {
		scripts = slices.Insert(scripts, 1, roomsSQL)
	}
	for _, script := range scripts {
		if _, err := tx.Exec(ctx, script); err != nil {
			return fmt.Errorf("fill: %w", err)
		}
	}
	return nil
}

// bigTables are those whose scan nobody should wait for.
func bigTables(ctx context.Context, tx pgx.Tx) (map[string]bool, error) {
	rows, err := tx.Query(ctx, "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= $1", manyRows)
	if err != nil {
		return nil, err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	big := map[string]bool{}
	for _, name := range names {
		big[name] = true
	}
	return big, err
}

type explainer struct {
	sampler
	big map[string]bool
}

// rounds is how often a statement is planned before it counts: after five Postgres may take one plan for all arguments.
const rounds = 6

func (e *explainer) query(ctx context.Context, q Query) ([]Finding, error) {
	filters := filtersOf(q.Name)
	calls := make([]string, len(filters))
	for i, filter := range filters {
		list, err := e.arguments(ctx, q, filter)
		if err != nil {
			return nil, err
		}
		calls[i] = "execute asked" + literals(list)
	}
	if _, err := e.tx.Exec(ctx, "select set_config('plan_cache_mode', $1, true)", mode(q)); err != nil {
		return nil, err
	}
	if _, err := e.tx.Exec(ctx, "prepare asked as "+q.SQL, pgx.QueryExecModeSimpleProtocol); err != nil {
		return nil, fmt.Errorf("%s: %w", q.Name, err)
	}
	defer func() { _, _ = e.tx.Exec(ctx, "deallocate asked") }() // whatever is wrong shows at the next prepare
	for range rounds {
		for _, call := range calls {
			if _, err := e.tx.Exec(ctx, "explain "+call, pgx.QueryExecModeSimpleProtocol); err != nil {
				return nil, fmt.Errorf("%s: %w", q.Name, err)
			}
		}
	}
	var list []Finding
	for i, call := range calls {
		f, err := e.measure(ctx, call)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.Name, err)
		}
		f.Query, f.Filter, f.Excuse = q.Name, strings.Join(sorted(filters[i]), " "), excuses[q.Name]
		list = append(list, f)
	}
	return list, nil
}

func mode(q Query) string {
	if q.Replanned {
		return "force_custom_plan"
	}
	return "auto"
}

// measure carries the statement out and takes its effect back.
func (e *explainer) measure(ctx context.Context, call string) (Finding, error) {
	inner, err := e.tx.Begin(ctx)
	if err != nil {
		return Finding{}, err
	}
	defer func() { _ = inner.Rollback(ctx) }()
	var answer []byte
	row := inner.QueryRow(ctx, "explain (analyze, buffers, format json) "+call, pgx.QueryExecModeSimpleProtocol)
	if err := row.Scan(&answer); err != nil {
		return Finding{}, err
	}
	var plans []struct {
		Plan   node
		Millis float64 `json:"Execution Time"`
	}
	if err := json.Unmarshal(answer, &plans); err != nil {
		return Finding{}, err
	}
	f := Finding{Rows: int64(plans[0].Plan.Rows), Buffers: plans[0].Plan.Hit + plans[0].Plan.Read, Millis: plans[0].Millis}
	e.judge(plans[0].Plan, &f)
	if f.Buffers > mostBuffers {
		f.Complaints = append(f.Complaints, fmt.Sprintf("touches %d pages", f.Buffers))
	}
	return f, nil
}

func literals(list []*string) string {
	if len(list) == 0 {
		return ""
	}
	quoted := make([]string, len(list))
	for i, value := range list {
		quoted[i] = "null"
		if value != nil {
			quoted[i] = "'" + strings.ReplaceAll(*value, "'", "''") + "'"
		}
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}

func sorted(filter map[string]string) []string {
	var names []string
	for name := range filter {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
