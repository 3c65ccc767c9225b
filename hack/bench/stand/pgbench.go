package stand

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/bench/contest"
	"github.com/rentora/rentora/hack/bench/load"
	"github.com/rentora/rentora/hack/bench/usage"
	"github.com/rentora/rentora/hack/stack/process"
)

// Pgbench is a run of Postgres's own benchmark with a script of hack/bench/sql.
type Pgbench struct {
	Script    string // file name
	Clients   int
	Warm      time.Duration // of the connections' plans and caches; not counted
	Measure   time.Duration // whole seconds
	Variables map[string]int64
}

// Pgbench measures a script with prepared statements. What pgbench itself computes is the sample's generator.
func (s *Stand) Pgbench(ctx context.Context, p Pgbench) (contest.Sample, error) {
	tool, err := Tool("pgbench")
	if err != nil {
		return contest.Sample{}, err
	}
	logs, err := os.MkdirTemp(s.folder(), "pgbench-")
	if err != nil {
		return contest.Sample{}, err
	}
	defer func() { _ = os.RemoveAll(logs) }()
	args := []string{"-n", "-M", "prepared", "-c", strconv.Itoa(p.Clients), "-j", "2", "-T", strconv.Itoa(int((p.Warm + p.Measure + time.Second - 1) / time.Second)), "-l",
		"--log-prefix=" + filepath.Join(logs, "log"), "-f", filepath.Join(s.Root, "hack", "bench", "sql", p.Script)}
	for name, value := range p.Variables {
		args = append(args, "-D", fmt.Sprintf("%s=%d", name, value))
	}
	servers, err := s.Servers(ctx)
	if err != nil {
		return contest.Sample{}, err
	}
	cmd := exec.CommandContext(ctx, tool, append(args, s.Env["RENTORA_DATABASE_URL"])...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := process.Bound(cmd); err != nil {
		return contest.Sample{}, err
	}
	sleep(ctx, p.Warm)
	from, postgres, own := time.Now(), usage.CPU(servers["postgres"]), usage.CPU(cmd.Process.Pid)
	if err := cmd.Wait(); err != nil {
		return contest.Sample{}, fmt.Errorf("pgbench %s: %w\n%s", p.Script, err, out.String())
	}
	postgres = usage.CPU(servers["postgres"]) - postgres
	own = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds() - own
	if err := complete(out.String()); err != nil {
		return contest.Sample{}, err
	}
	all, err := readLogs(logs)
	if err != nil {
		return contest.Sample{}, err
	}
	return pgbenchSample(all, from, postgres, own)
}

// transaction is a line of pgbench's log.
type transaction struct {
	ended time.Time
	took  time.Duration
}

// pgbenchSample counts what ended after the warm-up.
func pgbenchSample(all []transaction, from time.Time, postgres, own float64) (contest.Sample, error) {
	var latencies []time.Duration
	last := from
	for _, t := range all {
		if t.ended.Before(from) {
			continue
		}
		latencies = append(latencies, t.took)
		if t.ended.After(last) {
			last = t.ended
		}
	}
	n, seconds := float64(len(latencies)), last.Sub(from).Seconds()
	if n == 0 || seconds == 0 {
		return contest.Sample{}, errors.New("pgbench did nothing after its warm-up")
	}
	l := load.LatencyOf(latencies)
	return contest.Sample{PerSecond: n / seconds, P50: l.P50, P95: l.P95, P99: l.P99, Requests: int64(n),
		CPU: map[string]float64{"postgres": postgres * 1000 / n, Generator: own * 1000 / n}}, nil
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// complete finds in pgbench's summary that not one transaction failed: with failures it would have measured something else.
func complete(said string) error {
	for line := range strings.Lines(said) {
		if strings.HasPrefix(strings.TrimSpace(line), "number of failed transactions: 0 ") && !strings.Contains(said, "aborted") {
			return nil
		}
	}
	return fmt.Errorf("pgbench did not do all of its work:\n%s", said)
}

// readLogs takes the latency, microseconds in the third column, and the end, seconds and microseconds in the fifth and
// sixth, of every transaction.
func readLogs(folder string) (all []transaction, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "log*"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			var client, n, micros, script, seconds, rest int64
			if _, err := fmt.Sscan(string(line), &client, &n, &micros, &script, &seconds, &rest); err != nil {
				return nil, fmt.Errorf("pgbench's log: %w", err)
			}
			all = append(all, transaction{ended: time.UnixMicro(seconds*1e6 + rest), took: time.Duration(micros) * time.Microsecond})
		}
	}
	return all, nil
}
