package process

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Exact tells whether Find sees every process, also those that changed their title and their session.
const Exact = true

// Find lists the living processes (zombies are not) which run a program whose path begins with one of the prefixes, and
// do so in the folder or below it.
func Find(folder string, programs ...string) []int {
	entries, _ := os.ReadDir("/proc")
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		// A zombie has neither link.
		program, _ := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
		place, _ := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
		ours := slices.ContainsFunc(programs, func(prefix string) bool { return strings.HasPrefix(program, prefix) })
		if ours && strings.HasPrefix(place+"/", folder+"/") {
			found = append(found, pid)
		}
	}
	return found
}

// Memory gives the resident bytes of a group's leader, its group and its children, shared pages counted once where the
// kernel tells.
func Memory(leader int) int64 {
	entries, _ := os.ReadDir("/proc")
	var sum int64
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if parent, group := familyOf(pid); parent == leader || group == leader {
			sum += resident(pid)
		}
	}
	return sum
}

func familyOf(pid int) (parent, group int) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0
	}
	// The name stands in parentheses and may hold spaces: state, parent and group follow the last one.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 3 {
		return 0, 0
	}
	parent, _ = strconv.Atoi(fields[1])
	group, _ = strconv.Atoi(fields[2])
	return parent, group
}

func resident(pid int) int64 {
	if n := kilobytes(fmt.Sprintf("/proc/%d/smaps_rollup", pid), "Pss:"); n > 0 {
		return n
	}
	return kilobytes(fmt.Sprintf("/proc/%d/status", pid), "VmRSS:")
}

func kilobytes(path, key string) int64 {
	text, _ := os.ReadFile(path)
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == key {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			return n << 10
		}
	}
	return 0
}
