package worker

import (
	"context"
	"fmt"
	"net"

	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/ops"
)

func listen(ctx context.Context, d Deps) (net.Listener, error) {
	var conf net.ListenConfig
	listener, err := conf.Listen(ctx, "tcp", d.Config.Worker.Addr)
	if err != nil {
		return nil, fmt.Errorf("the worker cannot listen at RENTORA_WORKER_ADDR: %w", err)
	}
	if d.Listening != nil {
		d.Listening(listener.Addr())
	}
	return listener, nil
}

// tell adds what the worker works with, and the groups that have given up on so many handlers that only a new process helps.
func tell(board *ops.Board, d Deps, groups []group) {
	board.Add(ops.Check{Name: "database", Required: true, Probe: d.Pool.Ping},
		ops.Check{Name: "kafka", Required: true, Probe: func(ctx context.Context) error { return events.Check(ctx, d.Config.Kafka) }})
	board.Add(d.Checks...)
	board.AddStuck(func() string {
		for _, one := range groups {
			if one.stuck != nil && one.stuck() {
				return one.name
			}
		}
		return ""
	})
}
