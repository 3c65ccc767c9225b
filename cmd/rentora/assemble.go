package main

import (
	"context"
	"encoding/base64"
	"io"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/cache"
	"github.com/rentora/rentora/server/calendar"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/deadletter"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/media"
	"github.com/rentora/rentora/server/notify"
	"github.com/rentora/rentora/server/numbers"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/postgres"
	"github.com/rentora/rentora/server/pricing"
	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/rest"
	"github.com/rentora/rentora/server/search"
	"github.com/rentora/rentora/server/trace"
)

// program is every room, joined. Each command uses what it needs; nothing connects before its first use.
type program struct {
	config   *config.Config
	log      *slog.Logger
	registry *prometheus.Registry
	tracing  *trace.Tracing // nil: switched off
	report   *report.Reporter
	ops      *ops.Board
	pool     *pgxpool.Pool
	replica  *postgres.Replica
	redis    *redis.Client
	bus      *cache.Bus

	identity *identity.Service
	media    *media.Service
	listings *listing.Service
	prices   *pricing.Service
	calendar *calendar.Service
	bookings *booking.Service
	search   *search.Service
	notify   *notify.Service
}

// assemble makes the rooms out of the configuration; a nil log is silence.
func assemble(ctx context.Context, c *config.Config, log *slog.Logger) (*program, error) {
	if log == nil {
		log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	p := &program{config: c, log: log, registry: prometheus.NewRegistry()}
	p.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := p.open(ctx); err != nil {
		p.close()
		return nil, err
	}
	if err := p.join(time.Now); err != nil {
		p.close()
		return nil, err
	}
	p.ops = ops.New(log, p.registry, time.Now)
	p.ops.Add(p.checks()...)
	return p, nil
}

func (p *program) open(ctx context.Context) (err error) {
	if p.tracing, err = trace.Open(ctx, p.config.Trace, "rentora", p.config.Release, p.log); err != nil {
		return err
	}
	if p.pool, err = postgres.Open(ctx, p.config.Postgres, p.observed()...); err != nil {
		return err
	}
	p.registry.MustRegister(postgres.NewCollector(p.pool))
	if p.replica, err = postgres.OpenReplica(ctx, p.config.Postgres, p.pool, time.Now, p.log, p.observed()...); err != nil {
		return err
	}
	p.registry.MustRegister(postgres.NewReplicaCollector(p.replica))
	if p.report, err = report.Open(report.Options{Pool: p.pool, Registry: p.registry, Log: p.log, Now: time.Now,
		Release: p.config.Release, Errors: p.config.Errors}); err != nil {
		return err
	}
	if p.redis, err = cache.Open(p.config.Redis); err != nil {
		return err
	}
	p.bus = cache.NewBus(p.redis, p.config.Redis.Prefix, p.log, p.registry)
	return nil
}

func (p *program) join(now func() time.Time) (err error) {
	c := p.config
	if p.identity, err = identity.New(p.pool, p.redis, c, now); err != nil {
		return err
	}
	if p.media, err = media.New(p.pool, c.S3, c.Worker.MediaSlots, now, media.Observed(observeMedia(p.registry))); err != nil {
		return err
	}
	secret, err := base64.StdEncoding.DecodeString(c.Identity.SecretKey)
	if err != nil {
		return err
	}
	p.listings = listing.New(p.pool, secret, now, pricing.RequirePrice)
	p.prices = pricing.New(p.pool, now)
	p.calendar = calendar.New(p.pool, now)
	p.calendar.ReadFrom(p.replica.Read)
	if p.bookings, err = booking.New(p.pool, c.Booking, c.Identity.SecretKey, now); err != nil {
		return err
	}
	if p.search, err = search.New(p.pool, c.Typesense, now, search.Observed(observeSearch(p.registry)), search.Changed(p.forgetSearches)); err != nil {
		return err
	}
	mailer, err := notify.NewSMTP(c.Mail)
	if err != nil {
		return err
	}
	p.notify = notify.New(p.pool, p.identity, mailer, c.PublicURL, now)
	return nil
}

func (p *program) close() {
	p.report.Close()
	if p.redis != nil {
		_ = p.redis.Close()
	}
	p.replica.Close()
	if p.pool != nil {
		p.pool.Close()
	}
	p.tracing.Close(context.Background())
}

func (p *program) api() (*rest.API, error) {
	api := &rest.API{Identity: p.identity, Media: p.media, Listings: p.listings, Prices: p.prices, Calendar: p.calendar,
		Search: p.search, Bookings: p.bookings, Audit: audit.NewLog(p.pool), DeadLetters: deadletter.New(p.pool, time.Now), Errors: p.report,
		Numbers: numbers.NewReader(p.pool, time.Now), Searched: countSearches(p.registry)}
	details, searches, err := p.keepAnswers()
	if details != nil && searches != nil {
		api.Details, api.Searches = details, searches
		// A failure is made good by the event.
		api.Forget = func(ctx context.Context, id uuid.UUID) { _ = p.forgetListing(ctx, id) }
	}
	return api, err
}

// checks are what the API works with. Only Postgres is required: without the others bookings go on.
func (p *program) checks() []ops.Check {
	return []ops.Check{
		{Name: "database", Required: true, Probe: p.pool.Ping},
		{Name: "redis", Probe: func(ctx context.Context) error { return p.redis.Ping(ctx).Err() }},
		{Name: "search", Probe: p.search.Ping},
		{Name: "objects", Probe: p.media.Reach},
		{Name: "kafka", Probe: func(ctx context.Context) error { return events.Check(ctx, p.config.Kafka) }},
	}
}
