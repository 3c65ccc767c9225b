// Package report is error tracking: what was our fault, grouped, counted and kept for admins.
package report

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rentora/rentora/server/config"
)

// Where an error was seen.
const (
	API    = "api"
	Worker = "worker"
	Web    = "web"
)

// Failure is one error that is our fault, as the door that logs it knows it.
type Failure struct {
	Source    string // API, Worker or Web
	Route     string // what was being done: "POST /api/v1/bookings", "notify bookings.requested", "job sweep_identity"
	Err       error
	RequestID string
	TraceID   string
	browser   *Browser // what a browser told, instead of Err
}

const (
	waiting    = 512 // failures that wait to be grouped; what comes on top is counted and dropped
	mostGroups = 200 // groups that wait to be written; likewise
	flushEvery = time.Second
	flushTime  = 2 * time.Second // for one flush, and so for the end of a program whose database is away
)

// Options are what a Reporter needs.
type Options struct {
	Pool     *pgxpool.Pool
	Registry prometheus.Registerer
	Log      *slog.Logger
	Now      func() time.Time
	Release  string
	Errors   config.Errors
}

// Reporter groups failures and writes the groups once a second: an error that occurs ten thousand times costs one
// statement a second. A nil *Reporter reports nothing. It is safe for concurrent use.
type Reporter struct {
	Options
	queue    chan Failure
	browsers chan Failure
	stop     context.CancelFunc
	done     chan struct{}
	sentry   *sentryClient
	seen     *prometheus.CounterVec
	dropped  prometheus.Counter
	pending  map[string]*occurrence // by fingerprint; of the one goroutine that groups
	web      int                    // how many of them browsers told of
}

// Open starts the grouping in the background; Close ends it.
func Open(o Options) (*Reporter, error) {
	r := &Reporter{Options: o, queue: make(chan Failure, waiting), browsers: make(chan Failure, waitingBrowsers), done: make(chan struct{}), pending: map[string]*occurrence{},
		seen: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_errors_total",
			Help: "Panics, internal errors and what browsers tell of, by where they were seen: api, worker, web."}, []string{"source"}),
		dropped: prometheus.NewCounter(prometheus.CounterOpts{Name: "rentora_errors_dropped_total",
			Help: "Errors that were not grouped because too many came at once; the log has them, but for those of browsers."})}
	var err error
	if r.sentry, err = openSentry(o.Errors, o.Release); err != nil {
		return nil, err
	}
	o.Registry.MustRegister(r.seen, r.dropped)
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	go r.run(ctx)
	return r, nil
}

// Sees names the sources of this process, so that their counts begin at 0: what has no first value, Prometheus cannot see rising.
func (r *Reporter) Sees(sources ...string) {
	if r == nil {
		return
	}
	for _, source := range sources {
		r.seen.WithLabelValues(source)
	}
}

// Report takes a failure and returns at once, whatever the state of the database. When too many wait, this one is dropped.
func (r *Reporter) Report(f Failure) {
	if r == nil {
		return
	}
	r.put(r.queue, f)
}

func (r *Reporter) put(queue chan<- Failure, f Failure) {
	r.seen.WithLabelValues(f.Source).Inc()
	select {
	case queue <- f:
	default:
		r.dropped.Inc()
	}
}

// Close writes what waits, for a few seconds at most. Call it once, after the last Report.
func (r *Reporter) Close() {
	if r == nil {
		return
	}
	r.stop()
	<-r.done
	r.sentry.close()
}

func (r *Reporter) run(ctx context.Context) {
	defer close(r.done)
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case f := <-r.queue:
			r.group(f)
		case f := <-r.browsers:
			r.group(f)
		case <-tick.C:
			r.flush()
		case <-ctx.Done():
			for len(r.queue) > 0 {
				r.group(<-r.queue)
			}
			for len(r.browsers) > 0 {
				r.group(<-r.browsers)
			}
			r.flush()
			return
		}
	}
}

// group adds a failure to what waits to be written. The first of a flush is the group's sample.
func (r *Reporter) group(f Failure) {
	o := describe(f, r.Now())
	if known := r.pending[o.fingerprint]; known != nil {
		known.count++
		known.last = o.last
		return
	}
	if len(r.pending) >= mostGroups || o.source == Web && r.web >= mostWebGroups {
		r.dropped.Inc()
		return
	}
	if o.source == Web {
		r.web++
	}
	r.pending[o.fingerprint] = &o
	r.sentry.send(o, f.Err)
}

// flush writes the groups; those that cannot be written wait for the next flush.
func (r *Reporter) flush() {
	ctx, cancel := context.WithTimeout(context.Background(), flushTime)
	defer cancel()
	web := r.web
	for fingerprint, o := range r.pending {
		if err := r.record(ctx, o); err != nil {
			r.Log.Warn("an error group could not be written; it is tried again", "error", err.Error(), "waiting", len(r.pending))
			return
		}
		if delete(r.pending, fingerprint); o.source == Web {
			r.web--
		}
	}
	if web == 0 {
		return
	}
	if err := r.trim(ctx); err != nil {
		r.Log.Warn("the error groups of browsers could not be thinned out; it is tried again after the next", "error", err.Error())
	}
}
