package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

// uninstall takes the operator away by Helm while visitors ask: the resource and the platform stay, and nobody mends anything. Then
// hack/deploy brings an operator, as somebody would who has no Helm, and that one takes the platform up without touching a pod.
func uninstall(ctx context.Context, e *env) error {
	if err := e.settled(ctx); err != nil {
		return err
	}
	before, err := e.podIDs(ctx)
	if err != nil {
		return err
	}
	lost := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name + "-objects-users", Namespace: space}}
	if err := e.served(ctx, func() error {
		gone := e.operatorGone(ctx, lost)
		// Whatever was seen, the next steps need an operator.
		back, cancel := context.WithTimeout(context.WithoutCancel(ctx), healTime)
		defer cancel()
		return errors.Join(gone, e.deploy(back, lost))
	}); err != nil {
		return err
	}
	if err := e.settled(ctx); err != nil {
		return err
	}
	after, err := e.podIDs(ctx)
	if err == nil && !maps.Equal(before, after) {
		err = fmt.Errorf("wanted every pod of the platform to stay, they were %v and are %v", before, after)
	}
	e.note("%d pods, each the same as before", len(after))
	return err
}

// operatorGone uninstalls the release, and wants the resource and the platform to be there and nobody to act.
func (e *env) operatorGone(ctx context.Context, lost client.Object) error {
	if _, err := e.helm(ctx, "uninstall", helmName, "--namespace", system, "--wait", "--timeout", "2m"); err != nil {
		return err
	}
	if err := until(ctx, "no operator runs", func() (bool, string) {
		var operators appsv1.DeploymentList
		var pods corev1.PodList
		of := client.MatchingLabels{component.LabelName: component.ManagedBy}
		err := errors.Join(e.List(ctx, &operators, of), e.List(ctx, &pods, of))
		return err == nil && len(operators.Items)+len(pods.Items) == 0, fmt.Sprintf("%d operators, %d pods, %v", len(operators.Items), len(pods.Items), err)
	}); err != nil {
		return err
	}
	known, err := e.knowsPlatforms(ctx)
	if err == nil && !known {
		err = errors.New("the resource RentoraPlatform went with the operator, and every platform with it")
	}
	if err != nil {
		return err
	}
	p := e.platform(name)
	if err := e.Get(ctx, client.ObjectKeyFromObject(p), p); err != nil {
		return fmt.Errorf("the platform after its operator was uninstalled: %w", err)
	}
	if err := e.Delete(ctx, lost); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(calm):
	}
	if err := e.Get(ctx, client.ObjectKeyFromObject(lost), lost); client.IgnoreNotFound(err) != nil || err == nil {
		return fmt.Errorf("wanted %s to stay deleted while there is no operator: %w", lost.GetName(), err)
	}
	e.note("without an operator the resource and the platform are there, and nobody acts")
	return nil
}

// deploy types what the README says, with the images of this cluster, and wants that what was lost comes back.
func (e *env) deploy(ctx context.Context, lost client.Object) error {
	args := []string{"IMG=" + image("operator"), "KUBECTL=go run ./hack/cluster kubectl"}
	for _, key := range slices.Sorted(maps.Keys(images)) {
		args = append(args, related(images[key])+"="+image(images[key]))
	}
	if _, err := e.command(ctx, nil, "env", append(args, "hack/deploy", "up")...); err != nil {
		return err
	}
	began := time.Now()
	err := until(ctx, "what was lost is put back", func() (bool, string) {
		err := e.Get(ctx, client.ObjectKeyFromObject(lost), lost)
		return err == nil, errorText(err)
	})
	e.note("make deploy brought an operator, which took the platform up within %.1f s", time.Since(began).Seconds())
	return err
}

// related names the variable by which hack/deploy is told an image.
func related(image string) string {
	return "RELATED_IMAGE_" + strings.ToUpper(strings.ReplaceAll(image, "-", "_"))
}

// podIDs gives the platform's pods by name, each with what tells it from another of that name and how often it was restarted. Those
// of parts that are scaled by their load come and go.
func (e *env) podIDs(ctx context.Context) (map[string]string, error) {
	var pods corev1.PodList
	if err := e.List(ctx, &pods, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: name, component.LabelManagedBy: component.ManagedBy}); err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for _, pod := range pods.Items {
		if pod.Status.Phase != corev1.PodRunning || slices.Contains([]string{component.API, "worker-notify"}, pod.Labels[component.LabelName]) {
			continue
		}
		restarts := int32(0)
		for _, c := range pod.Status.ContainerStatuses {
			restarts += c.RestartCount
		}
		ids[pod.Name] = fmt.Sprint(pod.UID, " ", restarts)
	}
	return ids, nil
}
