// Package measure gives Prometheus what a data service's own server does not: how full its volume is and, for Typesense, its
// metrics. It is a program beside the server in its pod.
package measure

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// The bounds of one scrape: Prometheus gives up after ten seconds.
const (
	askLimit    = 3 * time.Second
	scrapeLimit = 8 * time.Second
	stopLimit   = 5 * time.Second
)

// Options say what is measured.
type Options struct {
	Listen    string   // host:port of /metrics
	Volumes   []Volume // each by its name
	Typesense string   // http://host:port, empty when there is none
	APIKey    string   // of Typesense
	Log       *slog.Logger
}

// Volume is a mounted file system.
type Volume struct{ Name, Path string }

// ParseVolume reads name=path.
func ParseVolume(text string) (Volume, error) {
	name, path, ok := strings.Cut(text, "=")
	if !ok || name == "" || !strings.HasPrefix(path, "/") {
		return Volume{}, fmt.Errorf("%q is no volume: write name=/path", text)
	}
	return Volume{Name: name, Path: path}, nil
}

// Run serves /metrics until the context ends. Nothing is measured between scrapes.
func Run(ctx context.Context, o Options) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	return serve(ctx, listener, o)
}

func serve(ctx context.Context, listener net.Listener, o Options) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", handler(o))
	server := &http.Server{Handler: mux, ReadTimeout: askLimit, WriteTimeout: 2 * scrapeLimit, IdleTimeout: 2 * time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("measure: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("measure: %w", err)
	}
	return nil
}

func handler(o Options) http.Handler {
	c := &collector{log: o.Log, sources: map[string]source{}}
	for _, v := range o.Volumes {
		c.sources[v.Name] = newVolumeSource(v.Path, statfs)
	}
	if o.Typesense != "" {
		c.sources["typesense"] = newTypesenseSource(o.Typesense, o.APIKey)
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(c)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 2, Timeout: scrapeLimit,
	})
}

// source is one thing that is measured. It gives what it can, within askLimit, and says what it could not.
type source interface {
	measure(name string, metrics chan<- prometheus.Metric) error
}

// up says of each source whether it could be read, so that an empty graph has a cause.
var up = prometheus.NewDesc("rentora_measure_up", "Whether the source could be read: a volume by its name, or typesense.", []string{"source"}, nil)

// collector asks all sources at once, at every scrape.
type collector struct {
	sources map[string]source
	log     *slog.Logger
}

// Describe says nothing: which metrics there are depends on what the sources can tell.
func (c *collector) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (c *collector) Collect(metrics chan<- prometheus.Metric) {
	var all sync.WaitGroup
	for name, s := range c.sources {
		all.Go(func() {
			value := 1.0
			if err := s.measure(name, metrics); err != nil {
				value = 0
				c.log.Warn("A source cannot be measured.", "source", name, "err", err)
			}
			metrics <- fact(up, value, name)
		})
	}
	all.Wait()
}

func fact(desc *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
}
