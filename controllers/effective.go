package controllers

import (
	"fmt"
	"strconv"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// effective tells the settings in force that the spec does not say.
func effective(p *v1alpha1.RentoraPlatform, s component.Settings) *v1alpha1.Effective {
	e := &v1alpha1.Effective{Profile: p.Spec.Profile, Images: map[string]string{"server": s.Images.Server},
		Replicas: map[string]string{component.API: replicas(s.API), component.Jobs: replicas(s.Jobs)}, Storage: map[string]string{}}
	if p.Spec.Web.On() {
		e.Images[component.Web], e.Replicas[component.Web] = s.Images.Web, replicas(s.Web)
	}
	for group, w := range s.Workers {
		e.Replicas["worker-"+string(group)] = replicas(w)
	}
	for _, d := range []struct {
		name, mode, image string
		data              component.Data
	}{
		{component.Postgres, string(p.Spec.Postgres.Mode), s.Images.Postgres, s.Postgres},
		{component.Redis, string(p.Spec.Redis.Mode), s.Images.Redis, s.Redis},
		{component.Typesense, string(p.Spec.Typesense.Mode), s.Images.Typesense, s.Typesense},
		{component.Objects, string(p.Spec.ObjectStorage.Mode), s.Images.Minio, s.Objects},
		{component.Kafka, string(p.Spec.Kafka.Mode), s.Images.Kafka, s.Kafka},
		{"prometheus", string(p.Spec.Monitoring.Mode), s.Images.Prometheus, s.Prometheus},
	} {
		if d.mode == v1alpha1.Managed {
			e.Images[d.name], e.Storage[d.name] = d.image, d.data.Size.String()
		}
	}
	return e
}

func replicas(w component.Workload) string {
	if w.Replicas != nil {
		return strconv.Itoa(int(*w.Replicas))
	}
	return fmt.Sprintf("%d-%d", w.Min, w.Max)
}

// endpoints tells where the platform is reached.
func endpoints(p *v1alpha1.RentoraPlatform) v1alpha1.Endpoints {
	scheme := "http"
	if p.Spec.TLS != nil {
		scheme = "https"
	}
	e := v1alpha1.Endpoints{URL: scheme + "://" + p.Spec.Domain, API: scheme + "://" + p.Spec.Domain + "/api/v1"}
	if p.Spec.ObjectStorage.Mode == v1alpha1.Managed {
		host := p.Spec.ObjectStorage.PublicHost
		if host == "" {
			host = "files." + p.Spec.Domain
		}
		e.Files = scheme + "://" + host
	}
	if p.Spec.Monitoring.Mode == v1alpha1.Managed {
		e.Prometheus = fmt.Sprintf("http://%s:%d", component.Host(p, "prometheus"), component.PortPrometheus)
	}
	return e
}

// counted gives ready/desired over all Deployments.
func counted(observed ...component.Observed) string {
	var ready, desired int32
	for _, o := range observed {
		for _, d := range o.Deployments {
			ready += d.Status.ReadyReplicas
			if d.Spec.Replicas != nil {
				desired += *d.Spec.Replicas
			}
		}
	}
	return fmt.Sprintf("%d/%d", ready, desired)
}
