package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
)

func installation() []step {
	return []step{
		{"images", "Images are made and brought to the nodes", 30 * time.Minute, makeImages},
		{"install", "The operator is installed by Helm", 5 * time.Minute, install},
		{"refused", "Resources that cannot work are refused with sentences", time.Minute, refused},
		{"ready", "One resource becomes a whole platform", readyIn, bringUp},
	}
}

// images that the cluster runs, by their key in the chart's values.
var images = map[string]string{
	"server": "server", "web": "web", "postgres": "postgres", "redis": "redis", "typesense": "typesense", "minio": "minio", "kafka": "kafka",
	"prometheus": "prometheus", "alertmanager": "alertmanager", "postgresExporter": "postgres-exporter", "redisExporter": "redis-exporter",
}

func image(name string) string { return "localhost/rentora/" + name + ":dev" }

// makeImages makes them all, and a server that differs in nothing but its name, to be rolled out later.
func makeImages(ctx context.Context, e *env) error {
	if _, err := e.command(ctx, nil, "go", "run", "./hack/images", "--load"); err != nil {
		return err
	}
	if _, err := e.command(ctx, nil, "go", "run", "./hack/images", "server", "--out", e.work); err != nil {
		return err
	}
	next := filepath.Join(e.work, "next.tar")
	if err := retag(filepath.Join(e.work, "server.tar"), next, "localhost/rentora/server:next"); err != nil {
		return err
	}
	_, err := e.command(ctx, nil, "go", "run", "./hack/cluster", "load", next)
	return err
}

// install is what a platform engineer types.
func install(ctx context.Context, e *env) error {
	if err := e.claim(ctx); err != nil {
		return err
	}
	args := []string{"upgrade", "--install", helmName, "charts/rentora-operator", "--namespace", system, "--wait", "--timeout", "4m",
		"--set", "image.repository=localhost/rentora/operator", "--set", "image.tag=dev"}
	for _, key := range slices.Sorted(maps.Keys(images)) {
		args = append(args, "--set", "images."+key+"="+image(images[key]))
	}
	if _, err := e.helm(ctx, args...); err != nil {
		return err
	}
	memory, err := e.kubectl(ctx, nil, "get", "deployment", "-n", system, helmName, "-o", "jsonpath={.status.readyReplicas}")
	e.note("%s operator runs", strings.TrimSpace(memory))
	return err
}

// refused tries what the schema must not let through.
func refused(ctx context.Context, e *env) error {
	for want, change := range map[string]func(*v1alpha1.RentoraPlatform){
		"domain must be a host name":              func(p *v1alpha1.RentoraPlatform) { p.Spec.Domain = "https://stay" },
		"postgres.mode External needs secretRef":  func(p *v1alpha1.RentoraPlatform) { p.Spec.Postgres.Mode = v1alpha1.External },
		"postgres.mode CloudNativePG does not":    func(p *v1alpha1.RentoraPlatform) { p.Spec.Postgres.Mode = v1alpha1.CloudNativePG },
		"autoscaling.min must not be above":       func(p *v1alpha1.RentoraPlatform) { p.Spec.API.Autoscaling = &v1alpha1.Autoscaling{Min: 3, Max: 2} },
		"typesense.replicas above 1 do not exist": func(p *v1alpha1.RentoraPlatform) { p.Spec.Typesense.Replicas = ptr[int32](2) },
		"metadata.name must have 32":              func(p *v1alpha1.RentoraPlatform) { p.Name = strings.Repeat("a", 33) },
		"postgres.parameters may not set":         func(p *v1alpha1.RentoraPlatform) { p.Spec.Postgres.Parameters = map[string]string{"fsync": "off"} },
		"give api.replicas or api.autoscaling": func(p *v1alpha1.RentoraPlatform) {
			p.Spec.API.Replicas = ptr[int32](1)
			p.Spec.API.Autoscaling = &v1alpha1.Autoscaling{Min: 1, Max: 2}
		},
		"tls needs secretName or issuerRef": func(p *v1alpha1.RentoraPlatform) { p.Spec.TLS = &v1alpha1.TLS{} },
		"mail.from must be a mail address":  func(p *v1alpha1.RentoraPlatform) { p.Spec.Mail.From = "nobody" },
	} {
		p := e.platform(name + "-refused")
		change(p)
		err := e.Create(ctx, p, client.DryRunAll)
		if err == nil {
			return fmt.Errorf("wanted a refusal with %q, and it was let through", want)
		}
		if !strings.Contains(err.Error(), want) {
			return fmt.Errorf("wanted a refusal with %q: %w", want, err)
		}
	}
	e.note("10 resources refused")
	return nil
}

func ptr[T any](v T) *T { return &v }

// platform gives the resource of the run: profile standard, sized for two small nodes.
func (e *env) platform(name string) *v1alpha1.RentoraPlatform {
	return &v1alpha1.RentoraPlatform{
		TypeMeta:   metav1.TypeMeta{APIVersion: v1alpha1.GroupVersion.String(), Kind: "RentoraPlatform"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: space},
		Spec: v1alpha1.RentoraPlatformSpec{
			Version: "dev", Profile: v1alpha1.Dev, Domain: domain, TLS: &v1alpha1.TLS{SecretName: tlsSecret},
			Mail: v1alpha1.Mail{Host: "mailcatcher." + space + ".svc", Port: 1025, From: "Rentora <hello@rentora.test>", TLS: "none"},
			// The development cluster's ingress runs on the nodes, which may always reach a pod; nobody else shall.
			Ingress: &v1alpha1.Ingress{Namespace: metav1.NamespaceSystem},
			API: v1alpha1.API{Autoscaling: &v1alpha1.Autoscaling{Min: 2, Max: 4, CPU: ptr[int32](200)},
				// All the load comes from one address.
				Env: []v1alpha1.EnvVar{{Name: "RENTORA_HTTP_LIMIT_SEARCH", Value: "0"}, {Name: "RENTORA_HTTP_LIMIT_READ", Value: "0"}, {Name: "RENTORA_HTTP_LIMIT_WRITE", Value: "0"}, {Name: "RENTORA_HTTP_LIMIT_SIGN_IN", Value: "0"},
					{Name: "RENTORA_AUTH_LOGIN_LIMIT", Value: "10000"}}},
			Workers: v1alpha1.Workers{Groups: []v1alpha1.Worker{
				{Name: "notify", Autoscaling: &v1alpha1.LagScaling{Min: 1, Max: 3, Lag: ptr[int32](50)}},
			}},
			Images: v1alpha1.Images{Server: image("server"), Web: image("web"), PullPolicy: corev1.PullIfNotPresent},
		},
	}
}

