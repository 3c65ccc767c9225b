package ingress

import (
	"context"
	"time"

	apiequality "k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/kubernetes"
	"k8s.io/klog/v2"
)

// Publish writes into the status of our Ingresses where they are served, and again when somebody takes it away. One node
// does it for all.
func (c *Controller) Publish(ctx context.Context, client kubernetes.Interface, addresses []string) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		ingresses, err := c.factory.Networking().V1().Ingresses().Lister().List(labels.Everything())
		if err != nil {
			return err
		}
		for _, ingress := range ingresses {
			status := Published(addresses)
			if !ours(ingress) || apiequality.Semantic.DeepEqual(ingress.Status, status) {
				continue
			}
			changed := ingress.DeepCopy()
			changed.Status = status
			if _, err := client.NetworkingV1().Ingresses(ingress.Namespace).UpdateStatus(ctx, changed, metav1.UpdateOptions{}); err != nil {
				klog.InfoS("Cannot say where an Ingress is served; trying again", "ingress", klog.KObj(ingress), "error", err)
			}
		}
	}
}
