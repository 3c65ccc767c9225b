package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-logr/logr"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/yaml"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/hack/apiserver"
	"github.com/rentora/rentora/hack/stack/probe"
	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

const (
	space  = "rentals"
	crowds = "strangers"
)

// stand is an API server with the operator's program beside it.
type stand struct {
	client.Client
	root, work string
	operator   *process.Process
	counter    *counter
	metrics    string // URL
}

func newStand(ctx context.Context, server *apiserver.Server) (s *stand, err error) {
	log.SetLogger(logr.Discard())
	s = &stand{}
	scheme, err := controllers.Scheme()
	if err != nil {
		return nil, err
	}
	if s.Client, err = client.New(server.Config, client.Options{Scheme: scheme}); err != nil {
		return nil, err
	}
	if s.root, err = stack.Root(); err != nil {
		return nil, err
	}
	if s.work, err = os.MkdirTemp("", "rentora-scale-"); err != nil {
		return nil, err
	}
	for _, name := range []string{space, crowds} {
		if err := s.Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}); err != nil {
			s.stop()
			return nil, err
		}
	}
	if s.counter, err = count(ctx, server.Config); err == nil {
		err = s.start(ctx)
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// start builds the operator as its image has it, and runs it as its Deployment does: with the lease, and the same limit of memory.
func (s *stand) start(ctx context.Context) error {
	program, config := filepath.Join(s.work, "operator"), filepath.Join(s.work, "kubeconfig")
	if err := os.WriteFile(config, s.counter.kubeconfig(), 0o600); err != nil {
		return err
	}
	limit, err := s.memoryLimit()
	if err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./cmd/operator")
	build.Dir, build.Env, build.Stderr = s.root, append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build the operator: %w", err)
	}
	log, err := os.Create(filepath.Join(s.work, "operator.log"))
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	ports := probe.FreePorts(2)
	s.metrics = "http://" + probe.Local(ports[0]) + "/metrics"
	s.operator, err = process.Start(process.Spec{Path: program, Dir: s.work, Log: log,
		Args: []string{"run", "--own-namespace=" + space, "--metrics-address", probe.Local(ports[0]), "--probe-address", probe.Local(ports[1])},
		Env:  []string{"KUBECONFIG=" + config, "HOME=" + s.work, "GOMEMLIMIT=" + limit}})
	if err != nil {
		return err
	}
	return probe.Until(ctx, time.Minute, s.operator.Done(), func(ctx context.Context) error { return probe.HTTP(ctx, probe.Local(ports[1]), "/readyz") })
}

// memoryLimit is what the Deployment of config/manager says to the Go runtime.
func (s *stand) memoryLimit() (string, error) {
	text, err := os.ReadFile(filepath.Join(s.root, "config", "manager", "deployment.yaml"))
	if err != nil {
		return "", err
	}
	var d appsv1.Deployment
	if err := yaml.UnmarshalStrict(text, &d); err != nil {
		return "", err
	}
	for _, v := range d.Spec.Template.Spec.Containers[0].Env {
		if v.Name == "GOMEMLIMIT" && v.Value != "" {
			return v.Value, nil
		}
	}
	return "", errors.New("config/manager/deployment.yaml has no GOMEMLIMIT")
}

func (s *stand) stop() {
	if s.counter != nil {
		defer func() { _ = s.counter.server.Close() }()
	}
	if s.operator != nil {
		s.operator.Kill()
	}
	_ = os.RemoveAll(s.work)
}

// platform is the sample for a try.
func (s *stand) platform() (*v1alpha1.RentoraPlatform, error) {
	text, err := os.ReadFile(filepath.Join(s.root, "config", "samples", "dev.yaml"))
	if err != nil {
		return nil, err
	}
	p := &v1alpha1.RentoraPlatform{}
	err = yaml.Unmarshal(text, p)
	p.Namespace = space
	return p, err
}

type birth struct {
	objects int
	time    time.Duration
}

func (s *stand) bringUp(ctx context.Context) (birth, error) {
	p, err := s.platform()
	if err != nil {
		return birth{}, err
	}
	began := time.Now()
	if err := s.Create(ctx, p); err != nil {
		return birth{}, err
	}
	err = until(ctx, "the platform is ready", func() (bool, error) {
		if err := apiserver.Nodes(ctx, s.Client, space, map[string]string{component.LabelPlatform: p.Name}); err != nil {
			return false, err
		}
		err := s.Get(ctx, client.ObjectKeyFromObject(p), p)
		return apimeta.IsStatusConditionTrue(p.Status.Conditions, v1alpha1.ReadyCondition), err
	})
	took := time.Since(began)
	if err != nil {
		return birth{}, fmt.Errorf("%w; the operator said:\n%s", err, s.lastWords())
	}
	n, err := s.objects(ctx, p.Name)
	return birth{n, took}, err
}

func (s *stand) objects(ctx context.Context, platform string) (n int, err error) {
	for _, kind := range []string{"v1/Service", "v1/ConfigMap", "v1/Secret", "v1/ServiceAccount", "apps/v1/Deployment", "apps/v1/StatefulSet", "batch/v1/Job",
		"policy/v1/PodDisruptionBudget", "networking.k8s.io/v1/NetworkPolicy", "networking.k8s.io/v1/Ingress", "rbac.authorization.k8s.io/v1/Role",
		"rbac.authorization.k8s.io/v1/RoleBinding", "autoscaling/v2/HorizontalPodAutoscaler"} {
		i := strings.LastIndex(kind, "/")
		list := &metav1.PartialObjectMetadataList{TypeMeta: metav1.TypeMeta{APIVersion: kind[:i], Kind: kind[i+1:] + "List"}}
		if err := s.List(ctx, list, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: platform}); err != nil {
			return n, err
		}
		n += len(list.Items)
	}
	return n, nil
}

func (s *stand) lastWords() string {
	text, _ := os.ReadFile(filepath.Join(s.work, "operator.log"))
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-12):], "\n")
}

// until looks again and again until the condition holds, for three minutes at most.
func until(ctx context.Context, what string, holds func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := holds()
		if ok && err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("still not: %s", what), err)
		case <-tick.C:
		}
	}
}
