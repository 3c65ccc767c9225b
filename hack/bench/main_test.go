package main

import (
	"io"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()
	c, err := parse([]string{"--only", "create, detail", "--rounds", "7", "--seconds", "2.5"}, io.Discard)
	if err != nil || len(c.rows) != 2 || c.rows[0].Name != "create" || c.rows[1].Name != "detail" || c.Rounds != 7 || c.Measure != 2500*time.Millisecond {
		t.Errorf("parse = %+v, %v", c, err)
	}
	if c, err := parse(nil, io.Discard); err != nil || len(c.rows) == 0 || c.Rounds < 5 || c.limit > 25*time.Minute {
		t.Errorf("by default: %+v, %v", c, err)
	}
	for _, wrong := range [][]string{{"--only", "nonsense"}, {"--rounds", "0"}, {"--seconds", "0.1"}, {"--listings", "5"}, {"--unknown"}} {
		if _, err := parse(wrong, io.Discard); err == nil {
			t.Errorf("parse(%v) is no error", wrong)
		}
	}
}
