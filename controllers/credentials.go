package controllers

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/publish"
)

// wanted is one credential of a platform: where it comes from, and what must be in it.
type wanted struct {
	credential component.Credential
	brought    *v1alpha1.SecretRef      // the user's own Secret
	keys       []string                 // that must be there
	optional   bool                     // nothing waits for it: somebody makes it in his own time
	mint       map[string]func() string // keys that the operator makes when nobody brings them; nil: it makes none
}

// password has 160 bits, in letters and digits that need no quoting anywhere.
func password() string { return rand.Text() + rand.Text()[:6] }

func seed() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: see crypto/rand
	return base64.StdEncoding.EncodeToString(b)
}

// clusterID is a UUID in the URL-safe base64 without padding that Kafka writes.
func clusterID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	b[0] &= 0x7f // Kafka refuses ids that begin with a dash
	return base64.RawURLEncoding.EncodeToString(b)
}

func word(s string) func() string { return func() string { return s } }

// wantedCredentials gives all that the platform's pods read.
func wantedCredentials(p *v1alpha1.RentoraPlatform) []wanted {
	s := &p.Spec
	all := []wanted{
		{credential: component.Keys, brought: s.CredentialsSecretRef, keys: []string{"signing-keys", "secret-key"},
			mint: map[string]func() string{"signing-keys": seed, "secret-key": seed}},
		service(component.PostgresAuth, s.Postgres.Mode == v1alpha1.External, s.Postgres.SecretRef, []string{"url"},
			map[string]func() string{"superuser-password": password, "owner-password": password, "app-password": password}),
		service(component.RedisAuth, s.Redis.Mode == v1alpha1.External, s.Redis.SecretRef, []string{"url"},
			map[string]func() string{"password": password}),
		service(component.TypesenseAuth, s.Typesense.Mode == v1alpha1.External, s.Typesense.SecretRef, []string{"api-key"},
			map[string]func() string{"api-key": password}),
		service(component.ObjectsAuth, s.ObjectStorage.Mode == v1alpha1.External, s.ObjectStorage.SecretRef, []string{"access-key", "secret-key"},
			map[string]func() string{"root-user": word("root"), "root-password": password, "access-key": word("rentora"), "secret-key": password}),
	}
	switch {
	case s.Kafka.Mode != v1alpha1.External:
		all = append(all, service(component.KafkaAuth, false, nil, nil, map[string]func() string{"cluster-id": clusterID}))
	case s.Kafka.SecretRef != nil:
		all = append(all, wanted{credential: component.KafkaAuth, brought: s.Kafka.SecretRef, keys: []string{"username", "password"}})
	}
	if s.Mail.SecretRef != nil {
		all = append(all, wanted{credential: component.MailAuth, brought: s.Mail.SecretRef, keys: []string{"username", "password"}})
	}
	if s.TLS != nil {
		name, made := s.TLS.SecretName, s.TLS.IssuerRef != nil
		if made {
			name = publish.CertificateName(p) // which cert-manager fills
		}
		all = append(all, wanted{credential: component.Certificate, brought: &v1alpha1.SecretRef{Name: name}, keys: []string{"tls.crt", "tls.key"}, optional: made})
	}
	if ref := s.Monitoring.Alerts.WebhookSecretRef; ref != nil && s.Monitoring.Mode == v1alpha1.Managed {
		all = append(all, wanted{credential: component.AlertsAuth, brought: ref, keys: []string{"url"}})
	}
	return all
}

// service gives the credential of a data service. A Managed one takes what the user's Secret has and mints the rest.
func service(c component.Credential, external bool, ref *v1alpha1.SecretRef, keys []string, mint map[string]func() string) wanted {
	if external {
		return wanted{credential: c, brought: ref, keys: keys}
	}
	return wanted{credential: c, brought: ref, mint: mint}
}

