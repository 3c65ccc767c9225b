package main

import (
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rentora/rentora/hack/stack/parts"
	"github.com/rentora/rentora/hack/stack/stack"
)

var errHelp = flag.ErrHelp

// call is a verb's options and arguments.
type call struct {
	dir   string
	args  []string
	json  bool
	quiet bool
	lines int
	stack stack.Options
}

func parse(verb string, args []string) (*call, error) {
	c := &call{stack: stack.Options{Ports: map[string]int{}}}
	flags := flag.NewFlagSet(verb, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.dir, "dir", "", "the data folder")
	flags.BoolVar(&c.json, "json", false, "print JSON")
	flags.BoolVar(&c.quiet, "quiet", false, "say nothing when nothing is to be done")
	flags.IntVar(&c.lines, "lines", 0, "how many lines of a log")
	flags.BoolVar(&c.stack.Durable, "durable", false, "flush to disk")
	flags.BoolVar(&c.stack.Keep, "keep", false, "stay without members")
	flags.DurationVar(&c.stack.Grace, "grace", 20*time.Second, "stay so long without members")
	flags.StringVar(&c.stack.Origin, "origin", "*", "whose browsers MinIO serves")
	flags.Func("listen", "ADDRESS", c.listen)
	flags.Func("port", "NAME=N", c.port)
	if err := flags.Parse(args); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	c.args = flags.Args()
	if verb != "exec" && verb != "mailcatcher" {
		if err := c.afterArguments(flags); err != nil {
			return nil, fmt.Errorf("%s: %w", verb, err)
		}
	}
	if verb == "mailcatcher" {
		return c, nil
	}
	dir, err := stack.Folder(c.dir)
	c.dir = dir
	return c, err
}

// afterArguments reads options that stand after an argument, as in "logs kafka --lines 5".
func (c *call) afterArguments(flags *flag.FlagSet) error {
	var plain []string
	for rest := c.args; len(rest) > 0; rest = flags.Args() {
		plain = append(plain, rest[0])
		if err := flags.Parse(rest[1:]); err != nil {
			return err
		}
	}
	c.args = plain
	return nil
}

// listen takes an address that others can be told: one of this computer, and not all of them.
func (c *call) listen(text string) error {
	if text == "" {
		return nil
	}
	address, err := netip.ParseAddr(text)
	if err != nil || address.IsUnspecified() || address.Zone() != "" {
		return fmt.Errorf("%q is not one address of this computer, as 192.168.1.20", text)
	}
	c.stack.Listen = address.String()
	return nil
}

func (c *call) port(text string) error {
	name, number, ok := strings.Cut(text, "=")
	port, err := strconv.Atoi(number)
	if !ok || err != nil || port < 1 || port > 65535 {
		return fmt.Errorf("%q is not NAME=N with a port from 1 to 65535", text)
	}
	if known := parts.PortNames(); !slices.Contains(known, name) {
		return fmt.Errorf("there is no port %q; the ports are %s", name, strings.Join(known, ", "))
	}
	c.stack.Ports[name] = port
	return nil
}

func (c *call) part() (string, error) {
	if len(c.args) != 1 {
		return "", fmt.Errorf("name one part, as in `kill redis`; %d were given", len(c.args))
	}
	return c.args[0], nil
}

// program makes the library start this very program and not build another.
func (c *call) program() error {
	self, err := os.Executable()
	if err == nil {
		c.stack.Program, err = stack.Install(self)
	}
	return err
}
