package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/rentora/rentora/hack/stack/stack"
)

func status(ctx context.Context, c *call) error {
	state, err := stack.Status(ctx, c.dir)
	if err != nil {
		return err
	}
	if c.json {
		state.Token = ""
		return json.NewEncoder(os.Stdout).Encode(state)
	}
	colour := term.IsTerminal(int(os.Stdout.Fd())) && os.Getenv("NO_COLOR") == ""
	fmt.Printf("%-10s %-9s %8s  %-28s %9s  %s\n", "PART", "STATE", "PID", "ADDRESS", "MEMORY", "UPTIME")
	for _, p := range state.Parts {
		fmt.Println(row(p, colour))
	}
	for _, p := range state.Parts {
		if p.State == "crashed" {
			fmt.Printf("\n%s %s. The end of its log:\n%s\n`go run ./hack/stack start %s` starts it again.\n",
				p.Name, p.Error, stack.Tail(stack.LogPath(c.dir, p.Name), 10), p.Name)
		}
	}
	return nil
}

func row(p stack.PartState, colour bool) string {
	pid, memory, uptime := "-", "-", "-"
	if p.Pid != 0 {
		pid = fmt.Sprint(p.Pid)
		memory = fmt.Sprintf("%.0f MiB", float64(p.Memory)/(1<<20))
		uptime = time.Since(p.Started).Round(time.Second).String()
	}
	state := fmt.Sprintf("%-9s", p.State)
	if colour {
		state = paint(p.State) + state + "\x1b[0m"
	}
	return strings.TrimRight(fmt.Sprintf("%-10s %s %8s  %-28s %9s  %s", p.Name, state, pid, p.Address, memory, uptime), " ")
}

func paint(state string) string {
	switch state {
	case "ready", "external":
		return "\x1b[32m"
	case "crashed":
		return "\x1b[31m"
	}
	return "\x1b[33m"
}
