package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

// The alerts that are seen here have a short "for": MigrationFailed one minute, RedisDown two, KafkaDown three, OutboxStalls two
// behind a minute of waiting.
func troubles() []step {
	return []step{
		{"failing-migration", "A failing migration leaves the old version serving, and says why", 8 * time.Minute, failingMigration},
		{"bad-image", "An image that cannot be pulled is named; the old version serves", 4 * time.Minute, badImage},
		{"redis-down", "The platform serves without Redis, and an alert tells", 8 * time.Minute, redisDown},
		{"unschedulable", "A pod that no node takes is named; events wait, and alerts tell", 14 * time.Minute, unschedulable},
		{"quota", "A full quota is said in a sentence", 6 * time.Minute, fullQuota},
	}
}

// healTime is how long a step may still take to bring the platform back after its own time is over.
const healTime = 4 * time.Minute

// during changes the platform, looks, and puts everything back, whatever was seen, so that the next step finds it ready.
func (e *env) during(ctx context.Context, change func(*v1alpha1.RentoraPlatform), look func() error) error {
	was := &v1alpha1.RentoraPlatform{}
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, was); err != nil {
		return err
	}
	seen := e.change(ctx, change)
	if seen == nil {
		seen = look()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), healTime)
	defer cancel()
	if err := e.change(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec = *was.Spec.DeepCopy() }); err != nil {
		return errors.Join(seen, err)
	}
	began := time.Now()
	_, err := e.ready(ctx, name)
	e.note("ready again after %.1f s", time.Since(began).Seconds())
	return errors.Join(seen, err)
}

// served looks while visitors ask, and wants that none of them notices.
func (e *env) served(ctx context.Context, look func() error) error {
	l, err := e.begin(ctx, 4, 50*time.Millisecond)
	if err != nil {
		return err
	}
	return errors.Join(look(), l.end(e))
}

// failingMigration takes the log-in away from the owner of the tables, whom migrations need and nobody else.
func failingMigration(ctx context.Context, e *env) error {
	if err := e.sql(ctx, "ALTER ROLE rentora_owner NOLOGIN;"); err != nil {
		return err
	}
	unlocked := false
	unlock := func() error {
		if unlocked {
			return nil
		}
		unlocked = true
		return e.sql(context.WithoutCancel(ctx), "ALTER ROLE rentora_owner LOGIN;")
	}
	defer func() { _ = unlock() }()
	err := e.during(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec.Version = "broken" }, func() error {
		err := e.served(ctx, func() error { return e.migrationFails(ctx) })
		if err == nil {
			err = e.firing(ctx, "MigrationFailed")
		}
		return errors.Join(err, unlock())
	})
	return both(err, func() error { return e.resolved(ctx, "MigrationFailed") })
}

func (e *env) migrationFails(ctx context.Context) error {
	said, err := e.saying(ctx, "MigrateReady", v1alpha1.ReasonMigrationFailed, "not permitted to log in")
	if err != nil {
		return err
	}
	e.note("%q", said)
	p := &v1alpha1.RentoraPlatform{}
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
		return err
	}
	if v := p.Status.Version; v.Current == "broken" || v.Migrated == "broken" || v.Migration != "Failed" {
		return fmt.Errorf("wanted the version before to stay and the migration Failed, got %+v", v)
	}
	return nil
}

// sql runs statements as the database's superuser, whose password goes neither into arguments nor into the environment of
// anything that others see.
func (e *env) sql(ctx context.Context, statements string) error {
	var s corev1.Secret
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-postgres-auth"}, &s); err != nil {
		return err
	}
	input := string(s.Data["superuser-password"]) + "\n" + statements + "\n"
	_, err := e.kubectl(ctx, []byte(input), "exec", "-i", "-n", space, name+"-postgres-0", "-c", "postgres", "--", "/bin/sh", "-c",
		"read -r PGPASSWORD; export PGPASSWORD; exec /usr/lib/postgresql/18/bin/psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -U postgres -d postgres -f -")
	return err
}

const noImage = "localhost/rentora/nothing:dev"

func badImage(ctx context.Context, e *env) error {
	return e.during(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec.Images.Server = noImage }, func() error {
		return e.served(ctx, func() error {
			said, err := e.saying(ctx, "MigrateReady", v1alpha1.ReasonImagePull, noImage)
			e.note("%q", said)
			return err
		})
	})
}

// redisDown gives Redis an image that does not exist: its pod does not come back until the image is put right.
func redisDown(ctx context.Context, e *env) error {
	err := e.during(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec.Images.Redis = noImage }, func() error {
		return e.served(ctx, func() error {
			said, err := e.saying(ctx, "RedisReady", v1alpha1.ReasonImagePull, noImage)
			e.note("%q", said)
			return both(err, func() error { return e.firing(ctx, "RedisDown") })
		})
	})
	return both(err, func() error { return e.resolved(ctx, "RedisDown") })
}

// unschedulable asks for more memory than any node has, for Kafka. Accounts that are made meanwhile leave events that wait.
func unschedulable(ctx context.Context, e *env) error {
	huge := func(p *v1alpha1.RentoraPlatform) {
		p.Spec.Kafka.Resources = &corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("2Ti")}}
	}
	err := e.during(ctx, huge, func() error {
		return e.served(ctx, func() error {
			said, err := e.saying(ctx, "KafkaReady", v1alpha1.ReasonUnschedulable, "Insufficient memory")
			e.note("%q", said)
			for _, next := range []func() error{
				func() error { return e.register(ctx, 5) },
				func() error { return e.firing(ctx, "KafkaDown") },
				func() error { return e.firing(ctx, "OutboxStalls") },
			} {
				err = both(err, next)
			}
			return err
		})
	})
	err = both(err, func() error { return e.resolved(ctx, "KafkaDown") })
	return both(err, func() error { return e.resolved(ctx, "OutboxStalls") })
}

// fullQuota allows as many pods as there are, asks for one more, and then gives room: the pod must come by itself.
func fullQuota(ctx context.Context, e *env) error {
	var pods corev1.PodList
	if err := e.List(ctx, &pods, client.InNamespace(space)); err != nil {
		return err
	}
	count := 0
	for _, pod := range pods.Items {
		if pod.Status.Phase != corev1.PodSucceeded && pod.Status.Phase != corev1.PodFailed { // ended ones do not count
			count++
		}
	}
	quota := &corev1.ResourceQuota{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ResourceQuota"}, ObjectMeta: metav1.ObjectMeta{Name: "full", Namespace: space},
		Spec: corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{corev1.ResourcePods: *resource.NewQuantity(int64(count), resource.DecimalSI)}}}
	if err := e.apply(ctx, quota); err != nil {
		return err
	}
	lift := func() error { return client.IgnoreNotFound(e.Delete(context.WithoutCancel(ctx), quota)) }
	defer func() { _ = lift() }()
	if err := until(ctx, "the quota is in force", func() (bool, string) {
		err := e.Get(ctx, client.ObjectKeyFromObject(quota), quota)
		return err == nil && len(quota.Status.Used) > 0, fmt.Sprint(err)
	}); err != nil {
		return err
	}
	return e.during(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec.API.Autoscaling, p.Spec.API.Replicas = nil, ptr[int32](5) }, func() error {
		said, err := e.saying(ctx, "APIReady", v1alpha1.ReasonQuotaExceeded, "exceeded quota", "full")
		e.note("%q", strings.TrimSpace(said))
		return errors.Join(err, lift(), both(err, func() error {
			_, err := e.ready(ctx, name)
			return err
		}))
	})
}
