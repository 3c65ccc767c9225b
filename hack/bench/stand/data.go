package stand

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// What furnish adds to the seeded data. Its ids can be computed, so that a pgbench script knows them as well as we do.
const (
	Stays    = 1000 // live listings that confirm at once, every night of the next Nights days free
	Nights   = 360  // as far ahead as a seeded listing is open: one that is open longer has a larger document in the index
	Accounts = 128  // guests who have signed in
	perGuest = 30   // past bookings of each
)

// ListingID gives the id of the nth listing of the benchmark, counted from 0.
func ListingID(n int) string { return fmt.Sprintf("b0000000-0000-7000-8000-%012x", n) }

// GuestID gives the id of the nth guest of the benchmark, counted from 0.
func GuestID(n int) string { return fmt.Sprintf("a0000000-0000-7000-8000-%012x", n) }

//go:embed furnish.sql
var furnishSQL string

// cornerOf names what a run owns on the servers. Data of other migrations or of another size is not used again.
func cornerOf(root string, listings int) (string, error) {
	files, err := filepath.Glob(filepath.Join(root, "server", "postgres", "migrations", "*.sql"))
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, name := range append(files, filepath.Join(root, "hack", "bench", "stand", "furnish.sql")) {
		content, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		hash.Write(content)
	}
	return fmt.Sprintf("bench_%d_%s", listings, hex.EncodeToString(hash.Sum(nil)[:4])), nil
}

func createDatabase(ctx context.Context, server, database string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	var there bool
	if err := conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", database).Scan(&there); err != nil || there {
		return err
	}
	_, err = conn.Exec(ctx, "create database "+database)
	return err
}

func (s *Stand) migrate(ctx context.Context) error {
	return s.Command(ctx, flat(s.Env), s.Program, "migrate")
}

// quickPasswords lets accounts be made and signed in without minutes of hashing; only a test environment allows it.
var quickPasswords = []string{"RENTORA_ENVIRONMENT=test", "RENTORA_AUTH_BCRYPT_COST=4"}

// seed says nothing when the folder has data from an earlier run.
func (s *Stand) seed(ctx context.Context) error {
	return s.Command(ctx, append(flat(s.Env), quickPasswords...), s.Program, "seed", "--listings", strconv.Itoa(s.Listings))
}

func (s *Stand) furnish(ctx context.Context) error {
	settings := fmt.Sprintf("select set_config('bench.stays', '%d', false), set_config('bench.accounts', '%d', false), set_config('bench.past', '%d', false)",
		Stays, Accounts, perGuest)
	conn, err := s.DB.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, settings); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, furnishSQL); err != nil {
		return err
	}
	if err := s.FreeSlots(ctx); err != nil { // of an earlier run on the same data
		return err
	}
	return s.signIn(ctx)
}

// Slots reserves n stays of one night that nobody else books: slot i is night i/Stays of listing i%Stays, so that
// neighbours in time are not neighbours in the index.
func (s *Stand) Slots(n int64) (first int64, err error) {
	first = s.slot
	if s.slot += n; s.slot > Stays*Nights {
		return 0, fmt.Errorf("the %d free nights of the benchmark are used up", Stays*Nights)
	}
	return first, nil
}

// FreeSlots takes back every booking that the benchmark made, so that its nights can be booked again.
func (s *Stand) FreeSlots(ctx context.Context) error {
	s.slot = 0
	for _, sql := range []string{
		"delete from occupancies o using bookings b where o.ref_id = b.id and b.host_id = '" + HostID + "' and b.check_in > current_date",
		"delete from bookings where host_id = '" + HostID + "' and check_in > current_date",
		"truncate outbox", "vacuum analyze occupancies", "vacuum analyze bookings", "checkpoint",
	} {
		if _, err := s.DB.Exec(ctx, sql); err != nil {
			return fmt.Errorf("free the nights: %w", err)
		}
	}
	return nil
}

// HostID is the host of the benchmark's listings.
const HostID = "c0000000-0000-7000-8000-000000000000"
