package controllers

import (
	"context"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/lag"
	"github.com/rentora/rentora/controllers/server"
)

// lookEvery is how often the scaler looks at Kafka.
const lookEvery = 15 * time.Second

// scaler runs as many workers as their lag asks for. It alone writes the replicas of groups without a fixed number.
type scaler struct {
	r     *Reconciler
	every time.Duration
	lags  Lags
	paces map[types.NamespacedName]*lag.Pace
}

// Start looks at every platform in turn until the context ends.
func (s *scaler) Start(ctx context.Context) error {
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		var platforms v1alpha1.RentoraPlatformList
		if err := s.r.client.List(ctx, &platforms); err != nil {
			log.FromContext(ctx).Error(err, "the scaler cannot list platforms")
			continue
		}
		s.forget(platforms.Items)
		for i := range platforms.Items {
			s.look(ctx, &platforms.Items[i])
		}
	}
}

// NeedLeaderElection says that one operator alone scales.
func (s *scaler) NeedLeaderElection() bool { return true }

func (s *scaler) forget(platforms []v1alpha1.RentoraPlatform) {
	there := map[types.NamespacedName]bool{}
	for i := range platforms {
		there[client.ObjectKeyFromObject(&platforms[i])] = true
	}
	for key := range s.paces {
		if !there[key] {
			delete(s.paces, key)
		}
	}
}

// unknown is the lag of a group that has not committed anything yet.
const unknown = -1

// look scales the groups of one platform. What cannot be read leaves everything as it is.
func (s *scaler) look(ctx context.Context, p *v1alpha1.RentoraPlatform) {
	if p.Spec.Paused || p.DeletionTimestamp != nil || p.Status.Version.Migrated == "" {
		return
	}
	settings := component.Resolve(p, s.r.defaults)
	var groups []string
	for _, g := range v1alpha1.WorkerGroups {
		if settings.Workers[g].Replicas == nil {
			groups = append(groups, string(g))
		}
	}
	if len(groups) == 0 {
		return
	}
	lags, err := s.read(ctx, p, groups)
	if err != nil {
		log.FromContext(ctx).Info("the lag cannot be read; workers stay as they are", "platform", client.ObjectKeyFromObject(p), "error", err.Error())
		return
	}
	for _, group := range groups {
		w := settings.Workers[v1alpha1.WorkerGroup(group)]
		waiting, known := lags[group]
		if !known {
			waiting = unknown
		}
		if err := s.scale(ctx, p, group, lag.Bounds{Min: w.Min, Max: w.Max, PerWorker: w.Lag}, waiting); err != nil {
			log.FromContext(ctx).Error(err, "scale workers", "platform", client.ObjectKeyFromObject(p), "group", group)
		}
	}
}

func (s *scaler) read(ctx context.Context, p *v1alpha1.RentoraPlatform, groups []string) (map[string]int64, error) {
	secrets, problems, err := s.r.secrets(ctx, p)
	if err != nil {
		return nil, err
	}
	if problem := problems[component.KafkaAuth]; problem != "" {
		return nil, fmt.Errorf("%s", problem)
	}
	k := lag.Kafka{Brokers: server.Brokers(p), TLS: p.Spec.Kafka.TLS, Prefix: server.TopicPrefix(p),
		Username: secrets.Value(component.KafkaAuth, "username"), Password: secrets.Value(component.KafkaAuth, "password")}
	return s.lags(ctx, k, groups)
}

func (s *scaler) scale(ctx context.Context, p *v1alpha1.RentoraPlatform, group string, b lag.Bounds, waiting int64) error {
	var d appsv1.Deployment
	key := types.NamespacedName{Namespace: p.Namespace, Name: component.Child(p, "worker-"+group)}
	if err := s.r.client.Get(ctx, key, &d); err != nil {
		return client.IgnoreNotFound(err)
	}
	current := int32(1)
	if d.Spec.Replicas != nil {
		current = *d.Spec.Replicas
	}
	want := max(current, b.Min) // whatever the lag may be
	if waiting != unknown {
		want = s.pace(p).Decide(group, s.r.now(), current, b, waiting)
		lagGauge.WithLabelValues(p.Namespace, p.Name, group).Set(float64(waiting))
	}
	replicasGauge.WithLabelValues(p.Namespace, p.Name, group).Set(float64(want))
	if want == current {
		return nil
	}
	err := s.r.client.SubResource("scale").Update(ctx, &d, client.WithSubResourceBody(&autoscalingv1.Scale{
		ObjectMeta: d.ObjectMeta, Spec: autoscalingv1.ScaleSpec{Replicas: want}}))
	if err != nil {
		return err
	}
	writes.WithLabelValues("Deployment", "scale").Inc()
	s.r.events.Eventf(p, &d, "Normal", "Scaled", "Scale", "%s from %d to %d workers: %s.", group, current, want, because(waiting))
	return nil
}

func because(waiting int64) string {
	if waiting == unknown {
		return "the fewest that it shall have"
	}
	return fmt.Sprintf("%d messages wait", waiting)
}

func (s *scaler) pace(p *v1alpha1.RentoraPlatform) *lag.Pace {
	key := client.ObjectKeyFromObject(p)
	if s.paces[key] == nil {
		s.paces[key] = &lag.Pace{}
	}
	return s.paces[key]
}
