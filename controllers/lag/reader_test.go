package lag

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/segmentio/kafka-go"

	"github.com/rentora/rentora/hack/stack/probe"
)

// TestRead reads the lag from a real broker, without a log-in and with one, and wants nothing where nothing can be known.
func TestRead(t *testing.T) {
	t.Parallel()
	b := start(t)
	b.topic(t, "rentals.stay.listing", 10, 5, 7)
	b.topic(t, "rentals.stay.booking", 3)
	b.topic(t, "rentals.other.booking", 100)
	b.commit(t, "rentals.stay.notify", "rentals.stay.listing", 4, 5, -1) // 6, nothing, and all 7 of the partition that it has not begun
	b.commit(t, "rentals.stay.notify", "rentals.stay.booking", 1)
	b.commit(t, "rentals.stay.media", "rentals.stay.listing", 10, 5, 7)
	b.commit(t, "rentals.other.notify", "rentals.other.booking", 0)

	open := Kafka{Brokers: []string{b.open}, Prefix: "rentals.stay."}
	want := map[string]int64{"notify": 6 + 7 + 2, "media": 0} // search has committed nothing: that is not a lag of nothing
	wantLags(t, open, want)

	const password = "a, strange=password"
	b.admit(t, "rentora", password)
	guarded := Kafka{Brokers: []string{b.guarded}, Prefix: "rentals.stay.", TLS: true, Authority: b.authority, Username: "rentora", Password: password}
	wantLags(t, guarded, want)

	if _, err := b.client.DeleteTopics(t.Context(), &kafka.DeleteTopicsRequest{Topics: []string{"rentals.stay.booking"}}); err != nil {
		t.Fatal(err)
	}
	wantLags(t, guarded, map[string]int64{"notify": 6 + 7, "media": 0})
	refused(t, guarded)
}

// wantLags asks until the answer is the wanted one: a broker takes a while to spread what it was told.
func wantLags(t *testing.T, k Kafka, want map[string]int64) {
	t.Helper()
	var got map[string]int64
	err := probe.Until(t.Context(), time.Minute, nil, func(ctx context.Context) (err error) {
		if got, err = k.Read(ctx, []string{"notify", "media", "search"}); err == nil && !cmp.Equal(want, got) {
			err = errOther
		}
		return err
	})
	if err != nil {
		t.Errorf("%v (-want +got):\n%s", err, cmp.Diff(want, got))
	}
}

type constant string

func (c constant) Error() string { return string(c) }

const errOther constant = "the lags are others"

// refused spoils one thing at a time: an answer would be taken for a lag of nothing, and workers would go.
func refused(t *testing.T, k Kafka) {
	t.Helper()
	for what, change := range map[string]func(*Kafka){
		"wrong password":    func(k *Kafka) { k.Password = "another" },
		"unknown user":      func(k *Kafka) { k.Username = "nobody" },
		"no log-in":         func(k *Kafka) { k.Username, k.Password = "", "" },
		"no TLS":            func(k *Kafka) { k.TLS = false },
		"unknown authority": func(k *Kafka) { k.Authority = nil },
		"no broker":         func(k *Kafka) { k.Brokers = []string{probe.Local(probe.FreePorts(1)[0])} },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			k := k
			change(&k)
			began := time.Now()
			if lags, err := k.Read(t.Context(), []string{"notify"}); err == nil || len(lags) > 0 {
				t.Errorf("%v, %v", lags, err)
			}
			if took := time.Since(began); took > 3*patience {
				t.Errorf("it took %s", took)
			}
		})
	}
}
