// Package row has the rows of the benchmark's table, a file for each.
package row

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/stand"
)

// Settings of a run.
type Settings struct {
	Rounds      int
	Measure     time.Duration // of one side in one round
	Warm        time.Duration // before it
	Connections int
	RivalWarm   time.Duration // of a server with a just-in-time compiler, once after its start
	Quick       bool          // a smoke run: the figures mean nothing
}

// Bench is what a row may use.
type Bench struct {
	*stand.Stand
	Settings
	Output io.Writer
}

// Row is one measurement, or a family of them that share their preparation.
type Row struct {
	Name string
	What string
	Run  func(context.Context, *Bench) ([]report.Line, error)
}

// All gives the rows in the order in which they run.
func All() []Row {
	return []Row{
		{"race", "64 guests, one listing, the same nights: one books, nobody gets an error", race},
		{"create", "booking creation against pgbench running the same statement", create},
		{"detail", "listing detail from the database against pgbench asking the one best query", detail},
		{"bookings", "own bookings against pgbench asking the one best query", bookings},
		{"rival-detail", "listing detail from the database against Hono + Prisma", rivalDetail},
		{"rival-cached", "listing detail from the cache against Hono with its own in Redis", rivalCached},
		{"rival-create", "booking creation against Hono + Prisma", rivalCreate},
		{"rival-bookings", "own bookings against Hono + Prisma", rivalBookings},
		{"rival-search", "a mix of searches with repeats against Hono with its own cache in Redis", rivalSearch},
		{"bare", "listing detail from process and from Redis against a bare Fiber handler that returns the same bytes", runBare},
		{"search", "search against the same questions put straight to Typesense by 8 clients, and one search repeated", search},
		{"visible", "from the commit of a price to its sight in the index, read past every cache, at 100 writes a second", visible},
		{"worker", "our consumer with a handler that does nothing, inbox on, against BullMQ", worker},
		{"latency", "p99 against p50 at each endpoint, with pools of 8, 16 and 32", latency},
		{"memory", "memory of the API at 1,000 requests a second, of the worker at rest", memory},
		{"start", "the API's start until it is ready", start},
		{"trips", "SQL statements of a request, counted by Postgres", trips},
	}
}

// say shows what goes on.
func (b *Bench) say(text string) { fmt.Fprintln(b.Output, "  "+text) }

// contest runs the sides by turns.
func (b *Bench) contest(ctx context.Context, sides ...contest.Side) ([]contest.Outcome, error) {
	return contest.Run(ctx, b.Rounds, b.say, sides...)
}
