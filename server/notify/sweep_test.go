package notify_test

import (
	"testing"
	"time"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/notify"
	"github.com/rentora/rentora/server/testkit"
)

func TestASweepTakesMailsThatAreDoneAndOld(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	user := testkit.User(t, pool, identity.Guest)
	if _, err := pool.Exec(t.Context(), `insert into mails (key, template, user_id, message_id, status, created_at, sent_at) values
		('a', 't', $1, 'm', 'sent', now() - interval '91 days', now() - interval '91 days'), ('b', 't', $1, 'm', 'failed', now() - interval '91 days', null),
		('c', 't', $1, 'm', 'sent', now() - interval '99 days', now() - interval '89 days'), ('d', 't', $1, 'm', 'due', now() - interval '99 days', null)`, user.ID); err != nil {
		t.Fatal(err)
	}
	s := notify.New(pool, nil, nil, "https://rentora.example", time.Now)
	for run, want := range []int{1, 1, 0} {
		if n, err := s.Sweep(t.Context(), time.Now().Add(-90*24*time.Hour), 1); err != nil || n != want {
			t.Errorf("run %d: %d mails, want %d, %v", run+1, n, want, err)
		}
	}
	var left string
	if err := pool.QueryRow(t.Context(), "select string_agg(key, '' order by key) from mails").Scan(&left); err != nil || left != "cd" {
		t.Errorf("%q is left, %v", left, err)
	}
}
