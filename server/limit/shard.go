package limit

import (
	"sync"
	"time"
)

// shard is a part of the keys under a lock of its own.
type shard struct {
	sync.Mutex
	entries map[Key]*entry
	most    int
	changed []Key // each once; what was forgotten since is skipped
}

// entry is the count of one key.
type entry struct {
	minute int64
	before uint32 // of all processes in the minute before
	own    uint32 // of this process in this minute
	others uint32 // of the other processes, as Redis last said
	listed bool   // in changed
}

func (e *entry) current() uint32 { return e.own + e.others }

func (e *entry) estimate(into time.Duration) float64 {
	return float64(e.before)*(1-float64(into)/float64(window)) + float64(e.current())
}

// turn moves the entry into a minute. A clock that steps back finds the later minute's counts.
func (e *entry) turn(minute int64) {
	switch {
	case minute <= e.minute && e.minute-minute < 2:
		return
	case minute == e.minute+1:
		e.before = e.current()
	default:
		e.before = 0
	}
	e.minute, e.own, e.others = minute, 0, 0
}

// at gives the entry of a key, and makes it if need be.
func (s *shard) at(k Key, minute int64) *entry {
	e := s.entries[k]
	if e == nil {
		if len(s.entries) >= s.most {
			s.forget()
		}
		e = &entry{minute: minute}
		s.entries[k] = e
	}
	e.turn(minute)
	return e
}

// forget drops the least used of a few keys: iteration over a map begins at a random place. A flood of new addresses so
// drives out its own kind first, and a client that has used up its limit stays refused.
func (s *shard) forget() {
	const sample = 8
	var victim Key
	least, seen := ^uint32(0), 0
	for k, e := range s.entries {
		if used := e.current() + e.before; used <= least {
			victim, least = k, used
		}
		if seen++; seen == sample {
			break
		}
	}
	delete(s.entries, victim)
}

func (s *shard) note(k Key, e *entry) {
	// Keys that were forgotten leave gaps behind; beyond twice the bound the others wait for their next request.
	if !e.listed && len(s.changed) < 2*s.most {
		e.listed = true
		s.changed = append(s.changed, k)
	}
}
