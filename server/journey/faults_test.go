package journey_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// fault is one way in which a server fails, and what guests must notice of it: at most what needs that server.
type fault struct {
	part, how  string
	hurt, heal func(ctx context.Context) error
	stops      bool // bookings wait until it is over; else they go on without a single 503
	mute       bool // of one that stops them: nobody answers; else it is a 503
	needs      func() (answer, error)
	lasts      time.Duration
}

// outcome is a row of the table.
type outcome struct {
	fault
	booked, unavailable int // while it lasted
	healed              time.Time
	backlog             int           // the last event from before
	serves, caughtUp    time.Duration // from the end of the fault
}

// faultLasts is the length of an outage. RENTORA_FAULT_LASTS and RENTORA_FAULT_KAFKA_LASTS make it a longer one; make faults
// sets them.
func faultLasts(t *testing.T, variable string) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(cmp.Or(os.Getenv(variable), "3s"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestFaults kills, hangs and slows each server in turn under a load of bookings, on servers of its own. After each, no
// booking is lost or there twice, every event has had its effect once and in the order of its listing, and the search
// finds what Postgres says is free.
func TestFaults(t *testing.T) {
	t.Parallel()
	o := testkit.NewOwn(t, t.TempDir(), "RENTORA_HTTP_REQUEST_TIMEOUT", "5s", "RENTORA_WORKER_HANDLER_TIMEOUT", "3s",
		"RENTORA_AUTH_ACCESS_LIFE", "1h") // outlives all faults together
	disk := smallDisk(t, o)
	o.API.Start()
	relay, worker := o.Worker("relay"), o.Worker("scheduler", "notify", "media", "search", "numbers", "cache")
	s := &storm{Own: o, relay: relay, worker: worker, host: signIn(t, o.Program, identity.Host), admin: signIn(t, o.Program, identity.Admin),
		load: &load{p: o.Program, booked: map[uuid.UUID]contract.Booking{}, cancelled: map[uuid.UUID]bool{}}}
	for range killedClients {
		s.load.guests = append(s.load.guests, signIn(t, o.Program, identity.Guest))
	}
	var table []outcome
	t.Cleanup(func() { t.Log("\n" + render(table)) })
	for _, f := range s.faults(t, disk) {
		t.Logf("%s: %s for %s", f.part, f.how, f.lasts)
		table = append(table, s.suffer(t, f))
		if t.Failed() {
			return
		}
	}
}

// storm is the product under load, and those who keep it going.
type storm struct {
	*testkit.Own
	relay, worker *testkit.Process
	host, admin   account
	load          *load
}

// means gives what begins a fault and what ends it.
type means func() (hurt, heal func(context.Context) error)

// crash kills a program, and starts it again at the end.
func crash(p *testkit.Process) means {
	return func() (hurt, heal func(context.Context) error) {
		return func(context.Context) error { p.Kill(); return nil }, func(context.Context) error { p.Start(); return nil }
	}
}

func (s *storm) faults(t *testing.T, disk *testkit.Disk) []fault {
	lasts := faultLasts(t, "RENTORA_FAULT_LASTS")
	kill := func(part string) means {
		return func() (hurt, heal func(context.Context) error) {
			return func(ctx context.Context) error { return s.Stack.Kill(ctx, part) }, func(ctx context.Context) error { return s.Stack.Start(ctx, part) }
		}
	}
	way := func(part string, w testkit.Way) means {
		set := func(w testkit.Way) func(context.Context) error {
			return func(context.Context) error { s.Proxies[part].Set(w); return nil }
		}
		return func() (hurt, heal func(context.Context) error) { return set(w), set(testkit.Way{}) }
	}
	const slowly = "slow (20 ms, 1 MiB/s)"
	hangs, slow := testkit.Way{Hangs: true}, testkit.Way{Latency: 20 * time.Millisecond, Rate: 1 << 20}
	var list []fault
	add := func(f fault, how means) {
		f.hurt, f.heal = how()
		f.lasts = cmp.Or(f.lasts, lasts)
		list = append(list, f)
	}
	add(fault{part: "api", how: "killed", stops: true, mute: true}, crash(s.API))
	add(fault{part: "worker", how: "killed"}, crash(s.worker))
	add(fault{part: "relay", how: "killed"}, crash(s.relay))
	add(fault{part: "redis", how: "killed"}, kill("redis"))
	add(fault{part: "redis", how: "hangs"}, way("redis", hangs))
	add(fault{part: "redis", how: slowly}, way("redis", slow))
	add(fault{part: "typesense", how: "killed", needs: s.search}, kill("typesense"))
	add(fault{part: "typesense", how: "hangs", needs: s.search}, way("typesense", hangs))
	add(fault{part: "typesense", how: slowly}, way("typesense", slow))
	add(fault{part: "minio", how: "killed", needs: s.completeUpload}, kill("minio"))
	add(fault{part: "minio", how: "hangs", needs: s.completeUpload}, way("minio", hangs))
	add(fault{part: "mail", how: "killed"}, func() (hurt, heal func(context.Context) error) { return s.killMail, s.startMail })
	add(fault{part: "mail", how: "hangs"}, way("mail", hangs))
	add(fault{part: "kafka", how: "killed", lasts: faultLasts(t, "RENTORA_FAULT_KAFKA_LASTS")}, kill("kafka"))
	add(fault{part: "postgres", how: slowly}, way("postgres", slow))
	add(fault{part: "postgres", how: "hangs", stops: true, needs: s.bookings}, way("postgres", hangs))
	add(fault{part: "postgres", how: "killed", stops: true, needs: s.bookings}, kill("postgres"))
	if disk != nil {
		add(fault{part: "postgres", how: "disk full", stops: true}, func() (hurt, heal func(context.Context) error) {
			return func(context.Context) error { return disk.Fill() }, func(ctx context.Context) error {
				return errors.Join(disk.Empty(), s.Stack.Start(ctx, "postgres")) // which may have ended itself
			}
		})
	}
	return list
}

// smallDisk puts Postgres on a disk of its own; nil where this user may not.
func smallDisk(t *testing.T, o *testkit.Own) *testkit.Disk {
	t.Helper()
	if err := o.Stack.Kill(t.Context(), "postgres"); err != nil {
		t.Fatal(err)
	}
	disk, err := testkit.NewDisk(t, filepath.Join(o.Stack.Dir, "data", "postgres"), 1<<30)
	if err != nil && !errors.Is(err, testkit.ErrNoMount) {
		t.Fatal(err)
	}
	if err != nil {
		t.Logf("a full disk is not tried: %v", err)
	}
	if err := o.Stack.Start(t.Context(), "postgres"); err != nil {
		t.Fatal(err)
	}
	return disk
}

// suffer lives through one fault. Its listings are new, so that there are nights to book.
func (s *storm) suffer(t *testing.T, f fault) outcome {
	t.Helper()
	l := s.load
	first := len(l.listings)
	for i := range 2 + min(int(f.lasts/(10*time.Second)), 30) {
		mode := []contract.BookingMode{contract.BookingModeInstant, contract.BookingModeRequest}[i%2]
		l.listings = append(l.listings, live(t, s.Program, s.host, s.admin, fmt.Sprintf("Flat number %d beside %s", i+1, f.part), mode))
	}
	l.only, l.pause = l.listings[first:], 30*time.Millisecond*max(1, f.lasts/(20*time.Second))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var all sync.WaitGroup
	for _, g := range l.guests {
		all.Go(func() { l.guest(ctx, t, g) })
	}
	before, _ := l.told()
	awaitBookings(t, l, before+5)
	out := s.outage(t, f)
	after, _ := l.told()
	awaitBookings(t, l, after+5)
	cancel()
	all.Wait()
	l.compareEffects(t, s.host, catchUp+f.lasts/2)
	out.caughtUp = max(out.serves, l.lastEffect(t, out.backlog).Sub(out.healed))
	l.comparePostgres(t)
	l.compareOrder(t, s.Own)
	l.compareSearch(t)
	return out
}

func render(table []outcome) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "part\tfault\tlasts\tbooked\t503\tserves after\tcaught up after")
	for _, o := range table {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%.1f s\t%.1f s\n", o.part, o.how, o.lasts, o.booked, o.unavailable, o.serves.Seconds(), o.caughtUp.Seconds())
	}
	_ = w.Flush()
	return text.String()
}
