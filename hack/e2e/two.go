package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
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
