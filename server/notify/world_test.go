package notify_test

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/notify"
	"github.com/rentora/rentora/server/testkit"
)

var (
	hostID     = uuid.MustParse("01930000-0000-7000-8000-000000000001")
	guestID    = uuid.MustParse("01930000-0000-7000-8000-000000000002")
	adminID    = uuid.MustParse("01930000-0000-7000-8000-000000000003")
	listingID  = uuid.MustParse("01930000-0000-7000-8000-000000000004")
	revisionID = uuid.MustParse("01930000-0000-7000-8000-000000000006")
	bookingID  = uuid.MustParse("01930000-0000-7000-8000-000000000005")
	noon       = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
)

// world is a record with one listing and one booking, and a mail server that keeps what it gets.
type world struct {
	*notify.Service
	t      *testing.T
	pool   *pgxpool.Pool
	outbox *outbox
	at     time.Time // by the clock
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, pool: testkit.DB(t), outbox: &outbox{fail: map[string]error{}}, at: noon}
	w.Service = notify.New(w.pool, &accounts{pool: w.pool}, w.outbox, "https://rentora.example/", func() time.Time { return w.at })
	w.exec(`insert into users (id, email, name, role) values ($1, 'host-0001@example.test', 'Host 1', 'host'),
		($2, 'guest-0001@example.test', 'Guest 1', 'guest'), ($3, 'admin-0001@example.test', 'Admin 1', 'admin')`, hostID, guestID, adminID)
	w.exec(`insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms, address_line, postal_code, city,
		country_code, lat, lng, public_lat, public_lng, timezone, rejection_reason, rejection_notes)
		values ($1, $2, 'live', 'Loft by the sea', 'apartment', 'entire_place', 4, 1, 2, 1, 'Rua Nova 1', '1100-001', 'Lisbon', 'PT', 38.7, -9.1, 38.7, -9.1,
		'Europe/Lisbon', 'incomplete', '[{"field":"house_rules","note":"Say when it has to be quiet."}]')`, listingID, hostID)
	w.exec(`insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, message, currency, total_minor, lines,
		cancellation_policy, timezone, check_in_from, expires_at) values ($1, 'AB12CD34', $2, $3, $4, '2026-06-01', '2026-06-05', 2, 'PENDING',
		E'We come late.\nIs that all right?', 'EUR', 51812, '[]', 'moderate', 'Europe/Lisbon', '15:00', $5)`, bookingID, listingID, hostID, guestID, noon.Add(24*time.Hour))
	w.exec(`insert into listing_revisions (id, listing_id, base_version, status, fields, submitted_at, updated_at, reason, notes)
		values ($1, $2, 1, 'withdrawn', '{"title": "Loft on the beach"}', $3, $3, 'misleading', '[{"field":"title","note":"It is 400 metres away."}]')`, revisionID, listingID, noon)
	return w
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.pool.Exec(w.t.Context(), sql, args...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) booking(status string) { w.exec("update bookings set status = $1", status) }

// listing puts the listing, or its revision, into a status.
func (w *world) listing(status string) {
	if revision, ok := strings.CutPrefix(status, "revision "); ok {
		w.exec("update listing_revisions set status = $1", revision)
		return
	}
	w.exec("update listings set status = $1", status)
	w.exec("update listing_revisions set status = 'superseded'")
}

// event gives a context as the consumer makes it for a new event.
func (w *world) event() context.Context { return events.WithID(w.t.Context(), uuid.New()) }

// mails gives template, status and attempts of everything owed, in words.
func (w *world) mails() (out []string) {
	w.t.Helper()
	rows, err := w.pool.Query(w.t.Context(), "select template || ' ' || status || ' ' || attempts from mails order by created_at, key")
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, line)
	}
	return out
}

// outbox keeps mails, and fails for some addresses.
type outbox struct {
	mu   sync.Mutex
	sent []notify.Message
	fail map[string]error
	gone bool // takes the mail, and fails all the same: the answer was lost

	begun, hold chan struct{} // when set: told of every mail, and waited for before it is taken
}

func (o *outbox) Send(_ context.Context, m notify.Message) error {
	if o.hold != nil {
		o.begun <- struct{}{}
		<-o.hold
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.fail[m.To.Email]; err != nil && !o.gone {
		return err
	}
	o.sent = append(o.sent, m)
	return o.fail[m.To.Email]
}

// accounts stands for identity: it reads the record and counts its tokens.
type accounts struct {
	pool   *pgxpool.Pool
	minted int
}

func (a *accounts) Contact(ctx context.Context, id uuid.UUID) (c identity.Contact, err error) {
	if a.pool.QueryRow(ctx, "select id, email, name from users where id = $1", id).Scan(&c.ID, &c.Email, &c.Name) != nil {
		return c, errs.E(errs.NotFound, "There is no such account.")
	}
	return c, nil
}

func (a *accounts) Admins(ctx context.Context) (all []identity.Contact, err error) {
	rows, err := a.pool.Query(ctx, "select id from users where role = 'admin' order by email")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		c, _ := a.Contact(ctx, id)
		all = append(all, c)
	}
	return all, nil
}

func (a *accounts) MintLink(context.Context, uuid.UUID, identity.LinkPurpose) (string, time.Time, error) {
	a.minted++
	return "s3cret-" + strconv.Itoa(a.minted), noon.Add(24 * time.Hour), nil
}
