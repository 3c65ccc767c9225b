package events

import "time"

const (
	// heldFor is how long keys are passed over at least while others can be published.
	heldFor = 2 * time.Second
	// heldMost bounds the keys that are passed over: where so many fail, it is Kafka that is away and not a partition.
	heldMost = 20_000
)

// held are the keys whose events could not be written, because their partition has no leader, say. They are passed over for
// a while, all events of a key alike, so that the others flow and none of a key's overtakes another. The zero value holds none.
type held struct {
	keys  map[string]bool
	until time.Time
}

func (h *held) add(keys []string, until time.Time) {
	if len(h.keys) == 0 || len(h.keys) > heldMost {
		h.keys, h.until = map[string]bool{}, until
	}
	for _, key := range keys {
		h.keys[key] = true
	}
	if until.After(h.until) {
		h.until = until
	}
}

// release lets all go when they have waited long enough, and not before the others had their turn: the keys of a lost
// partition may fill many steps.
func (h *held) release(b progress, now time.Time) {
	if (b.idle || b.published > 0) && !now.Before(h.until) {
		h.keys = nil
	}
}

// list is never nil, which the database would take for no answer.
func (h *held) list() []string {
	list := make([]string, 0, len(h.keys))
	for key := range h.keys {
		list = append(list, key)
	}
	return list
}
