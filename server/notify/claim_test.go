package notify_test

import (
	"errors"
	"testing"
	"time"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity"
)

// While a partition moves from one worker to another, both may handle one event at the same moment.
func TestTwoWorkersSendAMailOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.outbox.begun, w.outbox.hold = make(chan struct{}, 10), make(chan struct{})
	ctx, e := w.event(), identity.PasswordChanged{UserID: guestID}
	first := make(chan error, 1)
	go func() { first <- w.OnPasswordChanged(ctx, e) }()
	<-w.outbox.begun
	for range 4 {
		err := w.OnPasswordChanged(ctx, e)
		var known *errs.Error
		if !errors.As(err, &known) || known.Kind != errs.Unavailable || known.RetryAfter <= 0 {
			t.Errorf("meanwhile: %v", err)
		}
	}
	close(w.outbox.hold)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	if err := w.OnPasswordChanged(ctx, e); err != nil || len(w.outbox.sent) != 1 {
		t.Errorf("sent %d, %v", len(w.outbox.sent), err)
	}
}

func TestAMailOfADeadWorkerIsTakenOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, e := w.event(), identity.PasswordChanged{UserID: guestID}
	w.outbox.fail["guest-0001@example.test"] = away
	if err := w.OnPasswordChanged(ctx, e); !errs.Is(err, errs.Unavailable) {
		t.Fatal(err)
	}
	delete(w.outbox.fail, "guest-0001@example.test")
	w.exec("update mails set claimed_until = $1", noon.Add(time.Second)) // as a worker leaves it that is killed while it sends
	if err := w.OnPasswordChanged(ctx, e); !errs.Is(err, errs.Unavailable) || len(w.outbox.sent) != 0 {
		t.Fatalf("sent %d, %v", len(w.outbox.sent), err)
	}
	w.exec("update mails set claimed_until = $1", noon)
	if err := w.OnPasswordChanged(ctx, e); err != nil || len(w.outbox.sent) != 1 {
		t.Errorf("sent %d, %v", len(w.outbox.sent), err)
	}
}
