package row

import (
	"bufio"
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/bench/consume"
	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/report"
	"github.com/rentora/rentora/hack/bench/usage"
	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/server/config"
)

// worker drains a backlog of events through our consumer, and of jobs through BullMQ.
func worker(ctx context.Context, b *Bench) ([]report.Line, error) {
	n := 20000
	if b.Quick {
		n = 1000
	}
	dir, err := b.Packages(ctx, "bullmq")
	if err != nil {
		return nil, err
	}
	database, err := b.EmptyDatabase(ctx, "worker")
	if err != nil {
		return nil, err
	}
	team, err := b.bestCrew(ctx, dir, n/4)
	if err != nil {
		return nil, err
	}
	out, err := b.contest(ctx,
		contest.Side{Name: "consumer, inbox on", Measure: func(ctx context.Context, round int) (contest.Sample, error) {
			return b.consume(ctx, database, n, round)
		}},
		contest.Side{Name: team.String(), Measure: func(ctx context.Context, _ int) (contest.Sample, error) {
			return b.bullmq(ctx, dir, n, team)
		}})
	if err != nil {
		return nil, err
	}
	line := report.Against("worker, no-op handler, BullMQ", out[0], out[1], 3)
	line.Ours, line.Rival = fmt.Sprintf("%.0f events/s", out[0].Rate()), fmt.Sprintf("%.0f jobs/s", out[1].Rate())
	return []report.Line{line}, nil
}

func (b *Bench) consume(ctx context.Context, database string, n, round int) (contest.Sample, error) {
	var task bytes.Buffer
	err := gob.NewEncoder(&task).Encode(consume.Task{Database: database, Events: n, Kafka: config.Kafka{
		Brokers: b.Session.KafkaBrokers, TopicPrefix: fmt.Sprintf("bench-%d-%d.", time.Now().UnixMilli(), round), Partitions: 6, Replication: 1}})
	if err != nil {
		return contest.Sample{}, err
	}
	return b.drain(ctx, exec.CommandContext(ctx, b.Self, consume.Argument), &task, n, "consumer", "kafka", "postgres")
}

// drain runs a program that says when its backlog is ready and how long it took to handle it.
func (b *Bench) drain(ctx context.Context, cmd *exec.Cmd, task *bytes.Buffer, n int, name string, servers ...string) (contest.Sample, error) {
	pids, err := b.Servers(ctx)
	if err != nil {
		return contest.Sample{}, err
	}
	log, err := os.Create(filepath.Join(filepath.Dir(b.Program), name+".log"))
	if err != nil {
		return contest.Sample{}, err
	}
	defer log.Close()
	cmd.Stdin, cmd.Stderr = task, log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return contest.Sample{}, err
	}
	if err := process.Bound(cmd); err != nil {
		return contest.Sample{}, err
	}
	count := func() map[string]float64 {
		used := map[string]float64{name: usage.CPU(cmd.Process.Pid)}
		for _, server := range servers {
			used[server] = usage.CPU(pids[server])
		}
		return used
	}
	lines := bufio.NewScanner(out)
	var before, after map[string]float64
	var result consume.Result
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "began" {
			before = count()
		} else if after = count(); json.Unmarshal(lines.Bytes(), &result) != nil {
			break
		}
	}
	if err := cmd.Wait(); err != nil || result.Seconds == 0 {
		return contest.Sample{}, fmt.Errorf("%s did not finish (see %s): %w", name, log.Name(), err)
	}
	sample := contest.Sample{PerSecond: float64(n) / result.Seconds, Requests: int64(n), CPU: map[string]float64{}}
	for process, seconds := range after {
		sample.CPU[process] = (seconds - before[process]) * 1000 / float64(n)
	}
	return sample, nil
}
