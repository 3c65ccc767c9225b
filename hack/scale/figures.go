package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"golang.org/x/sync/errgroup"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/hack/bench/usage"
)

const metric = "rentora_operator_reconcile_seconds"

// cost of passes.
type cost struct {
	p50, p99 time.Duration // upper edges of the histogram's buckets
	writes   float64
	requests int // to the API server
}

// pass makes the operator look again and again at a platform that is as it should be: a strange annotation changes each time.
func (s *stand) pass(ctx context.Context, n int) (cost, error) {
	before, err := s.settled(ctx)
	if err != nil {
		return cost{}, err
	}
	p, err := s.platform()
	if err != nil {
		return cost{}, err
	}
	s.counter.since()
	for i := range n {
		seen, err := s.scrape(ctx)
		if err != nil {
			return cost{}, err
		}
		patch := fmt.Appendf(nil, `{"metadata":{"annotations":{"example.test/look":"%d"}}}`, i)
		if err := s.Patch(ctx, p, client.RawPatch("application/merge-patch+json", patch)); err != nil {
			return cost{}, err
		}
		if err := until(ctx, "the operator looks", func() (bool, error) {
			now, err := s.scrape(ctx)
			return now.count > seen.count, err
		}); err != nil {
			return cost{}, err
		}
	}
	after, err := s.scrape(ctx)
	if err != nil {
		return cost{}, err
	}
	requests, which := s.counter.since()
	for _, what := range which {
		fmt.Println("  the operator asked " + what)
	}
	return cost{requests: requests, p50: quantile(before, after, 0.50), p99: quantile(before, after, 0.99), writes: after.writes - before.writes}, nil
}

// settled waits until the operator has nothing more to do.
func (s *stand) settled(ctx context.Context) (last counted, err error) {
	quiet := 0
	err = until(ctx, "the operator rests", func() (bool, error) {
		now, err := s.scrape(ctx)
		if quiet++; now.count != last.count {
			quiet = 0
		}
		last = now
		return quiet > 40, err
	})
	return last, err
}

// counted is what the operator says of itself.
type counted struct {
	count   uint64
	writes  float64
	buckets map[float64]uint64 // by upper edge, in seconds
}

func (s *stand) scrape(ctx context.Context) (c counted, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.metrics, nil)
	if err != nil {
		return c, err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return c, err
	}
	defer func() { _ = answer.Body.Close() }()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(answer.Body)
	if err != nil {
		return c, err
	}
	c.buckets = map[float64]uint64{}
	for _, m := range families[metric].GetMetric() {
		c.count += m.GetHistogram().GetSampleCount()
		for _, b := range m.GetHistogram().GetBucket() {
			c.buckets[b.GetUpperBound()] += b.GetCumulativeCount()
		}
	}
	for _, m := range families["rentora_operator_writes_total"].GetMetric() {
		c.writes += m.GetCounter().GetValue()
	}
	return c, nil
}

// quantile gives the smallest edge below which the share of the passes between two looks lies.
func quantile(before, after counted, share float64) time.Duration {
	total := float64(after.count - before.count)
	best := time.Hour
	for edge, n := range after.buckets {
		if math.IsInf(edge, 1) {
			continue
		}
		took := time.Duration(edge * float64(time.Second))
		if float64(n-before.buckets[edge]) >= share*total && took < best {
			best = took
		}
	}
	return best
}

// held is what the operator's program had in use, over some looks.
type held struct{ median, most int64 }

// memory looks for 20 seconds.
func (s *stand) memory(ctx context.Context) (held, error) {
	if _, err := s.settled(ctx); err != nil {
		return held{}, err
	}
	var looks []int64
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for range 40 {
		select {
		case <-ctx.Done():
			return held{}, ctx.Err()
		case <-tick.C:
			looks = append(looks, usage.Resident(s.operator.Pid))
		}
	}
	slices.Sort(looks)
	if looks[0] == 0 {
		return held{}, errors.New("the operator has ended:\n" + s.lastWords())
	}
	return held{looks[len(looks)/2], looks[len(looks)-1]}, nil
}

// crowd makes Secrets that are none of the operator's business.
func (s *stand) crowd(ctx context.Context, n int) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(16)
	began := time.Now()
	for i := range n {
		g.Go(func() error {
			return s.Create(ctx, &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("secret-%05d", i), Namespace: crowds, Labels: map[string]string{"app": "theirs"}},
				Data: map[string][]byte{"value": make([]byte, 512)}})
		})
		if (i+1)%5000 == 0 {
			fmt.Printf("  %6d of %d foreign Secrets, %.0f s\n", i+1, n, time.Since(began).Seconds())
		}
		if ctx.Err() != nil {
			break
		}
	}
	return g.Wait()
}
