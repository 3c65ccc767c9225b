package main

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Setenv("RENTORA_STACK_DIR", t.TempDir())
	c, err := parse("logs", []string{"kafka", "--lines", "5"})
	if err != nil || c.lines != 5 || !slices.Equal(c.args, []string{"kafka"}) {
		t.Errorf("an option after the part: %+v, %v", c, err)
	}
	c, err = parse("exec", []string{"--durable", "--", "go", "test", "-v"})
	if err != nil || !c.stack.Durable || !slices.Equal(c.args, []string{"go", "test", "-v"}) {
		t.Errorf("the options of the command belong to it: %+v, %v", c, err)
	}
	c, err = parse("up", []string{"--port", "postgres=5432", "--port=redis=6379"})
	if err != nil || c.stack.Ports["postgres"] != 5432 || c.stack.Ports["redis"] != 6379 {
		t.Errorf("ports: %+v, %v", c, err)
	}
	c, err = parse("up", []string{"--listen", "172.30.0.1"})
	if err != nil || c.stack.Listen != "172.30.0.1" {
		t.Errorf("an address: %+v, %v", c, err)
	}
	for _, bad := range [][]string{{"--port", "postgres"}, {"--port", "postgres=0"}, {"--port", "postgres=70000"}, {"--port", "mongo=27017"}, {"--nonsense"},
		{"--listen", "0.0.0.0"}, {"--listen", "localhost"}, {"--listen", "10.0.0.1:80"}} {
		if _, err := parse("up", bad); err == nil || !strings.HasPrefix(err.Error(), "up: ") {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestOnePart(t *testing.T) {
	for _, args := range [][]string{nil, {"redis", "kafka"}} {
		if _, err := (&call{args: args}).part(); err == nil {
			t.Errorf("%v is taken as one part", args)
		}
	}
}