// secrets gathers every credential and mints what is missing, once. problems says, by credential, what the user's own Secrets
// lack: what needs those waits.
func (r *Reconciler) secrets(ctx context.Context, p *v1alpha1.RentoraPlatform) (found component.Secrets, problems map[component.Credential]string, err error) {
	found, problems = component.Secrets{}, map[component.Credential]string{}
	for _, w := range wantedCredentials(p) {
		data := map[string][]byte{}
		name := component.Child(p, string(w.credential))
		if w.brought != nil {
			theirs, err := r.brought.get(ctx, types.NamespacedName{Namespace: p.Namespace, Name: w.brought.Name}, client.ObjectKeyFromObject(p))
			if err != nil {
				return nil, nil, err
			}
			if problem := lacks(w, theirs); problem != "" {
				if !w.optional {
					problems[w.credential] = problem
				}
				continue
			}
			for key, value := range theirs.Data {
				data[key] = bytes.TrimSuffix(value, []byte("\n")) // a file with a password mostly ends with one
			}
			if w.mint == nil {
				found[w.credential] = component.Secret{Name: w.brought.Name, Data: data}
				continue
			}
		}
		minted, err := r.mint(ctx, p, name, w, data)
		if err != nil {
			return nil, nil, err
		}
		found[w.credential] = component.Secret{Name: name, Data: minted}
	}
	return found, problems, nil
}

func lacks(w wanted, s *corev1.Secret) string {
	if s == nil {
		return fmt.Sprintf("the Secret %s does not exist.", w.brought.Name)
	}
	for _, key := range w.keys {
		if len(s.Data[key]) == 0 {
			return fmt.Sprintf("the Secret %s has no %s.", w.brought.Name, key)
		}
	}
	return ""
}

// mint makes the platform's own Secret of a credential, or completes it: what was brought stands in it as it is, what is there
// stays, and what is missing is made. It has no owner, so that it outlives the platform with the volumes that it opens.
func (r *Reconciler) mint(ctx context.Context, p *v1alpha1.RentoraPlatform, name string, w wanted, brought map[string][]byte) (map[string][]byte, error) {
	var have corev1.Secret
	err := r.client.Get(ctx, types.NamespacedName{Namespace: p.Namespace, Name: name}, &have)
	if err != nil && !apierrors.IsNotFound(err) {
		return nil, err
	}
	exists := err == nil
	want, changed := map[string][]byte{}, !exists
	for key, value := range have.Data {
		want[key] = value
	}
	for key, make := range w.mint {
		switch theirs := brought[key]; {
		case len(theirs) > 0 && string(theirs) != string(want[key]):
			want[key], changed = theirs, true
		case len(want[key]) == 0:
			want[key], changed = []byte(make()), true
		}
	}
	if !changed {
		return want, nil
	}
	return r.keep(ctx, p, name, w.credential, want, &have, exists)
}

func (r *Reconciler) keep(ctx context.Context, p *v1alpha1.RentoraPlatform, name string, c component.Credential, data map[string][]byte, have *corev1.Secret, exists bool) (map[string][]byte, error) {
	if exists {
		next := have.DeepCopy()
		next.Data = data
		// The version that was read must still be there: two writers must not mint over each other.
		if err := r.client.Update(ctx, next, client.FieldOwner(component.FieldOwner)); err != nil {
			return nil, fmt.Errorf("complete the Secret %s: %w", name, err)
		}
		writes.WithLabelValues("Secret", "update").Inc()
		return data, nil
	}
	s := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: p.Namespace, Labels: component.Labels(p, component.Access, string(c))},
		Type:       corev1.SecretTypeOpaque, Data: data,
	}
	err := r.client.Create(ctx, s, client.FieldOwner(component.FieldOwner))
	if apierrors.IsAlreadyExists(err) {
		return r.adopt(ctx, p, name)
	}
	if err != nil {
		return nil, fmt.Errorf("make the Secret %s: %w", name, err)
	}
	writes.WithLabelValues("Secret", "create").Inc()
	return data, nil
}

// adopt reads a Secret that the cache does not have yet: made a moment ago, kept from an earlier life of the platform, or
// somebody else's.
func (r *Reconciler) adopt(ctx context.Context, p *v1alpha1.RentoraPlatform, name string) (map[string][]byte, error) {
	var s corev1.Secret
	if err := r.direct.Get(ctx, types.NamespacedName{Namespace: p.Namespace, Name: name}, &s); err != nil {
		return nil, err
	}
	if s.Labels[component.LabelManagedBy] != component.ManagedBy || s.Labels[component.LabelPlatform] != p.Name {
		return nil, errForeign{"Secret", name}
	}
	return s.Data, nil
}
