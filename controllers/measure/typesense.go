package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

// longestAnswer bounds what is read of one answer: /stats.json has a line for every path that was asked for.
const longestAnswer = 4 << 20

// gauge is one number of Typesense under the name that Prometheus gets.
type gauge struct {
	desc  *prometheus.Desc
	scale float64
}

// gauges are what is passed on, by Typesense's own names. What it says of the machine is left out, because that is the whole
// node's, and so is what has a name for each path.
var gauges = map[string]gauge{
	"typesense_memory_active_bytes":        amount("memory_active_bytes", "Memory in pages that the allocator uses."),
	"typesense_memory_allocated_bytes":     amount("memory_allocated_bytes", "Memory that the server asked the allocator for."),
	"typesense_memory_fragmentation_ratio": amount("memory_fragmentation_ratio", "Part of the active memory that is lost to fragmentation."),
	"typesense_memory_mapped_bytes":        amount("memory_mapped_bytes", "Memory that the allocator has mapped."),
	"typesense_memory_metadata_bytes":      amount("memory_metadata_bytes", "Memory that the allocator needs itself."),
	"typesense_memory_resident_bytes":      amount("memory_resident_bytes", "Memory that the allocator holds physically: the index, above all."),
	"typesense_memory_retained_bytes":      amount("memory_retained_bytes", "Memory that the allocator keeps without using it."),

	"search_requests_per_second":     amount("search_requests_per_second", "Searches per second over the last ten seconds."),
	"write_requests_per_second":      amount("write_requests_per_second", "Writes of one document per second over the last ten seconds."),
	"import_requests_per_second":     amount("import_requests_per_second", "Imports per second over the last ten seconds."),
	"delete_requests_per_second":     amount("delete_requests_per_second", "Deletes per second over the last ten seconds."),
	"total_requests_per_second":      amount("requests_per_second", "Requests of every kind per second over the last ten seconds."),
	"overloaded_requests_per_second": amount("overloaded_requests_per_second", "Requests per second that were turned away for overload."),
	"pending_write_batches":          amount("pending_write_batches", "Batches of writes that wait to be indexed."),

	"search_latency_ms": milliseconds("search_latency_seconds", "Mean duration of a search over the last ten seconds."),
	"write_latency_ms":  milliseconds("write_latency_seconds", "Mean duration of a write over the last ten seconds."),
	"import_latency_ms": milliseconds("import_latency_seconds", "Mean duration of an import over the last ten seconds."),
	"delete_latency_ms": milliseconds("delete_latency_seconds", "Mean duration of a delete over the last ten seconds."),
}

var healthy = prometheus.NewDesc("rentora_typesense_healthy", "Whether the server answers searches: not while it rebuilds its index.", nil, nil)

func amount(name, help string) gauge {
	return gauge{prometheus.NewDesc("rentora_typesense_"+name, help, nil, nil), 1}
}

func milliseconds(name, help string) gauge {
	g := amount(name, help)
	g.scale = 0.001
	return g
}

type typesenseSource struct {
	base, key string
	client    *http.Client
}

func newTypesenseSource(base, key string) *typesenseSource {
	return &typesenseSource{base: strings.TrimSuffix(base, "/"), key: key, client: &http.Client{Timeout: askLimit}}
}

func (t *typesenseSource) measure(_ string, metrics chan<- prometheus.Metric) error {
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	return errors.Join(t.health(ctx, metrics), t.numbers(ctx, "/metrics.json", metrics), t.numbers(ctx, "/stats.json", metrics))
}

// pass hands on what is known by name and is a number.
func pass(numbers map[string]json.RawMessage, metrics chan<- prometheus.Metric) {
	for name, raw := range numbers {
		g, known := gauges[name]
		// Typesense writes some of its numbers as text.
		value, err := strconv.ParseFloat(strings.Trim(string(raw), `"`), 64)
		if known && err == nil {
			metrics <- fact(g.desc, value*g.scale)
		}
	}
}

func (t *typesenseSource) numbers(ctx context.Context, path string, metrics chan<- prometheus.Metric) error {
	answer, err := t.get(ctx, path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", path, answer.Status)
	}
	var numbers map[string]json.RawMessage
	if err := json.NewDecoder(io.LimitReader(answer.Body, longestAnswer)).Decode(&numbers); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	pass(numbers, metrics)
	return nil
}

func (t *typesenseSource) health(ctx context.Context, metrics chan<- prometheus.Metric) error {
	answer, err := t.get(ctx, "/health")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, longestAnswer)) // so that the connection can be used again
	metrics <- fact(healthy, map[bool]float64{true: 1}[answer.StatusCode == http.StatusOK])
	return err
}

func (t *typesenseSource) get(ctx context.Context, path string) (*http.Response, error) {
	question, err := http.NewRequestWithContext(ctx, http.MethodGet, t.base+path, nil)
	if err != nil {
		return nil, err
	}
	question.Header.Set("X-TYPESENSE-API-KEY", t.key)
	return t.client.Do(question)
}
