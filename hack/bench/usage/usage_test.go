package usage

import (
	"os"
	"os/exec"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	e, ok := parse([]byte("42 (a name) with ) 7) S 7 42 42 0 -1 4194304 100 200 0 0 11 22 33 44 20 0 1 0 500 1000 50"))
	if !ok || e.parent != 7 || e.ticks != 110 {
		t.Errorf("parse = %+v, %t; want parent 7 and 110 ticks", e, ok)
	}
	if _, ok := parse([]byte("42 (short) S 1")); ok {
		t.Error("parse took a line that is too short")
	}
}

func TestUnder(t *testing.T) {
	t.Parallel()
	table := map[int]entry{10: {parent: 1}, 11: {parent: 10}, 12: {parent: 11}, 20: {parent: 1}, 30: {parent: 30}}
	for pid, want := range map[int]bool{10: true, 12: true, 20: false, 30: false, 99: false} {
		if got := under(table, pid, 10); got != want {
			t.Errorf("under(%d, 10) = %t, want %t", pid, got, want)
		}
	}
}

func TestCPUCountsChildrenThatEnded(t *testing.T) {
	before := CPU(os.Getpid())
	if out, err := exec.Command("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if after := CPU(os.Getpid()); after <= before {
		t.Errorf("CPU stayed at %v although a child computed", before)
	}
	if Resident(os.Getpid()) < 1<<20 {
		t.Error("this test uses less than a mebibyte, it seems")
	}
}
