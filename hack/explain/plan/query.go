// Package plan asks Postgres how it carries out the queries of the rooms, and judges what it says.
package plan

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Query is one query of a room as its queries.sql has it, with sqlc's names made into parameters.
type Query struct {
	Name   string   // room.Name
	SQL    string   // with $1, $2 …
	Params []string // their names
	// Replanned says that the room has it planned for its arguments each time, with postgres.Replan.
	Replanned bool
}

var (
	heading   = regexp.MustCompile(`(?m)^-- name: (\w+) :\w+\n`)
	comment   = regexp.MustCompile(`(?m)--.*$`)
	parameter = regexp.MustCompile(`sqlc\.n?arg\('?(\w+)'?\)|@(\w+)`)
	embedded  = regexp.MustCompile(`sqlc\.embed\((\w+)\)`)
	reads     = regexp.MustCompile(`(?i)\b(from|where|conflict)\b`)
)

// Read gives the queries of every room under root/server that look at rows which are there, in the order of their names.
// The seed's are left out: it runs once, in an empty database.
func Read(root string) ([]Query, error) {
	files, err := filepath.Glob(filepath.Join(root, "server", "*", "queries.sql"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no queries.sql under %s", filepath.Join(root, "server"))
	}
	var all []Query
	for _, file := range files {
		room := filepath.Base(filepath.Dir(file))
		if room == "seed" {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all = append(all, parse(room, string(content))...)
	}
	slices.SortFunc(all, func(a, b Query) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

func parse(room, content string) []Query {
	var list []Query
	marks := heading.FindAllStringSubmatchIndex(content, -1)
	for i, mark := range marks {
		end := len(content)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		text := content[mark[1]:end]
		body := strings.TrimSpace(comment.ReplaceAllString(text, ""))
		if !reads.MatchString(body) {
			continue
		}
		q := numbered(room+"."+content[mark[2]:mark[3]], strings.TrimSuffix(body, ";"))
		q.Replanned = strings.HasPrefix(text, "-- Replanned")
		list = append(list, q)
	}
	return list
}

// numbered gives each name one number, in the order in which they come.
func numbered(name, body string) Query {
	q := Query{Name: name}
	q.SQL = parameter.ReplaceAllStringFunc(embedded.ReplaceAllString(body, "$1.*"), func(found string) string {
		groups := parameter.FindStringSubmatch(found)
		param := groups[1] + groups[2]
		at := slices.Index(q.Params, param)
		if at < 0 {
			at, q.Params = len(q.Params), append(q.Params, param)
		}
		return fmt.Sprintf("$%d", at+1)
	})
	return q
}
