package ingress

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// endpoints gives the addresses of the pods behind a backend, in an order by chance. The ready ones come alone; only when
// there are none do those follow that still serve while they end.
func (c *Controller) endpoints(b backend) ([]string, error) {
	service, err := c.factory.Core().V1().Services().Lister().Services(b.namespace).Get(b.service)
	if err != nil {
		return nil, err
	}
	port, ok := portName(service, b)
	if !ok {
		return nil, fmt.Errorf("the Service %s/%s has no port %s%d", b.namespace, b.service, b.port.Name, b.port.Number)
	}
	slices, err := c.factory.Discovery().V1().EndpointSlices().Lister().EndpointSlices(b.namespace).List(
		labels.SelectorFromSet(labels.Set{discoveryv1.LabelServiceName: b.service}))
	if err != nil {
		return nil, err
	}
	ready, ending := split(slices, port)
	if len(ready) == 0 {
		ready = ending
	}
	if len(ready) == 0 {
		return nil, fmt.Errorf("no pod of the Service %s/%s is ready", b.namespace, b.service)
	}
	rand.Shuffle(len(ready), func(i, j int) { ready[i], ready[j] = ready[j], ready[i] })
	return ready, nil
}

func portName(service *corev1.Service, b backend) (string, bool) {
	for _, port := range service.Spec.Ports {
		if b.port.Name != "" && port.Name == b.port.Name || b.port.Number != 0 && port.Port == b.port.Number {
			return port.Name, true
		}
	}
	return "", false
}

func split(slices []*discoveryv1.EndpointSlice, name string) (ready, ending []string) {
	for _, slice := range slices {
		number := int32(0)
		for _, port := range slice.Ports {
			if port.Name != nil && *port.Name == name && port.Port != nil {
				number = *port.Port
			}
		}
		if number == 0 || slice.AddressType != discoveryv1.AddressTypeIPv4 {
			continue
		}
		for _, e := range slice.Endpoints {
			address := net.JoinHostPort(e.Addresses[0], strconv.Itoa(int(number)))
			switch {
			case e.Conditions.Ready == nil || *e.Conditions.Ready:
				ready = append(ready, address)
			case e.Conditions.Serving != nil && *e.Conditions.Serving:
				ending = append(ending, address)
			}
		}
	}
	return ready, ending
}
