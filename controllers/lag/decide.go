package lag

import "time"

// The pace at which workers are taken away: only what nobody needed for a while, and one at a time, because every change makes
// the group share its partitions out anew.
const (
	calm = 3 * time.Minute  // how long fewer must have been enough
	step = 30 * time.Second // between two that are taken away
)

// Bounds of a group.
type Bounds struct {
	Min, Max  int32
	PerWorker int32 // waiting messages that one worker may have
}

// need gives how many workers the lag asks for.
func (b Bounds) need(lag int64) int32 {
	per := int64(max(1, b.PerWorker))
	n := min((lag+per-1)/per, int64(b.Max))
	return max(b.Min, int32(n))
}

// memory is what the scaler remembers of one group.
type memory struct {
	looks   []look // of the last calm time, oldest first
	lowered time.Time
}

type look struct {
	at   time.Time
	need int32
}

// decide gives the replicas that a group shall have, which has current ones. More come at once; fewer when none of the looks of
// the last three minutes asked for as many, one in half a minute.
func (m *memory) decide(now time.Time, current int32, b Bounds, lag int64) int32 {
	need := b.need(lag)
	if len(m.looks) == 0 {
		m.looks = append(m.looks, look{now, max(need, min(current, b.Max))}) // a new leader does not know what was before
	}
	m.looks = append(m.looks, look{now, need})
	for len(m.looks) > 1 && now.Sub(m.looks[1].at) >= calm {
		m.looks = m.looks[1:]
	}
	if current < need {
		return need
	}
	if current > b.Max {
		return b.Max
	}
	highest := need
	for _, l := range m.looks {
		highest = max(highest, l.need)
	}
	if highest >= current || now.Sub(m.lowered) < step {
		return current
	}
	m.lowered = now
	return current - 1
}

// Pace remembers the groups of one platform. Not safe for concurrent use.
type Pace struct{ groups map[string]*memory }

// Decide gives the replicas that a group shall have: see memory.decide.
func (p *Pace) Decide(group string, now time.Time, current int32, b Bounds, lag int64) int32 {
	if p.groups == nil {
		p.groups = map[string]*memory{}
	}
	if p.groups[group] == nil {
		p.groups[group] = &memory{}
	}
	return p.groups[group].decide(now, current, b, lag)
}
