package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/hack/cluster/place"
)

func healing() []step {
	return []step{
		{"children", "Every kind of object comes back after it was deleted", 10 * time.Minute, children},
		{"edits", "Edits by hand are put back", 4 * time.Minute, edits},
		{"killed", "Killed pods come back while visitors ask", 10 * time.Minute, killed},
		{"node", "A node dies and comes back", 10 * time.Minute, node},
		{"operator-killed", "The operator is killed in the middle of changes, which come to their end", 10 * time.Minute, operatorKilled},
	}
}

// killed ends the pods of one part after the other without any notice. Visitors ask meanwhile: how many of them notice depends on
// what was killed, and is noted.
func killed(ctx context.Context, e *env) error {
	for _, part := range []string{component.API, component.Redis, component.Typesense, component.Kafka, component.Objects, component.Postgres, component.Jobs, component.Web, "worker-notify"} {
		l, err := e.begin(ctx, 4, 100*time.Millisecond)
		if err != nil {
			return err
		}
		took, err := e.kill(ctx, part)
		l.stop()
		l.done.Wait()
		e.note("%s back after %.1f s (%d of %d requests failed)", part, took.Seconds(), l.failed.Load(), l.asked.Load())
		if err != nil {
			return err
		}
		// Whoever asks now must be served.
		if err := until(ctx, "searches are answered again", func() (bool, string) {
			_, err := e.listings(ctx, "https://"+domain)
			return err == nil, fmt.Sprint(err)
		}); err != nil {
			return err
		}
	}
	return e.settled(ctx)
}

// kill deletes all pods of a part at once, without grace, and gives the time until as many others are ready.
func (e *env) kill(ctx context.Context, part string) (time.Duration, error) {
	before, err := e.pods(ctx, part)
	if err != nil {
		return 0, err
	}
	if len(before) == 0 {
		return 0, fmt.Errorf("no pod of %s runs", part)
	}
	was := map[types.UID]bool{}
	began := time.Now()
	for i := range before {
		was[before[i].UID] = true
		if err := e.Delete(ctx, &before[i], client.GracePeriodSeconds(0)); client.IgnoreNotFound(err) != nil {
			return 0, err
		}
	}
	// As many as are wanted by now: the scaling may have changed its mind.
	err = until(ctx, "other pods of "+part+" are ready", func() (bool, string) {
		now, err := e.pods(ctx, part)
		if err != nil {
			return false, err.Error()
		}
		ready := 0
		for i := range now {
			if !was[now[i].UID] && podReady(&now[i]) {
				ready++
			}
		}
		return ready > 0 && ready == len(now), fmt.Sprintf("%d of %d", ready, len(now))
	})
	return time.Since(began), err
}

func (e *env) pods(ctx context.Context, part string) ([]corev1.Pod, error) {
	var pods corev1.PodList
	err := e.List(ctx, &pods, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name, component.LabelName: part, component.LabelManagedBy: component.ManagedBy})
	return pods.Items, err
}

func podReady(pod *corev1.Pod) bool {
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodReady {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}

var secondNode = place.Name(2)

// node cuts the power of a node, waits until the cluster and the platform have noticed, and gives it back. What has its volume
// there can only wait for it.
func node(ctx context.Context, e *env) error {
	var pods corev1.PodList
	if err := e.List(ctx, &pods, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name}); err != nil {
		return err
	}
	there := 0
	for _, pod := range pods.Items {
		if pod.Spec.NodeName == secondNode && podReady(&pod) {
			there++
		}
	}
	if there == 0 {
		return errors.New("no pod of the platform runs on " + secondNode + ": its end would prove nothing")
	}
	if _, err := e.command(ctx, nil, "go", "run", "./hack/cluster", "kill-node", "2"); err != nil {
		return err
	}
	began := time.Now()
	noticed := until(ctx, "the cluster and the platform have noticed", func() (bool, string) {
		p := &v1alpha1.RentoraPlatform{}
		if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
			return false, err.Error()
		}
		for _, c := range p.Status.Conditions {
			if c.Type == v1alpha1.ReadyCondition {
				return !e.alive(ctx, secondNode) && c.Status != "True", c.Reason + ": " + c.Message
			}
		}
		return false, "no condition"
	})
	e.note("%d pods lost; the platform said so after %.0f s", there, time.Since(began).Seconds())
	// Whatever was seen, the node must be there for the next steps.
	back, cancel := context.WithTimeout(context.WithoutCancel(ctx), healTime)
	defer cancel()
	if _, err := e.command(back, nil, "go", "run", "./hack/cluster", "start-node", "2"); err != nil {
		return errors.Join(noticed, err)
	}
	began = time.Now()
	err := until(back, secondNode+" is ready", func() (bool, string) { return e.alive(back, secondNode), "" })
	if err == nil {
		err = e.settled(back)
	}
	e.note("all ready %.0f s after the node was started", time.Since(began).Seconds())
	return errors.Join(noticed, err)
}

