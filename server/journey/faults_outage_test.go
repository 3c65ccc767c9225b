package journey_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/testkit"
)

func awaitBookings(t *testing.T, l *load, n int) {
	t.Helper()
	testkit.Eventually(t, 30*time.Second, func() error {
		if booked, unavailable := l.told(); booked < n {
			return fmt.Errorf("%d booked, %d times unavailable, want %d", booked, unavailable, n)
		}
		return nil
	})
}

func awaitUnavailable(t *testing.T, l *load, n int) {
	t.Helper()
	testkit.Eventually(t, 30*time.Second, func() error {
		if booked, unavailable := l.told(); unavailable < n {
			return fmt.Errorf("%d booked, %d times unavailable, want %d", booked, unavailable, n)
		}
		return nil
	})
}

// awaitRetries waits until a guest has to send a request again.
func awaitRetries(t *testing.T, l *load) {
	t.Helper()
	before := l.sentAgain()
	testkit.Eventually(t, 30*time.Second, func() error {
		if l.sentAgain() == before {
			return errors.New("nobody had to send anything again")
		}
		return nil
	})
}

// outage hurts, looks, heals, and measures how long it takes until what needs the part is served again. Guests go on booking
// meanwhile.
func (s *storm) outage(t *testing.T, f fault) outcome {
	t.Helper()
	booked, unavailable := s.load.told()
	if err := f.hurt(t.Context()); err != nil {
		t.Fatal(err)
	}
	over := time.NewTimer(f.lasts)
	if f.needs != nil {
		s.wantUnavailable(t, f)
	}
	switch {
	case f.mute:
		awaitRetries(t, s.load)
	case f.stops:
		awaitUnavailable(t, s.load, unavailable+1)
	}
	select {
	case <-t.Context().Done():
	case <-over.C:
	}
	nowBooked, nowUnavailable := s.load.told()
	out := outcome{fault: f, booked: nowBooked - booked, unavailable: nowUnavailable - unavailable}
	began := time.Now()
	if err := f.heal(t.Context()); err != nil {
		t.Fatal(err)
	}
	backlog := s.load.newest(t)
	switch {
	case !f.stops && out.unavailable > 0:
		t.Errorf("%s %s: %d bookings were refused with 503", f.part, f.how, out.unavailable)
	case !f.stops && out.booked == 0:
		t.Errorf("%s %s: nothing was booked", f.part, f.how)
	}
	if f.needs != nil {
		s.wantServed(t, f)
	}
	awaitBookings(t, s.load, nowBooked+1)
	out.serves = time.Since(began)
	out.healed, out.backlog = began, backlog
	return out
}

// wantUnavailable wants a 503 with a sentence from what needs the part. That it says when to try again, and the contract, is
// checked with every answer.
func (s *storm) wantUnavailable(t *testing.T, f fault) {
	t.Helper()
	testkit.Eventually(t, 30*time.Second, func() error {
		a, err := f.needs()
		if err != nil {
			return err
		}
		wantNoOther5xx(t, f, a)
		var said contract.FailureEnvelope
		if err := json.Unmarshal(a.GetBody(), &said); err != nil {
			return err
		}
		if a.StatusCode() != 503 || said.Error.Kind != contract.ErrorKindUnavailable || len(said.Error.Message) < 20 {
			return fmt.Errorf("%s %s: %d %s", f.part, f.how, a.StatusCode(), a.GetBody())
		}
		return nil
	})
}

func (s *storm) wantServed(t *testing.T, f fault) {
	t.Helper()
	testkit.Eventually(t, 60*time.Second, func() error {
		a, err := f.needs()
		if err != nil {
			return err
		}
		wantNoOther5xx(t, f, a)
		if a.StatusCode() == 503 {
			return fmt.Errorf("%s %s: still %s", f.part, f.how, a.GetBody())
		}
		return nil
	})
}

// wantNoOther5xx ends the test at once: a 500 that a later 503 or 200 follows was given to somebody all the same.
func wantNoOther5xx(t *testing.T, f fault, a answer) {
	t.Helper()
	if a.StatusCode() >= 500 && a.StatusCode() != 503 {
		t.Fatalf("%s %s: %d %s", f.part, f.how, a.StatusCode(), a.GetBody())
	}
}

// killMail kills the mail server, whose memory are its mails: they are read before, when nothing gets through any more. A mail
// that it has taken without its program hearing of it comes again.
func (s *storm) killMail(ctx context.Context) error {
	s.Proxies["mail"].Set(testkit.Way{Hangs: true})
	taken, err := mails(ctx, s.Program, "")
	if err != nil {
		return err
	}
	s.load.taken = append(s.load.taken, taken...)
	err = s.Stack.Kill(ctx, "mail")
	s.Proxies["mail"].Set(testkit.Way{})
	return err
}

func (s *storm) startMail(ctx context.Context) error { return s.Stack.Start(ctx, "mail") }

func (s *storm) search() (answer, error) {
	words := uuid.NewString() // asked by nobody before, so that no copy can answer
	return s.Client("").SearchListingsWithResponse(context.Background(), &contract.SearchListingsParams{Q: &words})
}

func (s *storm) bookings() (answer, error) {
	return s.load.guests[0].ListBookingsWithResponse(context.Background(), &contract.ListBookingsParams{})
}

// completeUpload completes an upload whose file was never sent: a 4xx as long as the storage can be asked.
func (s *storm) completeUpload() (answer, error) {
	created, err := s.host.CreateUploadWithResponse(context.Background(), nil, contract.CreateUploadRequest{ContentType: "image/jpeg", SizeBytes: 1000})
	if err != nil || created.JSON201 == nil {
		return created, err
	}
	return s.host.CompleteUploadWithResponse(context.Background(), created.JSON201.Data.Upload.Id)
}
