// Package usage reads from the kernel what processes have used.
package usage

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// ticks is how many units of /proc/PID/stat make a second: USER_HZ, which is 100 on every Linux that Go runs on.
const ticks = 100

// CPU gives the seconds that the processes and everything below them have computed, children included that have ended
// and were waited for. Differences of it never lose a server's short-lived backends.
func CPU(roots ...int) float64 {
	table := read()
	var sum int64
	for pid, one := range table {
		for _, root := range roots {
			if under(table, pid, root) {
				sum += one.ticks
				break
			}
		}
	}
	return float64(sum) / ticks
}

// Resident gives the bytes of memory that a process has in use now; 0 when it is gone.
func Resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			return n << 10
		}
	}
	return 0
}

type entry struct {
	parent int
	ticks  int64
}

func read() map[int]entry {
	table := map[int]entry{}
	files, _ := os.ReadDir("/proc")
	for _, f := range files {
		pid, err := strconv.Atoi(f.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if one, ok := parse(stat); err == nil && ok {
			table[pid] = one
		}
	}
	return table
}

// parse takes the parent and the sum of utime, stime, cutime and cstime: fields 4 and 14 to 17 of proc(5). The name in
// field 2 may hold anything, so counting begins behind its parenthesis.
func parse(stat []byte) (entry, bool) {
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 15 {
		return entry{}, false
	}
	var e entry
	e.parent, _ = strconv.Atoi(fields[1])
	for _, f := range fields[11:15] {
		n, _ := strconv.ParseInt(f, 10, 64)
		e.ticks += n
	}
	return e, true
}

func under(table map[int]entry, pid, root int) bool {
	for range 64 { // deeper than any tree here; a process that changed parents while we read must not keep us
		if pid == root {
			return true
		}
		one, ok := table[pid]
		if !ok || pid <= 1 {
			return false
		}
		pid = one.parent
	}
	return false
}
