package controllers

import (
	"crypto/x509"
	"encoding/pem"

	"github.com/prometheus/client_golang/prometheus"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

var (
	writes = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_operator_writes_total",
		Help: "Writes to the API server, by kind of object and verb. In steady state it stands still."}, []string{"kind", "verb"})
	reconciles = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rentora_operator_reconcile_seconds",
		Help: "Time of one pass over a platform, by result: done, error.", Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 15}}, []string{"result"})
	componentReady = gauge("component_ready", "1 while the component is ready, or somebody else's.", "component")
	platformReady  = gauge("platform_ready", "1 while every component is ready.")
	paused         = gauge("paused", "1 while the platform is paused.")
	migration      = gauge("migration", "1 for the state that the migration is in: Pending, Running, Complete, Failed.", "state")
	certificate    = gauge("certificate_expiry_seconds", "When the certificate of the public address ends, in seconds since 1970.", "host")
	lagGauge       = gauge("lag", "Messages that a group of workers has not handled yet, as the scaler read it.", "group")
	replicasGauge  = gauge("desired_replicas", "Workers of the group that the scaler wants.", "group")
)

func gauge(name, help string, more ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "rentora_operator_" + name, Help: help}, append([]string{"namespace", "platform"}, more...))
}

func init() { //nolint:gochecknoinits // the registry of controller-runtime is global
	metrics.Registry.MustRegister(writes, reconciles, componentReady, platformReady, paused, migration, certificate, lagGauge, replicasGauge)
}

var migrationStates = []string{"Pending", "Running", "Complete", "Failed"}

func show(p *v1alpha1.RentoraPlatform, verdicts map[string]component.Readiness) {
	ready := 1.0
	for name, v := range verdicts {
		componentReady.WithLabelValues(p.Namespace, p.Name, name).Set(number(v.Ready()))
		if !v.Ready() {
			ready = 0
		}
	}
	platformReady.WithLabelValues(p.Namespace, p.Name).Set(ready)
	for _, state := range migrationStates {
		migration.WithLabelValues(p.Namespace, p.Name, state).Set(number(p.Status.Version.Migration == state))
	}
}

// showCertificate tells when the certificate of the public address ends. One that is not there or cannot be read is not told of:
// what serves it will say so.
func showCertificate(p *v1alpha1.RentoraPlatform, s component.Secret) {
	if block, _ := pem.Decode(s.Data["tls.crt"]); block != nil {
		if c, err := x509.ParseCertificate(block.Bytes); err == nil {
			certificate.WithLabelValues(p.Namespace, p.Name, p.Spec.Domain).Set(float64(c.NotAfter.Unix()))
			return
		}
	}
	certificate.DeletePartialMatch(prometheus.Labels{"namespace": p.Namespace, "platform": p.Name})
}

// forgetMetrics takes back what was told of a platform that is gone.
func forgetMetrics(namespace, name string) {
	of := prometheus.Labels{"namespace": namespace, "platform": name}
	for _, g := range []*prometheus.GaugeVec{componentReady, platformReady, paused, migration, certificate, lagGauge, replicasGauge} {
		g.DeletePartialMatch(of)
	}
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
