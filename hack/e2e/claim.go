package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

// What a run makes on the cluster says so, on its namespaces: a run may remove what it or an earlier one made, and nothing else.
const (
	madeHere    = "e2e.rentora.test/made"
	madeTheKind = "e2e.rentora.test/made-crd" // on the operator's namespace: the cluster did not know the resource before
)

const crdName = "rentoraplatforms.platform.rentora.io"

// claim makes both namespaces, and refuses a cluster on which somebody else has an operator or one of the namespaces.
func (e *env) claim(ctx context.Context) error {
	var operators appsv1.DeploymentList
	if err := e.List(ctx, &operators, client.MatchingLabels{component.LabelName: component.ManagedBy}); err != nil {
		return err
	}
	for _, o := range operators.Items {
		if o.Namespace != system {
			return fmt.Errorf("an operator runs in the namespace %s already, and two would fight over every platform: uninstall it first", o.Namespace)
		}
	}
	known, err := e.knowsPlatforms(ctx)
	if err != nil {
		return err
	}
	marks := map[string]string{madeHere: "true"}
	if err := e.claimNamespace(ctx, space, marks); err != nil {
		return err
	}
	if !known {
		marks = map[string]string{madeHere: "true", madeTheKind: "true"}
	}
	if err := e.claimNamespace(ctx, system, marks); err != nil {
		return err
	}
	// Helm takes nothing over: what an earlier run left by hack/deploy makes room.
	var earlier appsv1.Deployment
	err = e.Get(ctx, client.ObjectKey{Namespace: system, Name: helmName}, &earlier)
	if err == nil && earlier.Labels[component.LabelManagedBy] != "Helm" {
		return e.removeOperator(ctx)
	}
	return client.IgnoreNotFound(err)
}

func (e *env) claimNamespace(ctx context.Context, namespace string, marks map[string]string) error {
	n := &corev1.Namespace{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"}, ObjectMeta: metav1.ObjectMeta{Name: namespace}}
	err := e.Get(ctx, client.ObjectKeyFromObject(n), n)
	switch {
	case err == nil && n.Annotations[madeHere] != "" && n.DeletionTimestamp == nil:
		return nil
	case err == nil:
		return fmt.Errorf("the namespace %s is there, and was not made by these steps (or is just going): what is in it is left alone; delete it and start again", namespace)
	case !apierrors.IsNotFound(err):
		return err
	}
	n.Annotations, n.Labels = marks, map[string]string{"pod-security.kubernetes.io/enforce": "restricted"}
	return e.Create(ctx, n)
}

func (e *env) knowsPlatforms(ctx context.Context) (bool, error) {
	err := e.Get(ctx, client.ObjectKey{Name: crdName}, crd())
	return err == nil, client.IgnoreNotFound(err)
}

func crd() *metav1.PartialObjectMetadata {
	o := &metav1.PartialObjectMetadata{}
	o.SetGroupVersionKind(schema.GroupVersionKind{Group: "apiextensions.k8s.io", Version: "v1", Kind: "CustomResourceDefinition"})
	o.Name = crdName
	return o
}

// close removes what the run made on this machine and, unless it is to be looked at, what these steps made on the cluster.
func (e *env) close(keep bool) {
	_ = os.RemoveAll(e.work)
	if keep {
		fmt.Printf("\nThe cluster stays as it is: export KUBECONFIG=%s\n", e.kubeconfig)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	if err := e.removeAll(ctx); err != nil {
		fmt.Printf("\nNot all that the steps made could be removed: %v\n", err)
	}
}

// removeAll takes platforms away while there is an operator to do it, then the operator.
func (e *env) removeAll(ctx context.Context) error {
	var both [2]corev1.Namespace
	for i, namespace := range []string{space, system} {
		if err := e.Get(ctx, client.ObjectKey{Name: namespace}, &both[i]); client.IgnoreNotFound(err) != nil {
			return err
		}
	}
	var wrong []error
	remove := func(args ...string) {
		_, err := e.kubectl(ctx, nil, append([]string{"delete", "--ignore-not-found", "--timeout=100s"}, args...)...)
		wrong = append(wrong, err)
	}
	if both[0].Annotations[madeHere] != "" {
		remove("namespace", space)
	}
	if both[1].Annotations[madeHere] != "" {
		wrong = append(wrong, e.removeOperator(ctx))
		if both[1].Annotations[madeTheKind] != "" {
			remove("crd", crdName)
		}
		remove("namespace", system)
	}
	return errors.Join(wrong...)
}

// removeOperator uninstalls what Helm or hack/deploy put into the operator's namespace, and its rights. The resource stays.
func (e *env) removeOperator(ctx context.Context) error {
	_, uninstalled := e.helm(ctx, "uninstall", helmName, "--namespace", system, "--ignore-not-found", "--wait", "--timeout", "1m")
	_, workload := e.kubectl(ctx, nil, "delete", "deployment,service,networkpolicy", "-n", system, "-l", component.LabelName+"="+component.ManagedBy, "--ignore-not-found")
	_, rights := e.kubectl(ctx, nil, "delete", "-k", "config/rbac", "--ignore-not-found")
	return errors.Join(uninstalled, workload, rights)
}
