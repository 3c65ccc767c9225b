package search

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/typesense/typesense-go/v2/typesense"
	"github.com/typesense/typesense-go/v2/typesense/api"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// open makes a client over nodes. The library's own transport is left out: its circuit breaker counts cancelled contexts
// as failures, it cannot repeat a POST, and its five seconds cover whole imports.
func open(c config.Typesense) (*typesense.Client, *nodes, error) {
	n := &nodes{key: c.APIKey}
	for _, raw := range strings.Split(c.URL, ",") {
		u, err := url.Parse(strings.TrimSpace(raw))
		if err != nil || u.Host == "" {
			return nil, nil, errs.Ef(errs.Invalid, "RENTORA_TYPESENSE_URL: %q is not a URL.", raw)
		}
		n.urls = append(n.urls, u)
	}
	n.client = &http.Client{Transport: trace.Transport("typesense", &http.Transport{
		DialContext:         (&net.Dialer{Timeout: time.Second}).DialContext,
		MaxIdleConnsPerHost: 128, IdleConnTimeout: time.Minute, ResponseHeaderTimeout: answerMost(len(n.urls)),
		DisableCompression: true, // the way is short, and both ends would pay
	})}
	inner, err := api.NewClientWithResponses(n.urls[0].String(), api.WithHTTPClient(n))
	if err != nil {
		return nil, nil, errs.E(errs.Invalid, "RENTORA_TYPESENSE_URL is not a URL.").Because(err)
	}
	return typesense.NewClient(typesense.WithAPIClient(inner)), n, nil
}

// answerMost is how long one of so many nodes may take to begin its answer: one that has just started may never answer a
// write. All together take less than the deadline of a handler, so that a cluster that hangs is away, and not the handler slow.
func answerMost(nodes int) time.Duration {
	return min(20*time.Second, 24*time.Second/time.Duration(nodes))
}

// translate gives an error of the search server a kind: it is away, or still loading, or we asked it nonsense.
func translate(err error) error {
	var known *errs.Error
	var answered *typesense.HTTPError
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.As(err, &answered) && answered.Status < 500 && answered.Status != http.StatusNotFound:
		return err // a collection that is not there yet is no nonsense: migrate makes it
	}
	return away(err)
}

func away(cause error) error {
	return errs.E(errs.Unavailable, "Search is not available at the moment; everything else works. Please try again in a minute.").
		Coded("search_unavailable").Because(cause).After(10 * time.Second)
}

func answers(err error, status int) bool {
	var answered *typesense.HTTPError
	return errors.As(err, &answered) && answered.Status == status
}

// refused is an answer that came inside of another one, with a status of its own.
func refused(status int, body string) error {
	return fmt.Errorf("search: %w", &typesense.HTTPError{Status: status, Body: []byte(body)})
}
