// Command stack runs the real servers of Rentora for development and tests. See README.md beside it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `Usage: go run ./hack/stack VERB [--dir FOLDER] [...]

  up           start everything that is not running, and keep it until "down"
  down         stop everything
  status       show the parts
  env          print the product's settings for a shell (--json for programs)
  logs [PART]  show the end of the logs (--lines N)
  kill PART    end a part with SIGKILL; its data stays
  start PART   start a part again, on the same port
  exec CMD …   join, run a command with the product's settings, leave
  fetch        only obtain the servers

Parts: postgres redis kafka typesense minio mail
The data folder is .rentora beside go.mod, or $RENTORA_STACK_DIR, or --dir. Options of up and exec: --durable (flush
to disk, for failure tests), --port NAME=N (may be repeated), --origin URL (whose browsers may use MinIO; default any),
--listen ADDRESS (others reach the servers there, with a password; default: this computer alone, without any).
`

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	cancel()
	var status exitStatus
	if errors.As(err, &status) {
		os.Exit(int(status))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "stack: "+err.Error())
		os.Exit(1)
	}
}

// exitStatus is that of a command which "exec" ran.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

var verbs = map[string]func(context.Context, *call) error{
	"up": up, "down": down, "status": status, "env": env, "logs": logs, "kill": kill, "start": start, "exec": execute, "fetch": obtain,
	"supervise": supervise, "mailcatcher": catchMail, // started by the stack itself
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		fmt.Print(usage)
		return nil
	}
	verb, ok := verbs[args[0]]
	if !ok {
		return fmt.Errorf("there is no verb %q\n\n%s", args[0], usage)
	}
	c, err := parse(args[0], args[1:])
	if errors.Is(err, errHelp) {
		fmt.Print(usage)
		return nil
	}
	if err != nil {
		return err
	}
	return verb(ctx, c)
}
