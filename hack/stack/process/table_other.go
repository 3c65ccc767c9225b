//go:build !linux

package process

import (
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// Exact tells whether Find sees every process, also those that changed their title and their session.
const Exact = false

// Find lists the living processes whose command begins with one of the programs' prefixes and names the folder.
func Find(folder string, programs ...string) []int {
	var found []int
	for _, row := range table("pid=,command=") {
		pid, command, _ := strings.Cut(strings.TrimSpace(row), " ")
		ours := slices.ContainsFunc(programs, func(prefix string) bool { return strings.HasPrefix(command, prefix) })
		if n, err := strconv.Atoi(pid); err == nil && ours && strings.Contains(command, folder) {
			found = append(found, n)
		}
	}
	return found
}

// Memory gives the resident bytes of a group's leader and its group; shared pages are counted once per process.
func Memory(leader int) int64 {
	var sum int64
	for _, row := range table("pgid=,rss=") {
		if fields := strings.Fields(row); len(fields) == 2 && fields[0] == strconv.Itoa(leader) {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			sum += n << 10
		}
	}
	return sum
}

func table(columns string) []string {
	out, _ := exec.Command("ps", "-axo", columns).Output()
	return strings.Split(string(out), "\n")
}
