package search

import (
	"context"
	"time"

	"github.com/rentora/rentora/server/errs"
)

// Kind is what is looked for, and how.
type Kind string

// The kinds.
const (
	Text   Kind = "text"   // listings, by words among others
	Filter Kind = "filter" // listings, without words
	Places Kind = "places"
)

// Observer is told the time of each search that reached the index, also of one that failed. It is called concurrently.
type Observer func(kind Kind, took time.Duration)

// Option changes a Service.
type Option func(*Service)

// Observed tells every search to o.
func Observed(o Observer) Option { return func(s *Service) { s.observe = o } }

// Changed calls told after documents were written or deleted.
func Changed(told func(context.Context)) Option { return func(s *Service) { s.changed = told } }

// watch tells a search that began at some time. One that the caller asked wrongly never reached the index.
func (s *Service) watch(kind Kind, began time.Time, err error) {
	if !errs.Is(err, errs.Invalid) {
		s.observe(kind, s.now().Sub(began))
	}
}

func (q Query) kind() Kind {
	if q.Text == "" {
		return Filter
	}
	return Text
}
