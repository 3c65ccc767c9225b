package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

// connection is a cluster as the user reaches it.
type connection struct {
	client    client.Client
	clients   kubernetes.Interface
	namespace string // of the flags, or the kubeconfig's
}

// connector adds kubectl's own flags (--kubeconfig, --context, --namespace, --as …) and gives a function that connects by them.
func connector(flags *pflag.FlagSet) func() (*connection, error) {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	flags.StringVar(&rules.ExplicitPath, "kubeconfig", "", "Path to the kubeconfig file to use")
	overrides := &clientcmd.ConfigOverrides{}
	clientcmd.BindOverrideFlags(overrides, flags, clientcmd.RecommendedConfigOverrideFlags(""))
	return func() (*connection, error) {
		loaded := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, overrides)
		config, err := loaded.ClientConfig()
		if err != nil {
			return nil, err
		}
		namespace, _, err := loaded.Namespace()
		if err != nil {
			return nil, err
		}
		return connect(config, namespace)
	}
}

func connect(config *rest.Config, namespace string) (*connection, error) {
	scheme := runtime.NewScheme()
	if err := clientgoscheme.AddToScheme(scheme); err != nil {
		return nil, err
	}
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	config.UserAgent = "kubectl-rentora/" + version
	c, err := client.New(config, client.Options{Scheme: scheme})
	if err != nil {
		return nil, err
	}
	clients, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return &connection{client: c, clients: clients, namespace: namespace}, nil
}

// the gives the platform of a name, or the only one of the namespace when name is "".
func (c *connection) the(ctx context.Context, name string) (*v1alpha1.RentoraPlatform, error) {
	if name != "" {
		p := &v1alpha1.RentoraPlatform{}
		return p, c.client.Get(ctx, client.ObjectKey{Namespace: c.namespace, Name: name}, p)
	}
	all, err := c.platforms(ctx, c.namespace)
	if err != nil {
		return nil, err
	}
	if len(all) == 1 {
		return &all[0], nil
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return nil, fmt.Errorf("the namespace %s has several platforms; name one of them: %s", c.namespace, strings.Join(names, ", "))
}

// platforms gives those of a namespace, of all when it is "". None is an error.
func (c *connection) platforms(ctx context.Context, namespace string) ([]v1alpha1.RentoraPlatform, error) {
	var list v1alpha1.RentoraPlatformList
	if err := c.client.List(ctx, &list, client.InNamespace(namespace)); err != nil {
		return nil, err
	}
	if len(list.Items) > 0 {
		return list.Items, nil
	}
	if namespace == "" {
		return nil, fmt.Errorf("the cluster has no platform")
	}
	return nil, fmt.Errorf("the namespace %s has no platform (-A looks in all namespaces)", namespace)
}

// explain says what an error means where the server's own words do not.
func explain(err error) string {
	if apimeta.IsNoMatchError(err) || apierrors.IsNotFound(err) && strings.Contains(err.Error(), "could not find the requested resource") {
		return "the cluster does not know RentoraPlatform: is the operator installed?"
	}
	return err.Error()
}
