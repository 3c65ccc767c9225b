package server

import (
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/server/config"
)

// User runs the server in its image.
const User = 65532

const (
	program = "/rentora"

	portHTTP    = "http"
	portMetrics = "metrics"
)

// Program is one way to run the server's image.
type Program struct {
	Component, Part string
	Args            []string
	Resources       corev1.ResourceRequirements
	Placement       v1alpha1.Pod
	Connections     int  // to the database; 0 means the server's default
	Visitors        bool // it serves them
	Owner           bool // it logs in to the database as the owner of the tables
	Once            bool // it ends by itself and answers nobody
}

// Pod gives the pod of a program and the configuration that it gets.
func Pod(in component.Input, p Program) (component.PodOptions, *config.Config, error) {
	c, err := Config(in)
	if err != nil {
		return component.PodOptions{}, nil, err
	}
	if p.Connections > 0 {
		c.Postgres.MaxConns = p.Connections
	}
	variables := config.Variables(c)
	container := corev1.Container{
		Name: p.Part, Image: in.Settings.Images.Server, Command: []string{program}, Args: p.Args, Resources: p.Resources,
		Env: environment(in, variables, p.Resources), EnvFrom: []corev1.EnvFromSource{from(in, secretPart)},
	}
	if p.Owner {
		container.EnvFrom = append(container.EnvFrom, from(in, migratePart)) // the later one wins
	}
	if !p.Once {
		observe(&container, p.Visitors)
	}
	return component.PodOptions{
		Component: p.Component, Part: p.Part, User: User, Grace: Grace, Placement: p.Placement, Containers: []corev1.Container{container},
		Annotations: map[string]string{component.AnnotationSecrets: sealedHash(in, variables, p.Owner)},
	}, c, nil
}

// observe lets the kubelet and Prometheus ask. What is ready has its database; without Redis, search, object store and Kafka the
// API goes on, and says so in /readyz alone. A pod leaves the Service only after half a minute without the database: all
// of them lose it at once, and a refusal by the API tells a visitor more than one by the cluster.
func observe(c *corev1.Container, visitors bool) {
	if visitors {
		c.Ports = append(c.Ports, corev1.ContainerPort{Name: portHTTP, ContainerPort: component.PortAPI, Protocol: corev1.ProtocolTCP})
	}
	c.Ports = append(c.Ports, corev1.ContainerPort{Name: portMetrics, ContainerPort: component.PortOps, Protocol: corev1.ProtocolTCP})
	c.StartupProbe = component.HTTP("/livez", component.PortOps, 1, 120)
	c.LivenessProbe = component.HTTP("/livez", component.PortOps, 10, 6)
	c.ReadinessProbe = component.HTTP("/readyz", component.PortOps, 5, 6)
}

func from(in component.Input, part string) corev1.EnvFromSource {
	return corev1.EnvFromSource{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: component.Child(in.Platform, part)}}}
}

// replaceable are variables with which the user may know better: they follow from no other field.
var replaceable = []string{
	nameOf(func(c *config.Config) { c.HTTP.TrustedProxies = []string{"x"} }), nameOf(func(c *config.Config) { c.Postgres.MaxConns = 1 }),
	nameOf(func(c *config.Config) { c.Kafka.Replication = 2 }), nameOf(func(c *config.Config) { c.LogFormat = "x" }), goMemory,
}

// settled are variables that the platform decides also where what it says is the server's default, so that they are not set.
var settled = []string{
	directURL,
	nameOf(func(c *config.Config) { c.HTTP.ShutdownTimeout = 1 }), nameOf(func(c *config.Config) { c.Kafka.Partitions = 1 }),
	nameOf(func(c *config.Config) { c.Kafka.TLS = true }), nameOf(func(c *config.Config) { c.S3.Region = "x" }),
	nameOf(func(c *config.Config) { c.S3.PublicEndpoint = "x" }), nameOf(func(c *config.Config) { c.S3.CDNBaseURL = "x" }),
	nameOf(func(c *config.Config) { c.Trace.OTLPEndpoint = "x" }), nameOf(func(c *config.Config) { c.Trace.SampleRatio = 0.5 }),
	nameOf(func(c *config.Config) { c.Mail.Username = "x" }), nameOf(func(c *config.Config) { c.Mail.Password = "x" }),
	nameOf(func(c *config.Config) { c.Mail.TLS = "none" }), nameOf(func(c *config.Config) { c.Mail.From = "x" }),
	nameOf(func(c *config.Config) { c.Kafka.Username = "x" }), nameOf(func(c *config.Config) { c.Kafka.Password = "x" }),
}

const goMemory = "GOMEMLIMIT"

// environment gives what is no secret, and then what the user adds. A variable that the operator needs as it is stays so.
func environment(in component.Input, variables []config.Variable, r corev1.ResourceRequirements) []corev1.EnvVar {
	var env []corev1.EnvVar
	taken := map[string]bool{}
	for _, name := range settled {
		taken[name] = true
	}
	for _, v := range variables {
		taken[v.Name] = true
		if !v.Secret && !belongs(v.Name) {
			env = append(env, corev1.EnvVar{Name: v.Name, Value: v.Value})
		}
	}
	if limit, ok := r.Limits[corev1.ResourceMemory]; ok {
		taken[goMemory] = true
		env = append(env, corev1.EnvVar{Name: goMemory, Value: strconv.FormatInt(limit.Value()/10*9, 10)}) // in bytes
	}
	for _, e := range in.Platform.Spec.API.Env {
		at := slices.IndexFunc(env, func(one corev1.EnvVar) bool { return one.Name == e.Name })
		switch {
		case at >= 0 && slices.Contains(replaceable, e.Name):
			env[at].Value = literal(e.Value)
		case at < 0 && !taken[e.Name]:
			env = append(env, corev1.EnvVar{Name: e.Name, Value: literal(e.Value)})
		}
	}
	return env
}

// literal keeps the kubelet from putting other variables into a value.
func literal(value string) string { return strings.ReplaceAll(value, "$(", "$$(") }

// sealedHash changes with what the Secrets tell a program.
func sealedHash(in component.Input, variables []config.Variable, owner bool) string {
	var texts []string
	for _, v := range variables {
		if v.Secret || belongs(v.Name) {
			texts = append(texts, v.Name, v.Value)
		}
	}
	if owner {
		texts = append(texts, OwnerURL(in))
	}
	return component.Hash(texts...)
}
