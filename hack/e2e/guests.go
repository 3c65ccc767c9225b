package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// guest is an account of the seed that searches, asks for a price, books, and mostly cancels again.
type guest struct {
	c     *http.Client
	token string
	nth   int
}

// trip is a booking as its guest was told of it.
type trip struct {
	guest     guest
	id        string
	cancelled bool
}

// guests signs some in.
func (e *env) guests(ctx context.Context, n int) (all []guest, err error) {
	c, err := e.visitor(ctx)
	if err != nil {
		return nil, err
	}
	for i := range n {
		token, err := logIn(ctx, c, fmt.Sprintf("guest-%04d@example.test", i+1))
		if err != nil {
			return nil, err
		}
		all = append(all, guest{c, token, i})
	}
	return all, nil
}

// travel lets a guest book until the load ends. What was begun is brought to its end, so that nobody is in doubt about a booking.
func (l *load) travel(ctx context.Context, g guest) {
	for n := 0; ctx.Err() == nil; n++ {
		l.book(context.WithoutCancel(ctx), g, n)
	}
}

// book is one way from a search to a cancellation. Each guest and each way looks for other days.
func (l *load) book(ctx context.Context, g guest, n int) {
	day := time.Now().AddDate(0, 0, 15+(13*n+29*g.nth)%60)
	in, out := day.Format(time.DateOnly), day.AddDate(0, 0, 2+n%3).Format(time.DateOnly)
	api := "https://" + domain + "/api/v1"
	var hits found
	if !l.ask(ctx, g, request{url: fmt.Sprintf("%s/search/listings?limit=20&check_in=%s&check_out=%s&guests=1", api, in, out)}, &hits) || len(hits.Hits) == 0 {
		return
	}
	var quote struct{ Token string }
	listing := hits.Hits[(n+7*g.nth)%len(hits.Hits)].ID
	if !l.ask(ctx, g, request{url: api + "/listings/" + listing + "/quotes", body: map[string]any{"check_in": in, "check_out": out, "guests": 1}}, &quote) {
		return
	}
	var booking struct{ ID string }
	key := fmt.Sprintf("e2e-%d-%d", time.Now().UnixNano(), g.nth)
	if !l.ask(ctx, g, request{url: api + "/bookings", key: key, body: map[string]string{"quote_token": quote.Token}}, &booking) {
		return
	}
	cancelled := n%3 > 0 && l.ask(ctx, g, request{url: api + "/bookings/" + booking.ID + "/cancel", key: key + "-end", body: map[string]string{"reason": "Our plans changed."}}, nil)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.trips = append(l.trips, trip{g, booking.ID, cancelled})
}

// ask sends a request and tells whether it was granted. That somebody else has the dates is an answer; everything else that is no
// success is a failure.
func (l *load) ask(ctx context.Context, g guest, r request, into any) bool {
	r.token = g.token
	status, text, err := r.send(ctx, g.c, into)
	if err == nil && status >= 300 && status != http.StatusConflict {
		err = fmt.Errorf("%s: %d: %s", r.url, status, text)
	}
	l.count(err)
	if status == http.StatusConflict {
		l.mu.Lock()
		l.taken++
		l.mu.Unlock()
	}
	return err == nil && status < 300
}

// compare asks for every booking that a guest was told of, after the load has ended, and wants each as it was told.
func (l *load) compare(ctx context.Context, e *env) error {
	cancelled, wrong := 0, []error(nil)
	for _, t := range l.trips {
		var now struct{ Status string }
		status, text, err := request{url: "https://" + domain + "/api/v1/bookings/" + t.id, token: t.guest.token}.send(ctx, t.guest.c, &now)
		if t.cancelled {
			cancelled++
		}
		gone := now.Status == "CANCELLED_BY_GUEST"
		if err != nil || status != http.StatusOK || gone != t.cancelled {
			wrong = append(wrong, fmt.Errorf("a booking that was told as made (and cancelled: %t) is now %d %q: %w %s", t.cancelled, status, now.Status, err, text))
		}
	}
	e.note("%d booked, %d of them cancelled, %d found the dates taken; each is as its guest was told", len(l.trips)-len(wrong), cancelled, l.taken)
	if len(l.trips) == 0 || cancelled == 0 {
		wrong = append(wrong, errors.New("nobody booked and cancelled meanwhile"))
	}
	return errors.Join(wrong...)
}
