package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rentora/rentora/server/errs"
)

const (
	loginWindow = 15 * time.Minute
	mailWindow  = time.Hour
	crowd       = 10 // how many times an account's limit one network, or all networks together, may use up
)

// quota is one counter and its limit in a window.
type quota struct {
	name   string // without secrets: an address is hashed
	limit  int
	window time.Duration
}

// throttle counts attempts in windows. The counters live in Redis; while it is unreachable this process
// goes by its own count.
// It is safe for concurrent use.
type throttle struct {
	redis   *redis.Client
	circuit *circuit
	prefix  string
	now     func() time.Time
	local   *localCounters
}

// take counts one attempt against every quota, or against none: when one is used up it gives its index and TooMany.
func (t *throttle) take(ctx context.Context, quotas ...quota) (usedUp int, err error) {
	keys, limits := make([]string, len(quotas)), make([]any, 0, 2*len(quotas))
	for i, q := range quotas {
		keys[i] = t.key(q)
		limits = append(limits, q.limit, (q.window + time.Minute).Milliseconds())
	}
	failed := t.circuit.do(ctx, func(ctx context.Context) (err error) {
		usedUp, err = takeScript.Run(ctx, t.redis, keys, limits...).Int()
		return err
	})
	// This process counts along, so that losing Redis does not give everybody a fresh start.
	if here := t.local.take(keys, quotas, t.now()); failed != nil {
		usedUp = here
	}
	if usedUp < 0 {
		return usedUp, nil
	}
	q := quotas[usedUp]
	wait := q.window - time.Duration(t.now().UnixNano()%int64(q.window))
	return usedUp, errs.Ef(errs.TooMany, "Too many attempts. Please wait %s before the next one.", inWords(wait)).Coded("too_many_attempts").After(wait)
}

// takeScript looks at all counters before it adds to any; it answers the index of the one that is used up, or -1.
var takeScript = redis.NewScript(`
for i, key in ipairs(KEYS) do
	if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * i - 1]) then return i - 1 end
end
for i, key in ipairs(KEYS) do
	if redis.call('INCR', key) == 1 then redis.call('PEXPIRE', key, ARGV[2 * i]) end
end
return -1`)

// giveBack takes one attempt off: it turned out to be none.
func (t *throttle) giveBack(ctx context.Context, quotas ...quota) {
	t.change(ctx, quotas, func(p redis.Pipeliner, key string) { giveBackScript.Eval(ctx, p, []string{key}) },
		func(n int) int { return max(n-1, 0) })
}

var giveBackScript = redis.NewScript(`if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end`)

// forget starts counters anew.
func (t *throttle) forget(ctx context.Context, quotas ...quota) {
	t.change(ctx, quotas, func(p redis.Pipeliner, key string) { p.Del(ctx, key) }, func(int) int { return 0 })
}

func (t *throttle) change(ctx context.Context, quotas []quota, there func(redis.Pipeliner, string), here func(int) int) {
	if len(quotas) == 0 {
		return
	}
	for _, q := range quotas {
		t.local.change(t.key(q), here)
	}
	// Without Redis its counters simply run out.
	_ = t.circuit.do(ctx, func(ctx context.Context) error {
		_, err := t.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, q := range quotas {
				there(p, t.key(q))
			}
			return nil
		})
		return err
	})
}

// key names the counter of the window that now is in.
func (t *throttle) key(q quota) string {
	return fmt.Sprintf("%sthrottle:%s:%d", t.prefix, q.name, t.now().UnixNano()/int64(q.window))
}

// accountName stands for an e-mail address, as written by anybody, in the name of a counter.
func accountName(email string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(email))))
	return hex.EncodeToString(sum[:12])
}

// networkOf gives what one subscriber holds: an IPv4 address, or the /64 of an IPv6 one.
func networkOf(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	if !a.IsValid() {
		return netip.Prefix{}
	}
	return netip.PrefixFrom(a, min(a.BitLen(), 64)).Masked()
}

func inWords(d time.Duration) string {
	if d <= time.Minute {
		return "a minute"
	}
	return fmt.Sprintf("%d minutes", int((d+time.Minute-1)/time.Minute))
}
