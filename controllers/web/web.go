// Package web runs the site that people see: pages that are rendered beside the API, which answers under /api of the same domain.
package web

import (
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

const (
	// user runs the site in its image.
	user = 65532

	node, program = "/usr/local/bin/node", "/app/serve.mjs"
	// cache is where Next.js keeps what it has made; it is all that the site writes.
	cache, cacheVolume, cacheSize = "/app/.next/cache", "cache", "256Mi"

	portHTTP = "http"
	// peersName is the Service of the pods themselves.
	peersName = "web-peers"

	// drain is how many seconds a pod that must go still takes requests, telling each asker to come back another way: so long it
	// may take until nobody is sent to it any more.
	drain = 8
	// grace is after how many seconds it is killed.
	grace = 40
)

type web struct{}

// New gives the component.
func New() component.Component { return web{} }

func (web) Name() string    { return component.Web }
func (web) After() []string { return []string{component.Migrate} }

func (web) Next(component.Input, component.Observed) []component.Action { return nil }

func (web) Ready(in component.Input, o component.Observed) component.Readiness {
	if !in.Platform.Spec.Web.On() {
		return component.Off("spec.web.enabled is false: the API alone answers.")
	}
	return component.JudgeDeployment(in, o, component.Web)
}

func (web) Desired(in component.Input) ([]client.Object, error) {
	if !in.Platform.Spec.Web.On() {
		return nil, nil
	}
	settings := in.Settings.Web
	pod := component.PodOptions{
		Component: component.Web, Part: component.Web, User: user, Grace: grace, Placement: in.Platform.Spec.Web.Pod,
		Containers: []corev1.Container{container(in)}, Volumes: []corev1.Volume{component.EmptyDir(cacheVolume, cacheSize)},
	}
	among := component.Edge{Peers: component.Parts(in.Platform, component.Web), Ports: []int32{component.PortWeb}}
	ingress := []component.Edge{{Peers: server.Visitors(in), Ports: []int32{component.PortWeb}}, among}
	egress := []component.Edge{{Peers: component.Parts(in.Platform, component.API), Ports: []int32{component.PortAPI}}, among}
	objects := []client.Object{
		component.Stateless(in, pod, settings),
		component.Service(in, component.Web, component.Web, false, component.ServicePort{Name: portHTTP, Port: component.PortWeb}),
		peers(in),
		component.Budget(in, component.Web, component.Web),
		component.Policy(in, component.Web, component.Web, ingress, egress),
	}
	if settings.Replicas == nil {
		objects = append(objects, component.Autoscaler(in, component.Web, settings))
	}
	return objects, nil
}

// peers is the name under which the pods find each other: while another build is rolled out, a page of one names files that a pod of the
// other has not, and gets them there (web/serve/files.mjs).
func peers(in component.Input) *corev1.Service {
	s := component.Service(in, component.Web, component.Web, true, component.ServicePort{Name: portHTTP, Port: component.PortWeb})
	s.Name = component.Child(in.Platform, peersName)
	return s
}

// container of the site. Whether the API answers is the API's to say: a site whose API is away still tells people so.
func container(in component.Input) corev1.Container {
	return corev1.Container{
		Name: component.Web, Image: in.Settings.Images.Web, Command: []string{node}, Args: []string{program}, Resources: in.Settings.Web.Resources,
		Env:            environment(in),
		Ports:          []corev1.ContainerPort{{Name: portHTTP, ContainerPort: component.PortWeb, Protocol: corev1.ProtocolTCP}},
		VolumeMounts:   []corev1.VolumeMount{{Name: cacheVolume, MountPath: cache}},
		StartupProbe:   component.HTTP("/healthz", component.PortWeb, 1, 60),
		LivenessProbe:  component.HTTP("/healthz", component.PortWeb, 10, 6),
		ReadinessProbe: component.HTTP("/healthz", component.PortWeb, 5, 3),
	}
}

// environment is what web/lib/env.ts and web/serve.mjs read, and Node's own.
func environment(in component.Input) []corev1.EnvVar {
	p := in.Platform
	env := []corev1.EnvVar{
		{Name: "HOSTNAME", Value: "0.0.0.0"},
		{Name: "PORT", Value: strconv.Itoa(component.PortWeb)},
		{Name: "RENTORA_PUBLIC_URL", Value: server.PublicURL(p)},
		{Name: "RENTORA_WEB_API_URL", Value: server.APIURL(p)},
		{Name: "RENTORA_WEB_DRAIN_SECONDS", Value: strconv.Itoa(drain)},
		{Name: "RENTORA_WEB_PEERS", Value: component.Host(p, peersName)},
		{Name: "RENTORA_WEB_FILES_ORIGINS", Value: strings.Join(server.FilesOrigins(p), ",")},
		{Name: "RENTORA_RELEASE", Value: in.Settings.Version},
	}
	if style := p.Spec.Web.MapStyleURL; style != "" {
		env = append(env, corev1.EnvVar{Name: "RENTORA_WEB_MAP_STYLE_URL", Value: style})
	}
	// Node would take its heap's limit from the machine's memory. Half is left for what is not on it: kept pages, compression, code.
	if limit, ok := in.Settings.Web.Resources.Limits[corev1.ResourceMemory]; ok {
		env = append(env, corev1.EnvVar{Name: "NODE_OPTIONS", Value: "--max-old-space-size=" + strconv.FormatInt(limit.Value()/2>>20, 10)}) // in MiB
	}
	slices.SortFunc(env, func(a, b corev1.EnvVar) int { return strings.Compare(a.Name, b.Name) })
	return env
}
