// Command mailcatcher is the stack's mail server as a program of its own: it keeps what it is sent, for people to read.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/rentora/rentora/hack/stack/mailcatcher"
)

// The ports are those that mail catchers have, so that another one can take its place.
const (
	smtp = ":1025"
	page = ":8025"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := mailcatcher.Run(ctx, smtp, page)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mailcatcher: "+err.Error())
		os.Exit(1)
	}
}
