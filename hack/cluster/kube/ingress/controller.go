package ingress

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"
)

// Controller follows the Ingresses and serves them.
type Controller struct {
	factory informers.SharedInformerFactory
	secrets informers.SharedInformerFactory // of TLS alone
	table   atomic.Pointer[table]
	proxy   http.Handler
	certs   certificates
}

// New registers what the controller watches; the caller starts both factories. The second one should know no secrets but
// those of the type kubernetes.io/tls.
func New(factory, secrets informers.SharedInformerFactory) (*Controller, error) {
	c := &Controller{factory: factory, secrets: secrets}
	c.table.Store(&table{})
	c.proxy = newProxy(c.endpoints)
	c.certs = certificates{secrets: secrets.Core().V1().Secrets().Lister(), table: c.table.Load}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { c.read() }, DeleteFunc: func(any) { c.read() }, UpdateFunc: func(_, _ any) { c.read() },
	}
	_, err := factory.Networking().V1().Ingresses().Informer().AddEventHandler(handler)
	// These are only read.
	factory.Core().V1().Services().Informer()
	factory.Discovery().V1().EndpointSlices().Informer()
	return c, err
}

func (c *Controller) read() {
	ingresses, err := c.factory.Networking().V1().Ingresses().Lister().List(labels.Everything())
	if err != nil {
		klog.ErrorS(err, "Cannot list Ingresses")
		return
	}
	t := newTable(ingresses)
	c.table.Store(&t)
}

// Run serves HTTP on port 80 and HTTPS on port 443 of the address until ctx ends.
func (c *Controller) Run(ctx context.Context, address string) error {
	fallback, err := selfSigned()
	if err != nil {
		return err
	}
	c.certs.fallback = fallback
	plain := server(address+":80", http.HandlerFunc(c.plain))
	secure := server(address+":443", c.route("https"))
	secure.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.certs.get}
	ended := make(chan error, 2)
	go func() { ended <- plain.ListenAndServe() }()
	go func() { ended <- secure.ListenAndServeTLS("", "") }()
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = ctx.Err()
	}
	return errors.Join(fmt.Errorf("ingress on %s: %w", address, err), plain.Close(), secure.Close())
}

func server(address string, handler http.Handler) *http.Server {
	return &http.Server{Addr: address, Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
}

// plain sends those whose host has a certificate to HTTPS.
func (c *Controller) plain(w http.ResponseWriter, r *http.Request) {
	host := bare(r.Host)
	if _, secured := c.table.Load().secret(host); secured {
		http.Redirect(w, r, "https://"+host+r.URL.RequestURI(), http.StatusPermanentRedirect)
		return
	}
	c.route("http").ServeHTTP(w, r)
}

func (c *Controller) route(scheme string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found, ok := c.table.Load().find(bare(r.Host), r.URL.Path)
		if !ok {
			http.Error(w, "no Ingress leads from here", http.StatusNotFound)
			return
		}
		c.proxy.ServeHTTP(w, r.WithContext(withTarget(r.Context(), target{found.backend, scheme})))
	})
}

// Published gives the status that says where an Ingress of ours is served.
func Published(addresses []string) networkingv1.IngressStatus {
	var status networkingv1.IngressStatus
	for _, address := range addresses {
		status.LoadBalancer.Ingress = append(status.LoadBalancer.Ingress, networkingv1.IngressLoadBalancerIngress{IP: address})
	}
	return status
}
