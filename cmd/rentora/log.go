package main

import (
	"io"
	"log/slog"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/logs"
	"github.com/rentora/rentora/server/trace"
)

// newLog writes JSON for machines and short lines for a terminal.
func newLog(c *config.Config, out io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // the configuration allows only levels
	if c.LogFormat == "text" || c.LogFormat == "auto" && onTerminal(out) {
		return slog.New(trace.LogHandler(slog.NewTextHandler(out, &slog.HandlerOptions{Level: level, ReplaceAttr: shortTime})))
	}
	return slog.New(trace.LogHandler(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level})))
}

// logged is what everything is logged to; main flushes it at the end.
var logged = logs.NewWriter(os.Stderr)

// output gives a terminal its lines one by one, for who reads along.
func output(file *os.File) io.Writer {
	if onTerminal(file) {
		return file
	}
	return logged
}

func onTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func shortTime(groups []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey && len(groups) == 0 {
		return slog.String(slog.TimeKey, a.Value.Time().Format(time.TimeOnly+".000"))
	}
	return a
}
