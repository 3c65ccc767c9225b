package stand

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

const summary = `transaction type: place.sql
number of clients: 8
number of transactions actually processed: 12345
number of failed transactions: 0 (0.000%)
tps = 4115.250000 (without initial connection time)
`

func TestCompleteWantsNoFailure(t *testing.T) {
	t.Parallel()
	if err := complete(summary); err != nil {
		t.Error(err)
	}
	for name, broken := range map[string]string{
		"nothing":          "",
		"one that failed":  "number of failed transactions: 1 (10.000%)\n",
		"ten of them":      "number of failed transactions: 0010 (10.000%)\n",
		"a client aborted": "pgbench: error: client 3 aborted in command 5\n" + summary,
	} {
		if complete(broken) == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestReadLogsTakesEveryThread(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"log.1": "0 1 1500 0 1700000000 1\n0 2 2500 0 1700000001 500000\n", "log.1.1": "1 1 3500 0 1700000002 0\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := readLogs(dir)
	if err != nil || len(all) != 3 {
		t.Fatalf("readLogs = %v, %v", all, err)
	}
	sample, err := pgbenchSample(all, time.Unix(1700000001, 0), 0.5, 0.25)
	if err != nil || sample.Requests != 2 || sample.PerSecond != 2 {
		t.Errorf("two transactions in the second after the warm-up: %+v, %v", sample, err)
	}
	if sample.CPU["postgres"] != 250 || sample.CPU[Generator] != 125 {
		t.Errorf("CPU per 1,000: %v", sample.CPU)
	}
	if _, err := pgbenchSample(all, time.Unix(1700000100, 0), 0, 0); err == nil {
		t.Error("a run with nothing after the warm-up is no error")
	}
}
