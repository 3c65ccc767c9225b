package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

func changes() []step {
	return []step{
		{"resources", "Other resources are rolled out under load", 5 * time.Minute, underLoad(func(p *v1alpha1.RentoraPlatform) {
			p.Spec.API.Resources = &corev1.ResourceRequirements{
				Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("60m"), corev1.ResourceMemory: resource.MustParse("112Mi")},
				Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("640Mi")}}
		})},
		{"replicas", "A fixed number of replicas replaces the scaling, under load", 5 * time.Minute, underLoad(func(p *v1alpha1.RentoraPlatform) {
			p.Spec.API.Autoscaling, p.Spec.API.Replicas = nil, ptr[int32](3)
		})},
		{"image", "Another image and version are migrated to and rolled out under load", 6 * time.Minute, underLoad(func(p *v1alpha1.RentoraPlatform) {
			p.Spec.Images.Server, p.Spec.Version = "localhost/rentora/server:next", "next"
		})},
		{"scale-by-load", "The API scales up under load and down after it", 9 * time.Minute, scaleByLoad},
		{"scale-by-lag", "Workers scale up by lag and down after it", 9 * time.Minute, scaleByLag},
		{"queries", "Every query of rules and dashboards finds its metrics and is answered", 8 * time.Minute, queries},
		{"certificate", "A certificate that ends soon raises an alert, and a new one ends it", 8 * time.Minute, certificateReplaced},
	}
}

// underLoad changes the platform while visitors search and guests book, and wants that none of them notices, and that no booking is
// lost.
func underLoad(change func(*v1alpha1.RentoraPlatform)) func(context.Context, *env) error {
	return func(ctx context.Context, e *env) error {
		guests, err := e.guests(ctx, 4)
		if err != nil {
			return err
		}
		l, err := e.begin(ctx, 6, 20*time.Millisecond, guests...)
		if err != nil {
			return err
		}
		began := time.Now()
		err = e.change(ctx, change)
		if err == nil {
			_, err = e.ready(ctx, name)
		}
		e.note("rolled out in %.1f s", time.Since(began).Seconds())
		return errors.Join(err, l.end(e), l.compare(ctx, e))
	}
}

// scaleByLoad makes one replica the fewest, asks as fast as possible, and stops.
func scaleByLoad(ctx context.Context, e *env) error {
	err := e.change(ctx, func(p *v1alpha1.RentoraPlatform) {
		p.Spec.API.Replicas, p.Spec.API.Autoscaling = nil, &v1alpha1.Autoscaling{Min: 1, Max: 3, CPU: ptr[int32](50)}
	})
	if err != nil {
		return err
	}
	if _, err := e.ready(ctx, name); err != nil {
		return err
	}
	l, err := e.begin(ctx, 16, 0)
	if err != nil {
		return err
	}
	began := time.Now()
	up := until(ctx, "the API has three replicas", func() (bool, string) { return e.replicas(ctx, "api", 3) })
	e.note("up to 3 after %.0f s", time.Since(began).Seconds())
	if up == nil {
		up = e.scaledByCluster(ctx, 1, 3, 50)
	}
	if err := errors.Join(up, l.end(e)); err != nil {
		return err
	}
	began = time.Now()
	err = until(ctx, "the API has one replica again", func() (bool, string) { return e.replicas(ctx, "api", 1) })
	e.note("down to 1 after %.0f s", time.Since(began).Seconds())
	return err
}

// scaledByCluster wants the autoscaler to be as the resource says, and that it was the autoscaler which scaled, because of the load.
func (e *env) scaledByCluster(ctx context.Context, least, most, cpu int32) error {
	var h autoscalingv2.HorizontalPodAutoscaler
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-api"}, &h); err != nil {
		return err
	}
	var target, use *int32
	for _, m := range h.Spec.Metrics {
		if m.Resource != nil && m.Resource.Name == corev1.ResourceCPU {
			target = m.Resource.Target.AverageUtilization
		}
	}
	for _, m := range h.Status.CurrentMetrics {
		if m.Resource != nil && m.Resource.Name == corev1.ResourceCPU {
			use = m.Resource.Current.AverageUtilization
		}
	}
	if h.Spec.MinReplicas == nil || *h.Spec.MinReplicas != least || h.Spec.MaxReplicas != most || target == nil || *target != cpu {
		return fmt.Errorf("wanted an autoscaler from %d to %d at %d %% of the processor, got %+v", least, most, cpu, h.Spec)
	}
	if h.Status.DesiredReplicas != most || h.Status.LastScaleTime == nil || use == nil {
		return fmt.Errorf("wanted the autoscaler to have scaled to %d, got %+v", most, h.Status)
	}
	e.note("the autoscaler wants %d at %d %% of the processor", h.Status.DesiredReplicas, *use)
	return nil
}

func (e *env) replicas(ctx context.Context, part string, want int32) (bool, string) {
	var d appsv1.Deployment
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-" + part}, &d); err != nil {
		return false, err.Error()
	}
	if d.Spec.Replicas == nil {
		return false, "nobody has said how many there shall be"
	}
	return d.Status.ReadyReplicas == want && *d.Spec.Replicas == want, fmt.Sprintf("%d of %d are ready", d.Status.ReadyReplicas, *d.Spec.Replicas)
}

// scaleByLag takes the mail server away, so that mails wait, and gives it back.
func scaleByLag(ctx context.Context, e *env) error {
	if err := e.scaleTo(ctx, "mailcatcher", 0); err != nil {
		return err
	}
	err := e.register(ctx, 200)
	began := time.Now()
	if err == nil {
		err = until(ctx, "more than one worker sends mails", func() (bool, string) { return e.atLeast(ctx, "worker-notify", 2) })
		e.note("more workers after %.0f s", time.Since(began).Seconds())
	}
	if err := errors.Join(err, e.scaleTo(ctx, "mailcatcher", 1)); err != nil {
		return err
	}
	began = time.Now()
	err = until(ctx, "one worker is left", func() (bool, string) { return e.replicas(ctx, "worker-notify", 1) })
	e.note("one again after %.0f s", time.Since(began).Seconds())
	return err
}

func (e *env) atLeast(ctx context.Context, part string, want int32) (bool, string) {
	var d appsv1.Deployment
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-" + part}, &d); err != nil {
		return false, err.Error()
	}
	return d.Status.ReadyReplicas >= want, fmt.Sprintf("%d are ready", d.Status.ReadyReplicas)
}

func (e *env) scaleTo(ctx context.Context, deployment string, n int32) error {
	var d appsv1.Deployment
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: deployment}, &d); err != nil {
		return err
	}
	base := d.DeepCopy()
	d.Spec.Replicas = &n
	return e.Patch(ctx, &d, client.MergeFrom(base))
}
