package cache

import (
	"context"
	"errors"
	"hash/maphash"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
)

// Bus is what the stores of all processes have in common: the answers in Redis, and the channel on which drops are told.
// Without Redis every process goes on with answers of its own, at most a second old. It is safe for concurrent use.
type Bus struct {
	redis    *redis.Client
	prefix   string
	log      *slog.Logger
	requests *prometheus.CounterVec
	mu       sync.RWMutex // of stores: one program may drop while another part of it still adds its own
	stores   map[string]*Store
	hearing  atomic.Bool
	badUntil atomic.Int64 // unix nanoseconds until which Redis is not asked
}

// redisPatience bounds one use of Redis; one that fails is not repeated for redisRest.
const (
	redisPatience = 100 * time.Millisecond
	redisRest     = time.Second
	countersLive  = 24 * time.Hour // of a group's counter, far longer than any answer lives
)

// NewBus makes a bus without stores. reg may be nil.
func NewBus(client *redis.Client, prefix string, log *slog.Logger, reg prometheus.Registerer) *Bus {
	b := &Bus{redis: client, prefix: prefix + "cache:", log: log, stores: map[string]*Store{},
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rentora_cache_requests_total",
			Help: "Answers by where they came from: process, stale (given out while made anew), redis, made, error."}, []string{"cache", "from"})}
	if reg != nil {
		reg.MustRegister(b.requests)
	}
	return b
}

// Store adds a store; all of them must be there before Run.
func (b *Bus) Store(o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{Options: o, bus: b, seed: maphash.MakeSeed()}
	if o.Bytes > 0 {
		local, err := otter.New(&otter.Options[string, kept]{MaximumWeight: o.Bytes, Weigher: func(key string, k kept) uint32 {
			return uint32(len(key) + len(k.Body) + len(k.Tag) + len(k.Note) + 128)
		}})
		if err != nil {
			return nil, err
		}
		s.local = local
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stores[o.Name] = s
	return s, nil
}

// dropped tells the store of a name, if this process has one.
func (b *Bus) dropped(name, group string) {
	b.mu.RLock()
	s := b.stores[name]
	b.mu.RUnlock()
	if s != nil {
		s.dropped(group)
	}
}

func (b *Bus) all() []*Store {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Collect(maps.Values(b.stores))
}

func (b *Bus) count(name, from string) { b.requests.WithLabelValues(name, from).Inc() }

// Hears tells whether drops of other processes are heard of.
func (b *Bus) Hears() bool { return b.hearing.Load() }

func (b *Bus) channel() string { return b.prefix + "drops" }

func (b *Bus) counter(name, group string) string { return b.prefix + name + ":count:" + group }

// Drop makes every process forget the answers of a group, also those that are being made. Without Redis this process
// forgets, and the others within a second, because they do not hear; the error says so. Where Redis tells of the drop but
// refuses to raise the counter, all who hear forget; the error asks for another Drop, for processes that start later.
func (b *Bus) Drop(ctx context.Context, name, group string) error {
	b.dropped(name, group)
	defer b.dropped(name, group) // again: who asked meanwhile may have read the counter before it was raised
	ctx, cancel := context.WithTimeout(ctx, redisPatience)
	defer cancel()
	_, err := b.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Incr(ctx, b.counter(name, group))
		p.Expire(ctx, b.counter(name, group), countersLive)
		p.Publish(ctx, b.channel(), name+"\n"+group)
		return nil
	})
	return err
}

// Run listens for drops until ctx ends, and listens anew when the connection is lost.
func (b *Bus) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		err := b.listen(ctx)
		if b.hearing.Swap(false) && ctx.Err() == nil {
			b.log.Warn("the cache hears of no changes; answers live a second until it does", "error", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
	return nil
}

// silence is after how long the connection is asked whether it still is one, and how long it has to answer: twice this is
// less than the second that an answer may outlive its change.
const silence = 400 * time.Millisecond

func (b *Bus) listen(ctx context.Context) error {
	sub := b.redis.Subscribe(ctx, b.channel())
	defer func() { _ = sub.Close() }()
	asked := false
	for {
		message, err := sub.ReceiveTimeout(ctx, silence)
		var timeout interface{ Timeout() bool }
		switch {
		case err == nil:
			asked = false
			b.hear(message)
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &timeout) && timeout.Timeout() && !asked:
			if err := sub.Ping(ctx); err != nil {
				return err
			}
			asked = true
		default:
			return err
		}
	}
}

func (b *Bus) hear(message any) {
	switch m := message.(type) {
	case *redis.Subscription: // what was said before is missed
		for _, s := range b.all() {
			s.droppedAll()
		}
		b.hearing.Store(true)
	case *redis.Message:
		name, group, _ := strings.Cut(m.Payload, "\n")
		b.dropped(name, group)
	}
}
