package plan_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rentora/rentora/hack/explain/plan"
	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/testkit"
)

// rows of each kind are enough for Postgres to prefer an index where there is one, and take a second to make.
const rows = 8000

func queries(t *testing.T) []plan.Query {
	t.Helper()
	root, err := stack.Root()
	if err != nil {
		t.Fatal(err)
	}
	all, err := plan.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func explain(t *testing.T, before string) []plan.Finding {
	t.Helper()
	conn, err := testkit.DB(t).Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	found, err := plan.Explain(t.Context(), conn.Conn(), plan.Options{Queries: queries(t), Rows: rows, Before: before})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNoQueryReadsMoreThanItShould(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	if failed := plan.Print(&table, explain(t, "")); failed > 0 || strings.Count(table.String(), "\n") < 150 {
		t.Errorf("%d plans read more than they should:\n%s", failed, table.String())
	}
}

func TestALostIndexIsNoticed(t *testing.T) {
	t.Parallel()
	lost := map[string]string{
		"booking.GuestBefore":         "bookings_guest, bookings_guest_stay",
		"booking.SelectedAfter":       "bookings_code_begin",
		"events.LettersBefore":        "dead_letters_type",
		"events.SweepInbox":           "inbox_handled_at",
		"events.SweepOutbox":          "outbox_published",
		"events.Unpublished":          "outbox_unpublished",
		"idempotency.Sweep":           "idempotency_keys_created_at",
		"identity.DeleteDeadSessions": "sessions_expires_at",
		"identity.UsersBefore":        "users_email_prefix",
		"listing.MineBefore":          "listings_host",
		"notify.Sweep":                "mails_done",
		"report.ListAfter":            "error_groups_source",
		"search.IDsInZones":           "listings_zone",
	}
	noticed := map[string]bool{}
	for _, f := range explain(t, "drop index "+strings.Join(slices.Collect(maps.Values(lost)), ", ")) {
		if len(f.Complaints) > 0 && f.Excuse == "" {
			noticed[f.Query] = true
		}
	}
	for query, index := range lost {
		if !noticed[query] {
			t.Errorf("nobody complains about %s without %s", query, index)
		}
	}
}

// A page that is reached by counting from the start is dearer the further it is, and shifts when something is added.
func TestNoQueryHasAnOffset(t *testing.T) {
	t.Parallel()
	for _, q := range queries(t) {
		if regexp.MustCompile(`(?i)\boffset\b`).MatchString(q.SQL) {
			t.Errorf("%s pages by offset, not by the last key", q.Name)
		}
	}
}

// What explain believes of a query that says that it is replanned has to be so.
func TestRoomsReplanWhatTheySay(t *testing.T) {
	t.Parallel()
	root, err := stack.Root()
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, q := range queries(t) {
		if !q.Replanned {
			continue
		}
		said++
		room, name, _ := strings.Cut(q.Name, ".")
		if !calls(t, filepath.Join(root, "server", room), name) {
			t.Errorf("no file of %s asks %s through postgres.Replan", room, name)
		}
	}
	if said == 0 {
		t.Error("no query says that it is replanned")
	}
}

func calls(t *testing.T, room, query string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(room, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if code := string(content); strings.Contains(code, "query.New(postgres.Replan(") && strings.Contains(code, "q."+query+"(") {
			return true
		}
	}
	return false
}
