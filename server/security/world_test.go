package security_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rentora/rentora/server/contract"
	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/testkit"
)

// world is a fresh product with an account of each role, one of everything that may be asked for, and strangers who have
// the same.
type world struct {
	*testkit.Program
	mine, theirs   party // of the host and guest who call, and of strangers
	admins, locked party // whose hosts are admins
	support        account
	spare          account // nobody's in particular: signs in, refreshes, forgets
	unverified     uuid.UUID
	deadLetter     uuid.UUID
	errorGroup     uuid.UUID
	verify, reset  string // tokens of one-time links
}

// party is a host with a listing in each state and a guest who has asked for a stay at the live one.
type party struct {
	host, guest                 account
	draft, pending, live, pause uuid.UUID
	block, booking, upload      uuid.UUID
	quote                       string // for nights of live that are free
	secrets                     []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Program: testkit.StartProgram(t)}
	admin := w.signIn(t, identity.Admin)
	w.admins = w.newParty(t, admin, admin)
	w.mine = w.newParty(t, w.signIn(t, identity.Host), admin)
	w.theirs = w.newParty(t, w.signIn(t, identity.Host), admin)
	w.locked = w.newParty(t, w.signIn(t, identity.Admin), admin)
	w.support, w.spare = w.signIn(t, identity.Support), w.signIn(t, identity.Guest)
	w.lock(t, w.locked.host.ID)
	w.unverified = w.insertUser(t, identity.Guest, false)
	w.verify, w.reset = w.link(t, w.unverified, "verify_email"), w.link(t, w.spare.ID, "reset_password")
	w.deadLetter, w.errorGroup = uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	w.exec(t, `insert into dead_letters (id, consumer, event_id, topic, key, type, payload, occurred_at, error, attempts, retriable)
		values ($1, 'media', $1, 'media', 'k', 'media.upload_completed', '{}', now(), 'refused', 1, true)`, w.deadLetter)
	w.exec(t, `insert into error_groups (id, fingerprint, source, kind, place, message, count, first_seen, last_seen, first_release, release, route)
		values ($1, 'f', 'api', 'panic', 'p', 'm', 1, now(), now(), 'v1', 'v1', 'GET /')`, w.errorGroup)
	return w
}

// lock locks an account as an admin does and lets its sessions live, so that nothing but the lock keeps it out.
func (w *world) lock(t *testing.T, id uuid.UUID) {
	t.Helper()
	locked, err := w.admins.host.LockUserWithResponse(t.Context(), id, contract.AccountReasonRequest{Reason: "A test."})
	expect(t, locked, err, 200)
	w.exec(t, "update sessions set revoked_at = null where user_id = $1", id)
}

func (w *world) newParty(t *testing.T, host, admin account) party {
	t.Helper()
	p := party{host: host, guest: w.signIn(t, identity.Guest)}
	line, title, message := "Quiet lane "+uuid.NewString(), "Hidden "+uuid.NewString(), "We come with "+uuid.NewString()
	p.secrets = []string{host.Email, p.guest.Email, line, title, message}
	p.draft, p.pending = w.draft(t, host, title, line), w.draft(t, host, title, line)
	p.live, p.pause = w.draft(t, host, "A flat to be seen", line), w.draft(t, host, title, line)
	tags := map[uuid.UUID]string{}
	for _, id := range []uuid.UUID{p.pending, p.live, p.pause} {
		submitted, err := host.SubmitListingWithResponse(t.Context(), id)
		expect(t, submitted, err, 200)
		tags[id] = submitted.HTTPResponse.Header.Get("ETag")
	}
	for _, id := range []uuid.UUID{p.live, p.pause} {
		approved, err := admin.ApproveListingWithResponse(t.Context(), id, &contract.ApproveListingParams{IfMatch: tags[id]}, contract.ApproveRequest{})
		expect(t, approved, err, 200)
	}
	paused, err := host.PauseListingWithResponse(t.Context(), p.pause)
	expect(t, paused, err, 200)
	closed := stay(200, 2)
	block, err := host.CreateBlockWithResponse(t.Context(), p.live, nil, contract.CreateBlockRequest{Start: closed.Start, End: closed.End})
	expect(t, block, err, 201)
	booked, err := p.guest.CreateBookingWithResponse(t.Context(), nil, contract.CreateBookingRequest{QuoteToken: quote(t, p.guest, p.live, stay(100, 3)), Message: &message})
	expect(t, booked, err, 201)
	p.block, p.booking, p.quote = block.JSON201.Data.Id, booked.JSON201.Data.Id, quote(t, p.guest, p.live, stay(60, 2))
	p.upload = w.uploads(t, host, 1)[0].UploadId
	return p
}
