package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/controllers/component"
)

func use() []step {
	return []step{
		{"seed", "Demo listings are seeded from a pod", 6 * time.Minute, seed},
		{"journey", "A stay from registration to cancellation, through the ingress", 5 * time.Minute, journey},
		{"web", "People find the site, and take their journeys in a browser through the ingress", 10 * time.Minute, people},
		{"edges", "Forbidden ways through the network are closed, needed ones open", 3 * time.Minute, edges},
		{"store", "The application reaches its own buckets and nothing else of the object store", 2 * time.Minute, store},
		{"steady", "Nothing is written while nothing changes", 3 * time.Minute, steady},
	}
}

// seed runs `rentora seed` with the environment of the migration's pod, which may do what it needs.
func seed(ctx context.Context, e *env) error {
	var jobs batchv1.JobList
	if err := e.List(ctx, &jobs, client.InNamespace(space), client.MatchingLabels{"app.kubernetes.io/component": "migrate", "platform.rentora.io/platform": name}); err != nil {
		return err
	}
	if len(jobs.Items) == 0 {
		return errors.New("no migration ran")
	}
	job := &batchv1.Job{TypeMeta: jobs.Items[0].TypeMeta}
	job.APIVersion, job.Kind, job.Name, job.Namespace = "batch/v1", "Job", name+"-seed", space
	job.Spec.Template = *jobs.Items[0].Spec.Template.DeepCopy()
	for _, label := range []string{"batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name", "controller-uid", "job-name"} {
		delete(job.Spec.Template.Labels, label)
	}
	job.Spec.BackoffLimit = ptr[int32](1)
	c := &job.Spec.Template.Spec.Containers[0]
	c.Command, c.Args = []string{"/rentora", "seed", "--listings", "200"}, nil
	c.Resources.Limits = corev1.ResourceList{}
	// The public name of the object store is known to this machine alone: photographs take the way inside.
	for i := range c.Env {
		if c.Env[i].Name == "RENTORA_S3_PUBLIC_ENDPOINT" {
			c.Env[i].Value = "http://" + name + "-objects." + space + ".svc:9000"
		}
	}
	if err := e.Delete(ctx, job, client.PropagationPolicy("Background")); client.IgnoreNotFound(err) != nil {
		return err
	}
	if err := until(ctx, "an earlier seed is gone", func() (bool, string) {
		return client.IgnoreNotFound(e.Get(ctx, client.ObjectKeyFromObject(job), &batchv1.Job{})) == nil && e.Get(ctx, client.ObjectKeyFromObject(job), &batchv1.Job{}) != nil, ""
	}); err != nil {
		return err
	}
	if err := e.apply(ctx, job); err != nil {
		return err
	}
	err := until(ctx, "the seed is over", func() (bool, string) {
		if err := e.Get(ctx, client.ObjectKeyFromObject(job), job); err != nil {
			return false, err.Error()
		}
		complete, failed, _ := component.JobFinished(job)
		return complete || failed, fmt.Sprintf("%d failed", job.Status.Failed)
	})
	if _, failed, why := component.JobFinished(job); failed {
		err = errors.New("the seed failed: " + why)
	}
	said, _ := e.kubectl(context.WithoutCancel(ctx), nil, "logs", "-n", space, "job/"+job.Name, "--tail=3")
	e.note("%s", strings.TrimSpace(lastLine(said)))
	return err
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// journey takes the README's walk.
func journey(ctx context.Context, e *env) error {
	began := time.Now()
	if err := e.walk(ctx); err != nil {
		return err
	}
	e.note("the README's whole walk in %.1f s, each step answered as it must be", time.Since(began).Seconds())
	return nil
}

// walk takes the README's walk against the public address; the script stops at an answer that is not the one that its step must have.
// curl is told by its own configuration where the name leads.
func (e *env) walk(ctx context.Context) error {
	if _, err := e.visitor(ctx); err != nil {
		return err
	}
	ca := filepath.Join(e.work, "ca.pem")
	if err := os.WriteFile(ca, e.ca, 0o600); err != nil {
		return err
	}
	rc := fmt.Sprintf("cacert = %q\nresolve = \"%s:443:%s\"\nresolve = \"files.%s:443:%s\"\n", ca, domain, nodeOne, domain, nodeOne)
	if err := os.WriteFile(filepath.Join(e.work, ".curlrc"), []byte(rc), 0o600); err != nil {
		return err
	}
	mails, err := e.address(ctx, "mailcatcher", 8025)
	if err != nil {
		return err
	}
	said, err := e.command(ctx, nil, "env", "CURL_HOME="+e.work, "hack/walk/walk.sh", "https://"+domain+"/api/v1", mails)
	if err != nil {
		return err
	}
	if !strings.Contains(said, "CANCELLED_BY_GUEST") {
		return fmt.Errorf("the walk did not reach its end:\n%s", said)
	}
	return nil
}

// address gives the URL of a Service, which the machine of the development cluster reaches.
func (e *env) address(ctx context.Context, service string, port int) (string, error) {
	var s corev1.Service
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: service}, &s); err != nil {
		return "", err
	}
	return fmt.Sprintf("http://%s:%d", s.Spec.ClusterIP, port), nil
}
