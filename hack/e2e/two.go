package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

const (
	secondName   = "two"
	secondDomain = "two.rentora.test"
)

// second is a small platform beside the first, without certificate and monitoring, whose data goes with it.
func (e *env) second() *v1alpha1.RentoraPlatform {
	p := e.platform(secondName)
	p.Spec.Domain, p.Spec.TLS, p.Spec.DeletionPolicy = secondDomain, nil, v1alpha1.Delete
	p.Spec.API.Autoscaling, p.Spec.Workers.Groups, p.Spec.Monitoring.Mode = nil, nil, v1alpha1.NoMonitoring
	return p
}

// twoPlatforms brings a second one up by its chart, and takes it down by uninstalling the release.
func twoPlatforms(ctx context.Context, e *env) error {
	first, err := e.listings(ctx, "https://"+domain)
	if err != nil {
		return err
	}
	volumes, err := e.volumes(ctx)
	if err != nil {
		return err
	}
	before, err := e.everything(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	seen := e.installSecond(ctx)
	if seen == nil {
		_, seen = e.ready(ctx, secondName)
		e.note("the second one is ready %.1f s after helm install", time.Since(began).Seconds())
	}
	if seen == nil {
		seen = e.apart(ctx, first.Found)
	}
	if seen == nil {
		e.quiet, seen = e.shapeOf(ctx, secondName)
	}
	down, cancel := context.WithTimeout(context.WithoutCancel(ctx), healTime)
	defer cancel()
	_, uninstalled := e.helm(down, "uninstall", secondName, "--namespace", space, "--timeout", "2m")
	if err := errors.Join(seen, uninstalled, e.gone(down, secondName, before)); err != nil {
		return err
	}
	after, err := e.volumes(ctx)
	if err == nil && !maps.Equal(volumes, after) {
		err = fmt.Errorf("the first platform's volumes were %v and are %v", volumes, after)
	}
	return both(err, func() error { return e.settled(ctx) })
}

// installSecond installs the platform's chart, with the spec as its values.
func (e *env) installSecond(ctx context.Context) error {
	spec, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&e.second().Spec)
	if err != nil {
		return err
	}
	text, err := yaml.Marshal(spec)
	if err != nil {
		return err
	}
	values := filepath.Join(e.work, "two.yaml")
	if err := os.WriteFile(values, text, 0o600); err != nil {
		return err
	}
	_, err = e.helm(ctx, "install", secondName, "charts/rentora-platform", "--namespace", space, "--values", values)
	return err
}

// apart wants both to serve, each what is its own: the second one has no listings.
func (e *env) apart(ctx context.Context, want int) error {
	if err := e.settled(ctx); err != nil {
		return fmt.Errorf("the first platform beside the second: %w", err)
	}
	first, err := e.listings(ctx, "https://"+domain)
	if err != nil {
		return err
	}
	second, err := e.listings(ctx, "http://"+secondDomain)
	if err != nil {
		return err
	}
	if first.Found != want || second.Found != 0 {
		return fmt.Errorf("wanted %d listings in the first platform and none in the second, got %d and %d", want, first.Found, second.Found)
	}
	return nil
}

// hashed are names of Jobs, which end in a sum of what they were made for.
var hashed = regexp.MustCompile(`^(Job .+)-[0-9a-f]{8,}$`)

// shapeOf names what a platform is made of: the objects that the operator makes, not what the cluster makes of them.
func (e *env) shapeOf(ctx context.Context, platform string) (map[string]string, error) {
	all, err := e.everything(ctx)
	if err != nil {
		return nil, err
	}
	shape := map[string]string{}
	for object, owner := range all {
		kind, _, _ := strings.Cut(object, " ")
		if owner == platform && (kind == "PersistentVolumeClaim" || isMade(kind)) {
			shape[hashed.ReplaceAllString(object, "$1")] = platform
		}
	}
	return shape, nil
}

func isMade(kind string) bool {
	for _, k := range kinds {
		if k.Kind == kind {
			return true
		}
	}
	return false
}

// bornKilled brings the second platform up while the operator is killed again and again, wants it to be what it was with a quiet
// one, and kills the operator while the platform is deleted.
func bornKilled(ctx context.Context, e *env) error {
	before, err := e.everything(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	seen := e.apply(ctx, e.second())
	for _, stage := range []struct {
		what    string
		reached func(context.Context) (bool, string)
	}{
		{"its first objects are there", func(ctx context.Context) (bool, string) { return e.exists(ctx, &appsv1.StatefulSet{}, "postgres") }},
		{"its migration runs", func(ctx context.Context) (bool, string) {
			return migrating(ctx, e, secondName, began)
		}},
		{"its API is there", func(ctx context.Context) (bool, string) {
			return e.exists(ctx, &appsv1.Deployment{}, component.API)
		}},
	} {
		seen = both(seen, func() error { return e.killedWhen(ctx, stage.what, stage.reached) })
	}
	if seen == nil {
		_, seen = e.ready(ctx, secondName)
		e.note("ready after %.1f s with the operator killed three times", time.Since(began).Seconds())
	}
	if seen == nil {
		seen = e.sameShape(ctx)
	}
	down, cancel := context.WithTimeout(context.WithoutCancel(ctx), healTime)
	defer cancel()
	return errors.Join(seen, e.deletedKilled(down, before))
}

func (e *env) killedWhen(ctx context.Context, what string, reached func(context.Context) (bool, string)) error {
	if err := until(ctx, what, func() (bool, string) { return reached(ctx) }); err != nil {
		return err
	}
	return e.killOperator(ctx)
}

func (e *env) exists(ctx context.Context, o client.Object, part string) (bool, string) {
	err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: secondName + "-" + part}, o)
	return err == nil, fmt.Sprint(err)
}

// sameShape compares with what a quiet operator made of the same resource.
func (e *env) sameShape(ctx context.Context) error {
	if e.quiet == nil {
		return errors.New("the step two did not run before: there is nothing to compare with")
	}
	shape, err := e.shapeOf(ctx, secondName)
	if err != nil {
		return err
	}
	if differ := changed(e.quiet, shape); len(differ) > 0 {
		return fmt.Errorf("wanted the objects that a quiet operator makes: %s", strings.Join(differ, ", "))
	}
	e.note("the same %d objects as with a quiet operator", len(shape))
	return nil
}

// deletedKilled kills the operator as the deletion comes, and the next one as soon as the first data goes.
func (e *env) deletedKilled(ctx context.Context, before map[string]string) error {
	began := time.Now()
	if err := e.killOperator(ctx); err != nil {
		return err
	}
	p := e.second()
	if err := e.Delete(ctx, p); client.IgnoreNotFound(err) != nil {
		return err
	}
	err := e.killedWhen(ctx, "the deletion has begun", func(ctx context.Context) (bool, string) {
		if err := e.Get(ctx, client.ObjectKeyFromObject(p), p); err != nil {
			return apierrors.IsNotFound(err), err.Error()
		}
		ends, err := e.endingClaims(ctx)
		return ends, fmt.Sprint(err)
	})
	if err != nil {
		return err
	}
	err = e.gone(ctx, secondName, before)
	e.note("nothing is left %.1f s after it was deleted, the operator killed twice", time.Since(began).Seconds())
	return err
}
