package worker

import (
	"cmp"
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/trace"
)

// Job is something that has to be done again and again, by one worker at a time. Run may be interrupted by the end of its
// context at any moment, and runs again; its deadline is that of a handler unless it has a limit of its own.
type Job struct {
	Name  string
	Every time.Duration // from the end of one run to the begin of the next
	Limit time.Duration // of one run; zero: a handler's
	Run   func(ctx context.Context) error
	Ended func() // called when this process no longer holds the scheduler's lock; may be nil
}

// Expirer ends the requests that nobody answered in time, at most limit, and tells how many.
type Expirer interface {
	ExpireDue(ctx context.Context, limit int) (int, error)
}

// expireAtOnce bounds one transaction of the expiry.
const expireAtOnce = 200

// ExpireDue is the job that ends booking requests whose time is up.
func ExpireDue(e Expirer) Job {
	return Job{Name: "expire_bookings", Every: 5 * time.Second, Run: func(ctx context.Context) error {
		for {
			if n, err := e.ExpireDue(ctx, expireAtOnce); n < expireAtOnce || err != nil {
				return err
			}
		}
	}}
}

// lockCheck is how often the holder of the scheduler's lock makes sure that it still has it.
const lockCheck = 2 * time.Second

// schedule runs the jobs, each in its own rhythm, while this process holds the scheduler's lock.
func schedule(ctx context.Context, d Deps, results *prometheus.CounterVec) error {
	return postgres.Alone(ctx, directURL(d), "scheduler", func(ctx context.Context, conn *pgx.Conn) error {
		d.Log.Info("the scheduler holds its lock")
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return holdOn(ctx, conn) })
		for _, job := range d.Jobs {
			g.Go(func() error {
				if job.Ended != nil {
					defer job.Ended()
				}
				return repeat(ctx, d, job, results)
			})
		}
		return g.Wait()
	})
}

// holdOn returns an error, which ends the jobs, when the connection that carries the lock is gone.
func holdOn(ctx context.Context, conn *pgx.Conn) error {
	for rest(ctx, lockCheck) {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), lockCheck)
		err := conn.Ping(limited)
		cancel()
		if err != nil {
			return postgres.Translate(err)
		}
	}
	return nil
}

func repeat(ctx context.Context, d Deps, job Job, results *prometheus.CounterVec) error {
	limit := cmp.Or(job.Limit, d.Config.Worker.HandlerTimeout)
	for {
		limited, cancel := context.WithTimeout(ctx, limit)
		limited, span := d.Tracing.Begin(limited, trace.Internal, "job "+job.Name, "")
		err := guarded(limited, job.Run)
		span.End(err)
		cancel()
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			results.WithLabelValues(job.Name, "error").Inc()
			d.failed("job "+job.Name, "", trace.ID(limited), err)
			d.Log.Error("a job failed; it runs again", "job", job.Name, "error", err)
		default:
			results.WithLabelValues(job.Name, "done").Inc()
		}
		if !rest(ctx, job.Every) {
			return nil
		}
	}
}

func newJobMetrics(reg prometheus.Registerer) *prometheus.CounterVec {
	results := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_jobs_total", Help: "Runs of scheduled jobs by their result: done, error."}, []string{"job", "result"})
	reg.MustRegister(results)
	return results
}
