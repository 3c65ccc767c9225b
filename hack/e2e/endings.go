package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

func endings() []step {
	return []step{
		{"pause", "A paused platform is left as it is, and mended when it is resumed", 4 * time.Minute, pause},
		{"two", "Two platforms live in one namespace, one by its Helm chart, and that one leaves", 10 * time.Minute, twoPlatforms},
		{"born-killed", "A platform comes and goes while its operator is killed, and is the same", 10 * time.Minute, bornKilled},
		{"uninstall", "The operator is uninstalled, the platforms stay; make deploy takes them up", 8 * time.Minute, uninstall},
		{"external", "A platform uses the data services of a development stack", 10 * time.Minute, external},
		{"retain", "A deleted platform leaves its data, and takes it up again", 10 * time.Minute, retain},
		{"delete", "Deleted with its data, a platform leaves nothing", 6 * time.Minute, deleteAll},
	}
}

// calm is how long the operator is watched doing nothing: it answers to every change within a second.
const calm = 15 * time.Second

// pause pauses by the plugin, as a person would, edits one object and deletes another, and resumes.
func pause(ctx context.Context, e *env) error {
	plugin := func(verb string) error {
		_, err := e.command(ctx, nil, "go", "run", "./cmd/kubectl-rentora", verb, name, "-n", space)
		return err
	}
	if err := plugin("pause"); err != nil {
		return err
	}
	resumed := false
	defer func() {
		if !resumed {
			_ = e.change(context.WithoutCancel(ctx), func(p *v1alpha1.RentoraPlatform) { p.Spec.Paused = false })
		}
	}()
	if _, err := e.saying(ctx, v1alpha1.PausedCondition, v1alpha1.ReasonPaused); err != nil {
		return err
	}
	if err := e.scaleTo(ctx, name+"-worker-cache", 0); err != nil {
		return err
	}
	lost := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name + "-objects-users", Namespace: space}}
	if err := e.Delete(ctx, lost); err != nil {
		return err
	}
	if err := e.untouched(ctx, lost); err != nil {
		return err
	}
	if err := plugin("resume"); err != nil {
		return err
	}
	resumed = true
	began := time.Now()
	if err := until(ctx, "both are put back", func() (bool, string) {
		there := e.Get(ctx, client.ObjectKeyFromObject(lost), &corev1.ConfigMap{})
		workers, err := e.wanted(ctx, "worker-cache")
		return there == nil && err == nil && workers == 1, fmt.Sprint(workers, " workers; ", errors.Join(there, err))
	}); err != nil {
		return err
	}
	e.note("put back %.1f s after it was resumed", time.Since(began).Seconds())
	return e.settled(ctx)
}

// untouched wants that for a while nobody mends what was done.
func (e *env) untouched(ctx context.Context, lost client.Object) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(calm):
	}
	n, err := e.wanted(ctx, "worker-cache")
	if err != nil {
		return err
	}
	if n != 0 {
		return fmt.Errorf("wanted the paused platform to keep 0 workers, got %d", n)
	}
	if err := e.Get(ctx, client.ObjectKeyFromObject(lost), lost); err != nil {
		return client.IgnoreNotFound(err)
	}
	return fmt.Errorf("wanted %s to stay deleted while the platform is paused", lost.GetName())
}

// wanted gives how many replicas a part is told to have.
func (e *env) wanted(ctx context.Context, part string) (int32, error) {
	var d appsv1.Deployment
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name + "-" + part}, &d); err != nil {
		return 0, err
	}
	if d.Spec.Replicas == nil {
		return 1, nil
	}
	return *d.Spec.Replicas, nil
}

// retain deletes the platform as its policy says, and makes one of the same name anew.
func retain(ctx context.Context, e *env) error {
	before, err := e.listings(ctx, "https://"+domain)
	if err != nil {
		return err
	}
	if before.Found == 0 {
		return errors.New("there are no listings that could be lost")
	}
	volumes, err := e.volumes(ctx)
	if err != nil {
		return err
	}
	credentials, err := e.credentials(ctx, name)
	if err != nil {
		return err
	}
	p := &v1alpha1.RentoraPlatform{}
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
		return err
	}
	if p.Spec.DeletionPolicy != v1alpha1.Retain {
		return fmt.Errorf("wanted the policy to be Retain unless somebody says otherwise, got %q", p.Spec.DeletionPolicy)
	}
	if err := e.takeDown(ctx, name, e.before, "PersistentVolumeClaim", "Secret"); err != nil {
		return err
	}
	if err := e.kept(ctx, volumes, credentials); err != nil {
		return err
	}
	e.note("%d volumes and %d Secrets stayed", len(volumes), len(credentials))
	again := e.platform(name)
	again.Spec = p.Spec
	began := time.Now()
	if err := e.apply(ctx, again); err != nil {
		return err
	}
	if _, err := e.ready(ctx, name); err != nil {
		return err
	}
	e.note("ready on the same volumes after %.1f s", time.Since(began).Seconds())
	if err := e.kept(ctx, volumes, credentials); err != nil {
		return err
	}
	return e.remembers(ctx, before)
}

// kept wants the very volumes and credentials that there were.
func (e *env) kept(ctx context.Context, volumes, credentials map[string]string) error {
	v, err := e.volumes(ctx)
	if err != nil {
		return err
	}
	c, err := e.credentials(ctx, name)
	if err != nil {
		return err
	}
	if !maps.Equal(v, volumes) {
		return fmt.Errorf("wanted the volumes %v, got %v", volumes, v)
	}
	for key, was := range credentials { // what is in them is not for the log
		if c[key] != was {
			return fmt.Errorf("the Secret %s is not as it was", key)
		}
	}
	return nil
}

// remembers wants as many listings as before, the first of them to be shown, and an account to log in.
func (e *env) remembers(ctx context.Context, before found) error {
	if err := until(ctx, "all listings are found again", func() (bool, string) {
		f, err := e.listings(ctx, "https://"+domain)
		return err == nil && f.Found == before.Found, fmt.Sprint(f.Found, " of ", before.Found, " are found; ", err)
	}); err != nil {
		return err
	}
	c, err := e.visitor(ctx)
	if err != nil {
		return err
	}
	var listing struct{ Title string }
	if err := call(ctx, c, "https://"+domain+"/api/v1/listings/"+before.Hits[0].ID, nil, &listing); err != nil {
		return err
	}
	if listing.Title != before.Hits[0].Title {
		return fmt.Errorf("wanted the listing %q, got %q", before.Hits[0].Title, listing.Title)
	}
	e.note("all %d listings are there", before.Found)
	_, err = logIn(ctx, c, "admin-0001@example.test")
	return err
}

// deleteAll asks for everything to go, and wants nothing to be left: neither objects nor the volumes behind them.
func deleteAll(ctx context.Context, e *env) error {
	if err := e.change(ctx, func(p *v1alpha1.RentoraPlatform) { p.Spec.DeletionPolicy = v1alpha1.Delete }); err != nil {
		return err
	}
	began := time.Now()
	if err := e.takeDown(ctx, name, e.before); err != nil {
		return err
	}
	err := until(ctx, "the volumes are gone", func() (bool, string) {
		var volumes corev1.PersistentVolumeList
		if err := e.List(ctx, &volumes); err != nil {
			return false, err.Error()
		}
		for _, v := range volumes.Items {
			if claim := v.Spec.ClaimRef; claim != nil && claim.Namespace == space {
				return false, v.Name + " of " + claim.Name + " is still there"
			}
		}
		return true, ""
	})
	e.note("nothing is left after %.1f s", time.Since(began).Seconds())
	return err
}
