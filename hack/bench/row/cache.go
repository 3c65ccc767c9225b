package row

import "github.com/rentora/rentora/hack/bench/report"

// Settings that switch the API's cache of public pages off, wholly or to the part in Redis, name and value by turns. The API
// reads every page from the database as long as both are nil; rows about a cache say so instead of measuring something else.
var (
	uncached  []string
	redisOnly []string
)

// noCache is the line of a row that needs one.
func noCache(row, bar string) report.Line {
	return report.Line{Row: row, Ours: "the API has no cache yet", Bar: bar, Holds: report.Unsure}
}
