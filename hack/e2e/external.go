package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/hack/cluster/place"
)

const (
	outsideName   = "outside"
	outsideDomain = "outside.rentora.test"
	machine       = place.Gateway // how nodes and pods of the development cluster reach this machine
)

// external runs a platform whose data services are those of a development stack on this machine, with passwords.
func external(ctx context.Context, e *env) error {
	folder, err := os.MkdirTemp("", "rentora-e2e-stack-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if err := os.Chmod(folder, 0o755); err != nil { // its servers run as another user, who must get through
		return err
	}
	defer func() {
		_, _ = e.command(context.WithoutCancel(ctx), nil, "go", "run", "./hack/stack", "down", "--dir", folder)
	}()
	if _, err := e.command(ctx, nil, "go", "run", "./hack/stack", "up", "--dir", folder, "--listen", machine); err != nil {
		return err
	}
	said, err := e.command(ctx, nil, "go", "run", "./hack/stack", "env", "--dir", folder, "--json")
	if err != nil {
		return err
	}
	addresses := map[string]string{}
	if err := json.Unmarshal([]byte(said), &addresses); err != nil {
		return fmt.Errorf("read the addresses of the stack: %w", err)
	}
	secrets := stackSecrets(addresses)
	defer func() {
		for _, s := range secrets {
			_ = e.Delete(context.WithoutCancel(ctx), s)
		}
	}()
	if err := e.apply(ctx, append(secrets, e.outside(addresses))...); err != nil {
		return err
	}
	began := time.Now()
	p, seen := e.ready(ctx, outsideName)
	e.note("ready after %.1f s", time.Since(began).Seconds())
	if seen == nil {
		seen = e.elsewhere(ctx, p)
	}
	down, cancel := context.WithTimeout(context.WithoutCancel(ctx), healTime)
	defer cancel()
	return errors.Join(seen, e.takeDown(down, outsideName, nil))
}

// stackSecrets hold how one logs in to the stack's servers.
func stackSecrets(addresses map[string]string) (secrets []client.Object) {
	for part, data := range map[string]map[string]string{
		component.Postgres: {"url": addresses["RENTORA_DATABASE_URL"]}, component.Redis: {"url": addresses["RENTORA_REDIS_URL"]},
		component.Typesense: {"api-key": addresses["RENTORA_TYPESENSE_API_KEY"]},
		component.Kafka:     {"username": addresses["RENTORA_KAFKA_USERNAME"], "password": addresses["RENTORA_KAFKA_PASSWORD"]},
		component.Objects:   {"access-key": addresses["RENTORA_S3_ACCESS_KEY"], "secret-key": addresses["RENTORA_S3_SECRET_KEY"]},
	} {
		secrets = append(secrets, &corev1.Secret{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
			ObjectMeta: metav1.ObjectMeta{Name: "theirs-" + part, Namespace: space}, StringData: data})
	}
	return secrets
}

// outside is a platform that runs no data service.
func (e *env) outside(addresses map[string]string) *v1alpha1.RentoraPlatform {
	ref := func(part string) *v1alpha1.SecretRef { return &v1alpha1.SecretRef{Name: "theirs-" + part} }
	p := e.platform(outsideName)
	s := &p.Spec
	s.Domain, s.TLS, s.DeletionPolicy = outsideDomain, nil, v1alpha1.Delete
	s.API.Autoscaling, s.Workers.Groups, s.Monitoring.Mode = nil, nil, v1alpha1.NoMonitoring
	s.Postgres = v1alpha1.Postgres{Mode: v1alpha1.External, SecretRef: ref(component.Postgres)}
	s.Redis = v1alpha1.Redis{Mode: v1alpha1.External, SecretRef: ref(component.Redis)}
	s.Typesense = v1alpha1.Typesense{Mode: v1alpha1.External, SecretRef: ref(component.Typesense), URL: addresses["RENTORA_TYPESENSE_URL"]}
	s.ObjectStorage = v1alpha1.ObjectStorage{Mode: v1alpha1.External, SecretRef: ref(component.Objects), Endpoint: addresses["RENTORA_S3_ENDPOINT"]}
	s.Kafka = v1alpha1.Kafka{Mode: v1alpha1.External, SecretRef: ref(component.Kafka), Brokers: strings.Split(addresses["RENTORA_KAFKA_BROKERS"], ",")}
	return p
}

// elsewhere wants no data service in the cluster, and the platform to read and write all the same.
func (e *env) elsewhere(ctx context.Context, p *v1alpha1.RentoraPlatform) error {
	for _, c := range p.Status.Components {
		if slices.Contains(component.DataServices, c.Name) && c.State != string(component.IsExternal) {
			return fmt.Errorf("wanted %s to be External, it is %s: %s", c.Name, c.State, c.Message)
		}
	}
	var sets appsv1.StatefulSetList
	if err := e.List(ctx, &sets, client.InNamespace(space), client.MatchingLabels{component.LabelPlatform: outsideName}); err != nil {
		return err
	}
	if len(sets.Items) > 0 {
		return fmt.Errorf("wanted no StatefulSet, there is %s", sets.Items[0].Name)
	}
	c, err := e.visitor(ctx)
	if err != nil {
		return err
	}
	guest := map[string]string{"email": fmt.Sprintf("guest-%d@example.test", time.Now().UnixMilli()), "password": "a-long-password", "name": "Guest"}
	if err := call(ctx, c, "http://"+outsideDomain+"/api/v1/auth/register", guest, nil); err != nil {
		return err
	}
	if _, err := e.listings(ctx, "http://"+outsideDomain); err != nil {
		return err
	}
	return e.mailed(ctx, guest["email"])
}

// mailed waits until the address has got a mail: the event went through outbox, broker and worker.
func (e *env) mailed(ctx context.Context, address string) error {
	mails, err := e.address(ctx, "mailcatcher", 8025)
	if err != nil {
		return err
	}
	c := &http.Client{Timeout: 5 * time.Second}
	return until(ctx, "a mail to "+address, func() (bool, string) {
		var all []struct{ Subject string }
		err := getJSON(ctx, c, mails+"/api/messages?to="+url.QueryEscape(address), &all)
		return len(all) > 0, fmt.Sprint(err)
	})
}

// getJSON asks a page that answers with nothing around its data.
func getJSON(ctx context.Context, c *http.Client, url string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}
