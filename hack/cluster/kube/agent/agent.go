// Package agent runs on every node of the development cluster what clusters elsewhere get from their network plugin and
// their ingress controller.
package agent

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/sync/errgroup"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/rentora/rentora/hack/cluster/kube/ingress"
	"github.com/rentora/rentora/hack/cluster/kube/policy"
)

// Main runs until it is told to stop, or until something ends that should not.
func Main(args []string) error {
	flags := flag.NewFlagSet("agent", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "who it is to the API server")
	node := flags.String("node", "", "the node on which it runs")
	address := flags.String("address", "", "where the ingress listens")
	nodes := flags.String("nodes", "", "the addresses of all nodes, by commas; the first one's agent writes the status of Ingresses")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	return run(ctx, client, *node, *address, strings.Split(*nodes, ","))
}

func run(ctx context.Context, client kubernetes.Interface, node, address string, nodes []string) error {
	all := informers.NewSharedInformerFactory(client, 0)
	certificates := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTweakListOptions(func(o *metav1.ListOptions) {
		o.FieldSelector = fields.OneTermEqualSelector("type", string(corev1.SecretTypeTLS)).String()
	}))
	enforcer, err := policy.New(node, nodes, all)
	if err != nil {
		return err
	}
	controller, err := ingress.New(all, certificates)
	if err != nil {
		return err
	}
	for _, factory := range []informers.SharedInformerFactory{all, certificates} {
		factory.Start(ctx.Done())
		for kind, filled := range factory.WaitForCacheSync(ctx.Done()) {
			if !filled {
				return fmt.Errorf("the cache of %v was not filled", kind)
			}
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return enforcer.Run(ctx) })
	group.Go(func() error { return controller.Run(ctx, address) })
	if address == nodes[0] {
		group.Go(func() error { return controller.Publish(ctx, client, nodes) })
	}
	return group.Wait()
}
