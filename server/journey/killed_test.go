package journey_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/date"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

const (
	killedClients = 8
	killedKills   = 7 // about
	killedFor     = 12 * time.Second
)

// TestKilled books and cancels without a pause while API, workers and relay are killed at random moments and started
// again. Afterwards nothing is lost, nothing is there twice, every event has had its effect once, and the search finds
// exactly what Postgres says is free.
func TestKilled(t *testing.T) {
	t.Parallel()
	p := testkit.StartProgram(t, "RENTORA_WORKER_HANDLER_TIMEOUT", "3s") // a mail of a killed worker is taken over soon
	victims := []*testkit.Process{p.API, p.Worker("scheduler", "notify", "media", "search", "numbers", "cache"), p.Worker("relay")}
	host, admin := signIn(t, p, identity.Host), signIn(t, p, identity.Admin)
	load := &load{p: p, booked: map[uuid.UUID]contract.Booking{}, cancelled: map[uuid.UUID]bool{}}
	for i := range 4 {
		mode := []contract.BookingMode{contract.BookingModeInstant, contract.BookingModeRequest}[i%2]
		load.listings = append(load.listings, live(t, p, host, admin, fmt.Sprintf("Flat number %d of the storm", i+1), mode))
	}
	for range killedClients {
		load.guests = append(load.guests, signIn(t, p, identity.Guest))
	}

	load.run(t, func(ctx context.Context) { killAtRandom(ctx, victims) }, victims)

	load.comparePostgres(t)
	load.compareEffects(t, host, catchUp)
	load.compareSearch(t)
}

// killAtRandom kills one of the programs every few seconds and starts it again at once: each of them once before any is
// killed again, the API, which the guests notice, first. It returns with all of them up.
func killAtRandom(ctx context.Context, victims []*testkit.Process) {
	var order []int
	for n := 0; ; n++ {
		if n%len(victims) == 0 {
			order = rand.Perm(len(victims))
		}
		if n == 0 {
			slices.SortFunc(order, func(a, b int) int { return cmp.Compare(min(a, 1), min(b, 1)) })
		}
		pause := 300*time.Millisecond + rand.N(2*killedFor/killedKills-600*time.Millisecond)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		v := victims[order[n%len(victims)]]
		v.Kill()
		v.Start()
	}
}

// load is what the guests do and what they were told.
type load struct {
	p        *testkit.Program
	listings []uuid.UUID
	only     []uuid.UUID // those that are booked now; empty: all
	guests   []account
	pause    time.Duration // of each guest between two bookings
	taken    []mail        // those that a mail server had which was killed

	mu          sync.Mutex
	booked      map[uuid.UUID]contract.Booking // by a 201
	cancelled   map[uuid.UUID]bool             // by a 200
	conflicts   int
	retries     int // of those answered 503, or not at all
	unavailable int // answered 503
}

// run lets every guest go on until the time is over and the one who disturbs them has returned.
func (l *load) run(t *testing.T, disturb func(context.Context), victims []*testkit.Process) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), killedFor)
	defer cancel()
	var all sync.WaitGroup
	for _, g := range l.guests {
		all.Go(func() { l.guest(ctx, t, g) })
	}
	disturb(ctx)
	all.Wait()
	if len(l.booked) < 20 || len(l.cancelled) == 0 || l.retries == 0 {
		t.Errorf("the storm was none: %d booked, %d cancelled, %d refused, %d retries", len(l.booked), len(l.cancelled), l.conflicts, l.retries)
	}
	t.Logf("%d booked, %d cancelled, %d refused, %d retries over %d programs", len(l.booked), len(l.cancelled), l.conflicts, l.retries, len(victims))
}

// guest books and now and then cancels. What was begun is finished after the time, so that nobody is in doubt.
func (l *load) guest(ctx context.Context, t *testing.T, g account) {
	for ctx.Err() == nil {
		from := l.listings
		if len(l.only) > 0 {
			from = l.only
		}
		b, ok := l.book(t, g, from[rand.IntN(len(from))], stay(2+rand.IntN(180), 1+rand.IntN(3)))
		if ok && rand.IntN(3) == 0 {
			l.cancel(t, g, b)
		}
		select {
		case <-ctx.Done():
		case <-time.After(l.pause):
		}
	}
}

func (l *load) book(t *testing.T, g account, listing uuid.UUID, s date.Range) (uuid.UUID, bool) {
	var token string
	free := l.insist(t, func() (answer, error) {
		q, err := g.CreateQuoteWithResponse(t.Context(), listing, quoteFor(s, 2))
		if err == nil && q.JSON200 != nil {
			token = q.JSON200.Data.Token
		}
		return q, err
	}, 200)
	if !free {
		return uuid.Nil, false
	}
	var b contract.Booking
	once := &contract.CreateBookingParams{IdempotencyKey: new(uuid.NewString())}
	if !l.insist(t, func() (answer, error) {
		a, err := g.CreateBookingWithResponse(t.Context(), once, contract.CreateBookingRequest{QuoteToken: token})
		if err == nil && a.JSON201 != nil {
			b = a.JSON201.Data
		}
		return a, err
	}, 201) {
		return uuid.Nil, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, twice := l.booked[b.Id]; twice {
		t.Errorf("booking %s was given out twice", b.Id)
	}
	l.booked[b.Id] = b
	return b.Id, true
}

func (l *load) cancel(t *testing.T, g account, id uuid.UUID) {
	once := &contract.CancelBookingParams{IdempotencyKey: new(uuid.NewString())}
	done := l.insist(t, func() (answer, error) {
		return g.CancelBookingWithResponse(t.Context(), id, once, contract.ReasonRequest{})
	}, 200)
	if !done && t.Context().Err() == nil {
		t.Errorf("booking %s could not be cancelled, or the answer to its cancellation was lost for good", id)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cancelled[id] = true
}

// insist repeats a request until it is answered for good: the wanted status, or 409 for dates that are taken.
func (l *load) insist(t *testing.T, send func() (answer, error), status int) bool {
	for t.Context().Err() == nil {
		a, err := send()
		switch {
		case err == nil && a.StatusCode() == status:
			return true
		case err == nil && a.StatusCode() == 409 && !stillRunning(a):
			l.note(&l.conflicts)
			return false
		case err == nil && a.StatusCode() == 503:
			l.note(&l.unavailable)
		case err == nil && a.StatusCode() != 503 && a.StatusCode() != 409:
			t.Errorf("status %d, want %d or 409: %s", a.StatusCode(), status, a.GetBody())
			return false
		}
		l.note(&l.retries)
		select {
		case <-t.Context().Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	return false
}

// stillRunning tells whether the request that was sent before, whose answer was lost, is not over yet: that decides nothing.
func stillRunning(a answer) bool {
	return bytes.Contains(a.GetBody(), []byte(`"code":"still_running"`))
}

func (l *load) note(n *int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	*n++
}

// sentAgain gives how many requests were sent again.
func (l *load) sentAgain() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.retries
}

// told gives how many bookings have been given out, and how many requests had a 503.
func (l *load) told() (booked, unavailable int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.booked), l.unavailable
}
