package identity

import (
	"sync"
	"time"
)

const maxCounters = 20_000

// localCounters are what this process has counted, for when Redis is unreachable. Their number is bounded: when there is no room, counters that have run out
// go first, then any. They are safe for concurrent use.
type localCounters struct {
	mu   sync.Mutex
	byID map[string]counter
}

type counter struct {
	n       int
	expires time.Time
}

// take does what takeScript does.
func (l *localCounters) take(keys []string, quotas []quota, now time.Time) (usedUp int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, key := range keys {
		if l.byID[key].n >= quotas[i].limit {
			return i
		}
	}
	for i, key := range keys {
		l.makeRoom(key, now)
		l.byID[key] = counter{n: l.byID[key].n + 1, expires: now.Add(quotas[i].window)}
	}
	return -1
}

func (l *localCounters) makeRoom(key string, now time.Time) {
	if _, ok := l.byID[key]; ok || len(l.byID) < maxCounters {
		return
	}
	for id, c := range l.byID {
		if now.After(c.expires) {
			delete(l.byID, id)
		}
	}
	for id := range l.byID { // the order of a map is random
		if len(l.byID) < maxCounters {
			return
		}
		delete(l.byID, id)
	}
}

func (l *localCounters) change(key string, f func(int) int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c, ok := l.byID[key]
	if !ok {
		return
	}
	if c.n = f(c.n); c.n == 0 {
		delete(l.byID, key)
		return
	}
	l.byID[key] = c
}
