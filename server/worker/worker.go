// Package worker is the door for events: it runs the background groups and hands events to the rooms that listen.
package worker

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/trace"
)

// Deps are what the worker works with.
type Deps struct {
	Config        *config.Config
	Pool          *pgxpool.Pool
	Log           *slog.Logger
	Registry      *prometheus.Registry
	Tracing       *trace.Tracing
	Report        *report.Reporter
	Subscriptions []events.Subscription
	Jobs          []Job
	Checks        []ops.Check         // what readiness asks beside the database and Kafka
	Ops           *ops.Board          // the process's, which somebody else serves; nil: the worker serves its own at Worker.Addr
	Listening     func(addr net.Addr) // told where /livez, /readyz and /metrics are; may be nil
}

// failed reports what a handler, a job or a group could not do, when it is our fault.
func (d Deps) failed(where, requestID, traceID string, err error) {
	if errs.KindOf(err) == errs.Internal {
		d.Report.Report(report.Failure{Source: report.Worker, Route: where, RequestID: requestID, TraceID: traceID, Err: err})
	}
}

// Run runs the groups that the configuration names until ctx ends. A group that fails is logged and started again. When
// ctx ends, what has been begun is finished, within HTTP.ShutdownTimeout; what is not is done again by the next worker.
func Run(ctx context.Context, d Deps) error {
	groups, err := choose(d)
	if err != nil {
		return err
	}
	d.Report.Sees(report.Worker)
	if d.Ops != nil {
		tell(d.Ops, d, groups)
		d.Log.Info("worker runs", "groups", d.Config.Worker.Groups)
		return runAll(ctx, d, groups)
	}
	listener, err := listen(ctx, d)
	if err != nil {
		return err
	}
	board := ops.New(d.Log, d.Registry, time.Now)
	tell(board, d, groups)
	d.Log.Info("worker runs", "groups", d.Config.Worker.Groups, "address", listener.Addr().String())
	g, serving := errgroup.WithContext(context.WithoutCancel(ctx))
	serving, stopServing := context.WithCancel(serving)
	g.Go(func() error { return board.Serve(serving, listener) })
	g.Go(func() error {
		defer stopServing() // last of all, so that the probes see a worker that still finishes its work
		return runAll(ctx, d, groups)
	})
	return g.Wait()
}

func runAll(ctx context.Context, d Deps, groups []group) error {
	var g errgroup.Group
	for _, one := range groups {
		g.Go(func() error { return keepRunning(ctx, d.Log.With("group", one.name), d.failed, one) })
	}
	done := make(chan error, 1)
	go func() { done <- g.Wait() }()
	select {
	case err := <-done:
		return err
	case <-afterGrace(ctx, d.Config.HTTP.ShutdownTimeout):
		d.Log.Warn("some work did not finish in time; the next worker does it again", "within", d.Config.HTTP.ShutdownTimeout.String())
		return nil
	}
}
