package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// memoryBar is what the operator may hold in memory.
const memoryBar = 60 << 20

// moving are the kinds whose status others write while nothing changes; only a change of their spec moves their generation.
var moving = []string{"Deployment", "StatefulSet", "Job", "PodDisruptionBudget", "HorizontalPodAutoscaler"}

// sight is what can be seen of the operator's work.
type sight struct {
	objects map[string]string // the version of each
	writes  map[string]float64
	passes  uint64
}

// steady makes the operator look at the platform again and again, without anything to do, and wants that it writes nothing: by its
// own count, and by the versions of what it made.
func steady(ctx context.Context, e *env) error {
	if err := e.settled(ctx); err != nil {
		return err
	}
	before, err := e.rest(ctx)
	if err != nil {
		return err
	}
	if err := e.nudge(ctx, time.Minute); err != nil {
		return err
	}
	after, err := e.look(ctx)
	if err != nil {
		return err
	}
	moved := changed(before.objects, after.objects)
	written := changed(before.writes, after.writes)
	for _, what := range append(moved, written...) {
		fmt.Println("    " + what)
	}
	e.note("%d passes: %d objects, %d of them moved, %d writes", after.passes-before.passes, len(before.objects), len(moved), len(written))
	if after.passes < before.passes+5 {
		return errors.New("the operator hardly looked, so that its silence proves nothing")
	}
	if len(moved)+len(written) > 0 {
		return errors.New("something was written while nothing changed")
	}
	return e.lean(ctx)
}

// rest waits until the operator has not looked at anything for some seconds.
func (e *env) rest(ctx context.Context) (last sight, err error) {
	since := time.Now()
	err = until(ctx, "the operator rests", func() (bool, string) {
		now, err := e.look(ctx)
		if err != nil {
			return false, err.Error()
		}
		if now.passes != last.passes || !maps.Equal(now.writes, last.writes) {
			since = time.Now()
		}
		last = now
		return time.Since(since) > 5*time.Second, fmt.Sprintf("%d passes so far", now.passes)
	})
	return last, err
}

// nudge changes a strange annotation of one pod after the other, each of which is a reason to look.
func (e *env) nudge(ctx context.Context, lasts time.Duration) error {
	tick, end := time.NewTicker(3*time.Second), time.After(lasts)
	defer tick.Stop()
	for n := 0; ; n++ {
		pod := &corev1.Pod{}
		pod.Name, pod.Namespace = fmt.Sprintf("%s-%s-0", name, component.DataServices[n%len(component.DataServices)]), space
		patch := fmt.Appendf(nil, `{"metadata":{"annotations":{"example.test/look":"%d"}}}`, n)
		if err := e.Patch(ctx, pod, client.RawPatch("application/merge-patch+json", patch)); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-end:
			return nil
		case <-tick.C:
		}
	}
}

// look takes the versions of everything that the operator made, the platform's status, and the operator's own count.
func (e *env) look(ctx context.Context) (s sight, err error) {
	s.objects = map[string]string{}
	for _, kind := range kinds {
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(kind)
		if err := e.List(ctx, list, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name, component.LabelManagedBy: component.ManagedBy}); err != nil {
			return s, err
		}
		for i := range list.Items {
			o := &list.Items[i]
			version := o.GetResourceVersion()
			if slices.Contains(moving, kind.Kind) {
				version = fmt.Sprint("generation ", o.GetGeneration())
			}
			s.objects[kind.Kind+" "+o.GetName()] = version
		}
	}
	p := &v1alpha1.RentoraPlatform{}
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
		return s, err
	}
	status, err := json.Marshal(p.Status)
	if err != nil {
		return s, err
	}
	s.objects["RentoraPlatform "+name] = string(status)
	s.writes, s.passes, err = e.counted(ctx)
	return s, err
}

// counted asks the operator itself what it has written and how often it has looked: what Prometheus knows may be 15 seconds old.
func (e *env) counted(ctx context.Context) (writes map[string]float64, passes uint64, err error) {
	var pods corev1.PodList
	if err := e.List(ctx, &pods, client.InNamespace(system), client.MatchingLabels{component.LabelName: component.ManagedBy}); err != nil {
		return nil, 0, err
	}
	if len(pods.Items) != 1 {
		return nil, 0, fmt.Errorf("wanted one pod of the operator, there are %d", len(pods.Items))
	}
	raw, err := e.clients.CoreV1().Pods(system).ProxyGet("http", pods.Items[0].Name, fmt.Sprint(component.PortOperator), "/metrics", nil).DoRaw(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("the operator's metrics: %w", err)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(raw))
	if err != nil {
		return nil, 0, err
	}
	writes = map[string]float64{}
	for _, m := range families["rentora_operator_writes_total"].GetMetric() {
		what := ""
		for _, l := range m.GetLabel() {
			what += l.GetName() + " " + l.GetValue() + " "
		}
		writes["writes by "+what] = m.GetCounter().GetValue()
	}
	for _, m := range families["rentora_operator_reconcile_seconds"].GetMetric() {
		passes += m.GetHistogram().GetSampleCount()
	}
	if len(writes) == 0 || passes == 0 {
		return nil, 0, errors.New("the operator counts neither writes nor passes")
	}
	return writes, passes, nil
}

// changed says what is not as before, and what came or went.
func changed[V comparable](before, after map[string]V) (what []string) {
	for key, was := range before {
		if is, there := after[key]; !there || is != was {
			what = append(what, fmt.Sprintf("%s moved from %v to %v", key, was, is))
		}
	}
	for key := range after {
		if _, there := before[key]; !there {
			what = append(what, key+" is new")
		}
	}
	slices.Sort(what)
	return what
}

// lean wants the operator to need little memory while it looks without anything to do, which it has done for a minute. What it
// needed at most, when the platform came, is noted.
func (e *env) lean(ctx context.Context) error {
	var now, most float64
	if err := until(ctx, "Prometheus knows the operator's memory", func() (bool, string) {
		const memory = `process_resident_memory_bytes{job="operator"}`
		var err, earlier error
		now, err = e.number(ctx, "max(max_over_time("+memory+"[45s]))")
		most, earlier = e.number(ctx, "max(max_over_time("+memory+"[1h]))")
		return err == nil && earlier == nil, fmt.Sprint(err, earlier)
	}); err != nil {
		return err
	}
	e.note("the operator holds %.1f MiB (bar: %d; at most it held %.1f)", now/(1<<20), memoryBar>>20, most/(1<<20))
	if now >= memoryBar {
		return errors.New("the operator holds more memory than it may")
	}
	return nil
}