// readyBar is how long a whole platform may take from its resource to Ready.
const readyBar = 90 * time.Second

// errLate is a failure after which the other steps can be tried all the same.
var errLate = errors.New("too late")

// bringUp applies the resource and waits until all of it is ready, and says where the time went.
func bringUp(ctx context.Context, e *env) (err error) {
	if err = e.furnish(ctx); err != nil {
		return err
	}
	if e.before, err = e.everything(ctx); err != nil {
		return err
	}
	began := time.Now()
	if err := e.apply(ctx, e.platform(name)); err != nil {
		return err
	}
	p, err := e.ready(ctx, name)
	if err != nil {
		return err
	}
	took := time.Since(began)
	e.note("apply to all Ready in %.1f s (bar: %.0f)", took.Seconds(), readyBar.Seconds())
	printShares(p)
	said, err := e.kubectl(ctx, nil, "get", "rentora", "-n", space)
	if err != nil {
		return err
	}
	fmt.Println(said)
	said, err = e.command(ctx, nil, "go", "run", "./cmd/kubectl-rentora", "status", name, "-n", space)
	fmt.Println(said)
	if took > readyBar {
		err = errors.Join(err, fmt.Errorf("%w: wanted a whole platform within %s, it took %s", errLate, readyBar, took.Round(time.Second)))
	}
	return err
}

// printShares prints by how much each component, in the order of the status, moved the moment at which it and all before it were
// ready. The shares add up to the whole.
func printShares(p *v1alpha1.RentoraPlatform) {
	sofar := 0.0
	for _, c := range p.Status.Components {
		ready := findFold(p.Status.Conditions, c.Name+v1alpha1.ReadyCondition)
		if ready == nil {
			continue
		}
		after := ready.LastTransitionTime.Sub(p.CreationTimestamp.Time).Seconds()
		fmt.Printf("    %-18s +%3.0f s, ready after %3.0f s\n", c.Name, max(0, after-sofar), after)
		sofar = max(sofar, after)
	}
}

// findFold finds a condition whatever the case of its letters: a component's is its name with Ready behind it.
func findFold(all []metav1.Condition, condition string) *metav1.Condition {
	for i := range all {
		if strings.EqualFold(all[i].Type, condition) {
			return &all[i]
		}
	}
	return nil
}

// ready waits until the platform says that its present spec runs.
func (e *env) ready(ctx context.Context, name string) (*v1alpha1.RentoraPlatform, error) {
	p := &v1alpha1.RentoraPlatform{}
	err := until(ctx, name+" is ready", func() (bool, string) {
		if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
			return false, err.Error()
		}
		c := apimeta.FindStatusCondition(p.Status.Conditions, v1alpha1.ReadyCondition)
		if c == nil {
			return false, "the operator has not looked at it yet"
		}
		return c.Status == metav1.ConditionTrue && c.ObservedGeneration == p.Generation && p.Status.Version.Current == p.Status.Version.Target, c.Reason + ": " + c.Message
	})
	return p, err
}

// saying waits until the platform's condition has the reason and its sentence the words.
func (e *env) saying(ctx context.Context, condition, reason string, words ...string) (string, error) {
	message := ""
	err := until(ctx, fmt.Sprintf("%s because of %s, saying %q", condition, reason, words), func() (bool, string) {
		p := &v1alpha1.RentoraPlatform{}
		if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
			return false, err.Error()
		}
		c := apimeta.FindStatusCondition(p.Status.Conditions, condition)
		if c == nil {
			return false, "no condition"
		}
		message = c.Message
		for _, w := range words {
			if !strings.Contains(c.Message, w) {
				return false, c.Reason + ": " + c.Message
			}
		}
		return c.Reason == reason, c.Reason + ": " + c.Message
	})
	return message, err
}

// explain prints how the platform stands, for whoever reads a failure.
func (e *env) explain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	var all v1alpha1.RentoraPlatformList
	if err := e.List(ctx, &all, client.InNamespace(space)); err != nil {
		fmt.Println("    " + err.Error())
		return
	}
	for _, p := range all.Items {
		for _, c := range p.Status.Components {
			if c.State != "Ready" {
				fmt.Printf("    %s/%-12s %-12s %s\n", p.Name, c.Name, c.State, c.Message)
			}
		}
	}
}

// change applies a change to the newest version of the platform.
func (e *env) change(ctx context.Context, how func(*v1alpha1.RentoraPlatform)) error {
	p := &v1alpha1.RentoraPlatform{}
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: name}, p); err != nil {
		return err
	}
	base := p.DeepCopy()
	how(p)
	return e.Patch(ctx, p, client.MergeFrom(base))
}

// both gives the first error of two.
func both(err error, next func() error) error {
	if err != nil {
		return err
	}
	return next()
}
