package journey_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/booking"
	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/testkit"
)

// compareOrder reads the topic of the bookings: every event of the outbox is in it, and those of one booking stand in the
// order in which they happened. (Two bookings of one listing for other nights happen side by side; neither is first.)
func (l *load) compareOrder(t *testing.T, o *testkit.Own) {
	t.Helper()
	rows, err := o.DB.Query(t.Context(), "select event_id, (payload->>'booking_id')::uuid from outbox where topic = 'bookings' order by payload->>'booking_id', (payload->>'version')::bigint")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	want := map[uuid.UUID][]uuid.UUID{}
	for rows.Next() {
		var event, id uuid.UUID
		if err := rows.Scan(&event, &id); err != nil {
			t.Fatal(err)
		}
		want[id] = append(want[id], event)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	got := publishedBookings(t, o)
	for id, ids := range want {
		if !slices.Equal(got[id], ids) {
			t.Errorf("of booking %s the events %v are published, in the outbox stand %v", id, got[id], ids)
		}
	}
}

// publishedBookings gives the events of each booking as they stand in the topic, each the first time.
func publishedBookings(t *testing.T, o *testkit.Own) map[uuid.UUID][]uuid.UUID {
	t.Helper()
	seen, got := map[uuid.UUID]bool{}, map[uuid.UUID][]uuid.UUID{}
	for _, e := range testkit.Published(t, config.Kafka{Brokers: o.Stack.KafkaBrokers, TopicPrefix: "rentora.", Partitions: 6}, "bookings") {
		var s booking.Stay
		if err := json.Unmarshal(e.Data, &s); err != nil {
			t.Fatal(err)
		}
		if !seen[e.ID] {
			seen[e.ID] = true
			got[s.BookingID] = append(got[s.BookingID], e.ID)
		}
	}
	return got
}
