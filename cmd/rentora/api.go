package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/rentora/rentora/server/limit"
	"github.com/rentora/rentora/server/listing"
	"github.com/rentora/rentora/server/report"
	"github.com/rentora/rentora/server/rest"
)

func apiCommand() *cobra.Command {
	return &cobra.Command{
		Use: "api", Short: "Serve the REST API", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, log, err := load()
			if err != nil {
				return err
			}
			p, err := assemble(cmd.Context(), c, log)
			if err != nil {
				return err
			}
			defer p.close()
			return p.runAPI(cmd.Context())
		},
	}
}

// runAPI serves until ctx ends, goes on for a while so that clients find another API, then lets running requests finish.
func (p *program) runAPI(ctx context.Context) error {
	ctx, stopping := p.drain(ctx)
	api, err := p.api()
	if err != nil {
		return err
	}
	limits := limit.New(limit.Options{Redis: p.redis, Prefix: p.config.Redis.Prefix, Interval: 200 * time.Millisecond, Keys: 100_000, Now: time.Now, Log: p.log})
	p.report.Sees(report.API, report.Web)
	app, err := rest.New(api, rest.Options{Config: p.config, Log: p.log, Registry: p.registry, Tracing: p.tracing, Report: p.report, Ops: p.ops, Limits: limits, Stopping: stopping})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", p.config.HTTP.Addr)
	if err != nil {
		return fmt.Errorf("the API cannot listen: %w", err)
	}
	operators, err := net.Listen("tcp", p.config.HTTP.OpsAddr)
	if err != nil {
		_ = listener.Close()
		return fmt.Errorf("the API cannot listen at RENTORA_HTTP_OPS_ADDR: %w", err)
	}
	go p.warm()
	p.log.Info("API listens", "address", listener.Addr().String(), "operators", operators.Addr().String())
	serving, stopServing := context.WithCancel(context.WithoutCancel(ctx))
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return p.ops.Serve(serving, operators) })
	g.Go(func() error { return limits.Run(ctx) })
	g.Go(func() error { return app.Listener(listener) })
	g.Go(func() error { return p.replica.Run(ctx) })
	g.Go(func() error { return p.bus.Run(ctx) })
	g.Go(func() error { return p.identity.Run(ctx) })
	g.Go(func() error {
		defer stopServing() // last of all, so that the probes see an API that still finishes its work
		<-ctx.Done()
		p.log.Info("API stops; running requests may finish", "within", p.config.HTTP.ShutdownTimeout.String())
		return app.ShutdownWithTimeout(p.config.HTTP.ShutdownTimeout)
	})
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// drain gives a context that ends later than ctx, and tells whether ctx has ended. Who sends requests here learns that this
// process stops only after it was told to: a load balancer needs a moment, and connections that are open stay so.
func (p *program) drain(ctx context.Context) (drained context.Context, stopping func() bool) {
	drained, end := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		if p.config.HTTP.DrainTime > 0 {
			p.log.Info("API is told to stop; clients may connect elsewhere", "within", p.config.HTTP.DrainTime.String())
		}
		time.AfterFunc(p.config.HTTP.DrainTime, end)
	})
	return drained, func() bool { return ctx.Err() != nil }
}

// warm loads the map of time zones, which takes seconds on a busy machine, before the first listing needs it.
func (p *program) warm() {
	if err := listing.WarmZones(); err != nil {
		p.log.Error("the map of time zones cannot be loaded", "error", err)
	}
}