func (e *env) alive(ctx context.Context, node string) bool {
	var n corev1.Node
	if e.Get(ctx, client.ObjectKey{Name: node}, &n) != nil {
		return false
	}
	for _, c := range n.Status.Conditions {
		if c.Type == corev1.NodeReady {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}

// operatorKilled kills the operator as a change comes, while its migration runs, and while the API is rolled out.
func operatorKilled(ctx context.Context, e *env) error {
	stages := []struct {
		name    string
		reached func(context.Context, *env, string, time.Time) (bool, string)
	}{
		{"comes", func(context.Context, *env, string, time.Time) (bool, string) { return true, "" }},
		{"migrates", func(ctx context.Context, e *env, _ string, began time.Time) (bool, string) {
			return migrating(ctx, e, name, began)
		}},
		{"rolls", rolling},
	}
	return e.served(ctx, func() error {
		for _, stage := range stages {
			if err := e.interrupted(ctx, "killed-"+stage.name, stage.reached); err != nil {
				return fmt.Errorf("as the change %s: %w", stage.name, err)
			}
		}
		return nil
	})
}

// interrupted rolls a version out and kills the operator once the stage is reached.
func (e *env) interrupted(ctx context.Context, version string, reached func(context.Context, *env, string, time.Time) (bool, string)) error {
	began := time.Now()
	return e.during(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec.Version = version }, func() error {
		if err := until(ctx, "the stage is reached", func() (bool, string) { return reached(ctx, e, version, began) }); err != nil {
			return err
		}
		if err := e.killOperator(ctx); err != nil {
			return err
		}
		p, err := e.ready(ctx, name)
		if err != nil {
			return err
		}
		if p.Status.Version.Current != version {
			return fmt.Errorf("wanted the version %s, got %+v", version, p.Status.Version)
		}
		e.note("%s in %.1f s", version, time.Since(began).Seconds())
		return nil
	})
}

// migrating tells whether the Job of a change to a platform that began then is there. The cluster's clock counts whole seconds.
func migrating(ctx context.Context, e *env, platform string, began time.Time) (bool, string) {
	var jobs batchv1.JobList
	if err := e.List(ctx, &jobs, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: platform, component.LabelComponent: component.Migrate}); err != nil {
		return false, err.Error()
	}
	for _, job := range jobs.Items {
		if !job.CreationTimestamp.Time.Before(began.Truncate(time.Second)) {
			return true, ""
		}
	}
	return false, "no Job was made since"
}

// rolling tells whether the API is being brought to the version.
func rolling(ctx context.Context, e *env, version string, _ time.Time) (bool, string) {
	var d appsv1.Deployment
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-api"}, &d); err != nil {
		return false, err.Error()
	}
	for _, v := range d.Spec.Template.Spec.Containers[0].Env {
		if v.Value == version {
			return true, ""
		}
	}
	return false, "the API is still to have the version before"
}

func (e *env) killOperator(ctx context.Context) error {
	var pods corev1.PodList
	if err := e.List(ctx, &pods, client.InNamespace(system), client.MatchingLabels{component.LabelName: component.ManagedBy}); err != nil {
		return err
	}
	if len(pods.Items) == 0 {
		return errors.New("no operator runs")
	}
	for i := range pods.Items {
		if err := e.Delete(ctx, &pods.Items[i], client.GracePeriodSeconds(0)); client.IgnoreNotFound(err) != nil {
			return err
		}
	}
	return nil
}
