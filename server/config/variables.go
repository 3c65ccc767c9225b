package config

import (
	"errors"
	"slices"
	"sync"

	"github.com/caarlos0/env/v11"
)

// defaults are read once: that takes a while.
var defaults = sync.OnceValue(func() *Config {
	var c Config
	err := env.ParseWithOptions(&c, env.Options{Prefix: Prefix, Environment: map[string]string{}})
	if missing := (env.AggregateError{}); err != nil && !errors.As(err, &missing) {
		panic(err) // a tag of ours is wrong
	}
	return &c
})

var defaultTexts = sync.OnceValue(func() (texts []string) {
	for _, s := range Settings(defaults()) {
		texts = append(texts, s.text())
	}
	return texts
})

// Defaults are what is in force where the environment says nothing. What is required is empty.
func Defaults() *Config {
	c := *defaults()
	c.Worker.Groups, c.Worker.RetryDelays = slices.Clone(c.Worker.Groups), slices.Clone(c.Worker.RetryDelays)
	return &c
}

// Variable is one entry of an environment.
type Variable struct {
	Name, Value string
	Secret      bool
}

// Variables give c back when they are parsed: all that differ from the default, in the order of the struct. They hold the
// secrets themselves.
func Variables(c *Config) (list []Variable) {
	for i, s := range Settings(c) {
		if text := s.text(); text != defaultTexts()[i] {
			list = append(list, Variable{Name: s.Name, Value: text, Secret: s.Secret})
		}
	}
	return list
}
