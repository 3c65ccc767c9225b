package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// prometheus asks the platform's Prometheus. The way goes through the API server, which may reach every pod: a policy keeps
// this machine from the pod itself.
func (e *env) prometheus(ctx context.Context, path string, parameters map[string]string, into any) error {
	raw, err := e.clients.CoreV1().Pods(space).ProxyGet("http", name+"-prometheus-0", "9090", "/api/v1/"+path, parameters).DoRaw(ctx)
	if err != nil {
		return fmt.Errorf("Prometheus, %s %v: %w\n%s", path, parameters, err, raw)
	}
	answer := struct {
		Status, Error string
		Data          json.RawMessage
	}{}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return fmt.Errorf("Prometheus, %s: %w", path, err)
	}
	if answer.Status != "success" {
		return fmt.Errorf("Prometheus, %s %v: %s", path, parameters, answer.Error)
	}
	return json.Unmarshal(answer.Data, into)
}

// number asks a query whose answer is one number.
func (e *env) number(ctx context.Context, query string) (float64, error) {
	var answer struct {
		Result []struct{ Value [2]any }
	}
	if err := e.prometheus(ctx, "query", map[string]string{"query": query}, &answer); err != nil {
		return 0, err
	}
	if len(answer.Result) != 1 {
		return 0, fmt.Errorf("wanted one number as the answer to %s, got %d", query, len(answer.Result))
	}
	return strconv.ParseFloat(fmt.Sprint(answer.Result[0].Value[1]), 64)
}

// firing waits until the alert fires, and notes how long that took.
func (e *env) firing(ctx context.Context, alert string) error {
	began := time.Now()
	err := until(ctx, "the alert "+alert+" fires", func() (bool, string) {
		state, why := e.alert(ctx, alert)
		return state == "firing", why
	})
	e.note("%s fired after %.0f s", alert, time.Since(began).Seconds())
	return err
}

// resolved waits until the alert is no more.
func (e *env) resolved(ctx context.Context, alert string) error {
	began := time.Now()
	err := until(ctx, "the alert "+alert+" is resolved", func() (bool, string) {
		state, why := e.alert(ctx, alert)
		return state == "none", why
	})
	e.note("%s resolved after %.0f s", alert, time.Since(began).Seconds())
	return err
}

// alert gives the state of an alert as Prometheus says it: pending, firing, or none; and "" when it does not answer.
func (e *env) alert(ctx context.Context, alert string) (state, why string) {
	var active struct {
		Alerts []struct {
			Labels map[string]string
			State  string
		}
	}
	if err := e.prometheus(ctx, "alerts", nil, &active); err != nil {
		return "", err.Error()
	}
	state = "none"
	for _, a := range active.Alerts {
		if a.Labels["alertname"] == alert && state != "firing" {
			state = a.State
		}
	}
	return state, alert + ": " + state
}
