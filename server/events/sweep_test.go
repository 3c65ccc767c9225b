package events_test

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/events"
)

func TestASweepTakesWhatIsDoneAndOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, sql := range []string{
		`insert into outbox (event_id, topic, key, type, payload, created_at, published_at) select gen_random_uuid(), 'media', 'k', 'media.x', '{}', now() - age, case when done then now() - age end
			from (values (interval '5 days', true), (interval '4 days', true), (interval '1 hour', true), (interval '90 days', false)) as v (age, done)`,
		`insert into inbox (consumer, event_id, handled_at) select 'test', gen_random_uuid(), now() - age from (values (interval '15 days'), (interval '16 days'), (interval '13 days')) as v (age)`,
		`insert into dead_letters (id, consumer, event_id, topic, key, type, payload, occurred_at, error, attempts, retriable, status, resolved_at, created_at)
			select gen_random_uuid(), 'test', gen_random_uuid(), 'media', 'k', 'media.x', '{}', now(), 'boom', 1, true, status, case when status <> 'open' then now() - age end, now() - interval '1 year'
			from (values ('retried', interval '91 days'), ('discarded', interval '92 days'), ('retried', interval '89 days'), ('open', interval '365 days')) as v (status, age)`,
	} {
		if _, err := w.pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	day := 24 * time.Hour
	for _, s := range []struct {
		table string
		keep  time.Duration
		left  int
		sweep func(before time.Time, limit int) (int, error)
	}{
		{"outbox", 3 * day, 2, func(before time.Time, n int) (int, error) { return events.SweepOutbox(t.Context(), w.pool, before, n) }},
		{"inbox", 14 * day, 1, func(before time.Time, n int) (int, error) { return events.SweepInbox(t.Context(), w.pool, before, n) }},
		{"dead_letters", 90 * day, 2, func(before time.Time, n int) (int, error) { return events.SweepLetters(t.Context(), w.pool, before, n) }},
	} {
		for run, want := range []int{1, 1, 0} {
			if n, err := s.sweep(time.Now().Add(-s.keep), 1); err != nil || n != want {
				t.Errorf("%s, run %d: %d rows, want %d, %v", s.table, run+1, n, want, err)
			}
		}
		if n := w.count("select count(*) from " + s.table); n != s.left {
			t.Errorf("%s: %d rows are left, want %d", s.table, n, s.left)
		}
	}
	if n := w.unpublished(); n != 1 {
		t.Errorf("%d rows wait, want the old one", n)
	}
}
