package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/hack/cluster/place"
)

// certificateLasts is so short that the platform's Prometheus must complain of it.
const certificateLasts = 24 * time.Hour

// furnish makes what a platform finds when it comes: a certificate, and the mail server of the samples.
func (e *env) furnish(ctx context.Context) error {
	if err := e.certify(ctx, certificateLasts); err != nil {
		return err
	}
	sample, err := os.ReadFile(filepath.Join(e.root, "config", "samples", "mailcatcher.yaml"))
	if err != nil {
		return err
	}
	var objects []client.Object
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(sample), 4096)
	for {
		o := &unstructured.Unstructured{}
		err := decoder.Decode(&o.Object)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		o.SetNamespace(space)
		objects = append(objects, o)
	}
	if err := e.apply(ctx, objects...); err != nil {
		return err
	}
	// The mails must outlive the second node.
	var d appsv1.Deployment
	if err := e.Get(ctx, client.ObjectKey{Namespace: space, Name: "mailcatcher"}, &d); err != nil {
		return err
	}
	base := d.DeepCopy()
	d.Spec.Template.Spec.NodeSelector = map[string]string{corev1.LabelHostname: place.Name(1)}
	return e.Patch(ctx, &d, client.MergeFrom(base))
}
