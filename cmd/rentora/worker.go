package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/rentora/rentora/server/numbers"
	"github.com/rentora/rentora/server/ops"
	"github.com/rentora/rentora/server/search"
	"github.com/rentora/rentora/server/worker"
)

func workerCommand() *cobra.Command {
	var groups []string
	cmd := &cobra.Command{
		Use: "worker", Short: "Run background groups: relay, scheduler, notify, media, numbers, search, cache", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, log, err := load()
			if err != nil {
				return err
			}
			if len(groups) > 0 {
				c.Worker.Groups = groups
			}
			p, err := assemble(cmd.Context(), c, log)
			if err != nil {
				return err
			}
			defer p.close()
			return p.runWorker(cmd.Context(), nil)
		},
	}
	cmd.Flags().StringSliceVar(&groups, "groups", nil, "which of them (RENTORA_WORKER_GROUPS when empty)")
	return cmd
}

// runWorker tells board what there is to tell; without one the worker serves its own.
func (p *program) runWorker(ctx context.Context, board *ops.Board) error {
	showDrift, forgetDrift := observeDrift(p.registry)
	roller, auditor := p.search.Roller(), p.search.Auditor(showDrift)
	return worker.Run(ctx, worker.Deps{
		Config: p.config, Pool: p.pool, Log: p.log, Registry: p.registry, Tracing: p.tracing, Report: p.report,
		Checks:        []ops.Check{{Name: "search", Probe: p.search.Ping}, {Name: "objects", Probe: p.media.Reach}},
		Ops:           board,
		Subscriptions: worker.Subscriptions(worker.Handlers{Notify: p.notify, Media: p.media, Search: p.search, Numbers: numbers.New(p.pool, p.registry), Cache: worker.Forgetter{Drop: p.forgetListing, LiveOf: p.listings.LiveOf}}),
		Jobs: append([]worker.Job{
			worker.ExpireDue(p.bookings),
			worker.CountStates(p.registry, p.listings, p.bookings),
			{Name: "roll_search", Every: time.Minute, Run: roller.Run},
			{Name: "send_digests", Every: 2 * time.Second, Run: p.notify.SendDigests},
			{Name: "refresh_places", Every: time.Minute, Run: p.search.RefreshPlaces},
			{Name: "check_search", Every: search.AuditEvery, Run: auditor.Run, Ended: forgetDrift},
			{Name: "restore_search", Every: search.RestoreEvery, Limit: search.RestoreLimit, Run: p.search.Restore},
			{Name: "tidy_search", Every: search.RestoreEvery, Run: p.search.Tidy},
			{Name: "fail_stuck_uploads", Every: 5 * time.Minute, Run: p.failStuckUploads},
			{Name: "sweep_errors", Every: time.Hour, Run: p.sweepErrors},
		}, p.sweeps()...),
	})
}

// sweepErrors deletes error groups that were not seen for long, a bounded number at a time.
func (p *program) sweepErrors(ctx context.Context) error {
	_, err := p.report.Sweep(ctx, 1000)
	return err
}

// failStuckUploads gives an end to images that no worker could finish in the hour after the first try.
func (p *program) failStuckUploads(ctx context.Context) error {
	_, err := p.media.FailStuck(ctx, time.Hour, 100)
	return err
}
