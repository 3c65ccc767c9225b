package identity

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/rentora/rentora/server/errs"
)

const (
	hashPatience  = 2 * time.Second // how long a password waits for a slot
	waitersPerOne = 8               // passwords that may wait for each slot
)

// hasher hashes and compares passwords, a bounded number at once: bcrypt is dear by design, and a flood of log-ins must not
// take the processor from everybody else. It is safe for concurrent use.
type hasher struct {
	cost  int
	slots chan struct{} // held while hashing
	queue chan struct{} // held while hashing or waiting for it
	dummy []byte        // compared with when there is no account
}

func newHasher(cost, slots int) *hasher {
	// A well-formed hash that no password has: comparing with it costs what comparing with a true one costs.
	dummy := fmt.Sprintf("$2a$%02d$%s", cost, strings.Repeat(".", 53))
	return &hasher{cost: cost, slots: make(chan struct{}, slots), queue: make(chan struct{}, slots*(1+waitersPerOne)), dummy: []byte(dummy)}
}

// hash gives the bcrypt hash of a password that checkPassword has let through.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	var hash []byte
	err := h.within(ctx, func() (err error) {
		hash, err = bcrypt.GenerateFromPassword([]byte(password), h.cost)
		return err
	})
	if errors.Is(err, bcrypt.ErrPasswordTooLong) {
		var broken errs.Fields
		checkPassword(password, &broken)
		return "", broken.Err()
	}
	return string(hash), err
}

// matches compares a password with a hash; an empty hash costs the same and never matches.
func (h *hasher) matches(ctx context.Context, hash, password string) (bool, error) {
	possible := hash != "" && len(password) <= maxPasswordBytes // bcrypt compares the first 72 bytes only
	against := []byte(hash)
	if !possible {
		against = h.dummy
	}
	var same bool
	err := h.within(ctx, func() error {
		same = bcrypt.CompareHashAndPassword(against, []byte(password)) == nil
		return nil
	})
	return same && possible, err
}

func (h *hasher) within(ctx context.Context, work func() error) error {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return busy()
	}
	timer := time.NewTimer(hashPatience)
	defer timer.Stop()
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
		return work()
	case <-timer.C:
		return busy()
	case <-ctx.Done():
		return busy().Because(ctx.Err())
	}
}

func busy() *errs.Error {
	return errs.E(errs.Unavailable, "Too many people are signing in at this moment. Please try again in a few seconds.").
		Coded("sign_in_busy").After(hashPatience)
}
