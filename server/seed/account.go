package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/identity"
	"github.com/rentora/rentora/server/postgres"
)

// listingsPerHost says how many share a host; there are as many accounts as listings, and those who are no hosts are guests.
const (
	listingsPerHost = 8
	accountBatch    = 2000
)

func (r *run) hosts() int  { return max(1, r.listings/listingsPerHost) }
func (r *run) guests() int { return max(1, r.listings-r.hosts()) }

// hostOf is the host of a listing: neighbors share one, so that hardly a host is in two batches.
func (r *run) hostOf(listing int) int { return min(listing/listingsPerHost, r.hosts()-1) }

// joined is when an account was made: before any booking.
func (r *run) joined(n int) time.Time {
	return r.base.AddDate(-6, 0, 0).Add(time.Duration(n%(365*24*60)) * time.Minute)
}

func (r *run) hostID(n int) uuid.UUID  { return r.id("host", n, r.joined(n)) }
func (r *run) guestID(n int) uuid.UUID { return r.id("guest", n, r.joined(n)) }

func (r *run) account(n int) identity.Imported {
	if n < r.hosts() {
		return named("host", n, identity.Host, r.hostID(n), r.joined(n))
	}
	n -= r.hosts()
	return named("guest", n, identity.Guest, r.guestID(n), r.joined(n))
}

func named(word string, n int, role identity.Role, id uuid.UUID, at time.Time) identity.Imported {
	return identity.Imported{ID: id, Email: fmt.Sprintf("%s-%04d@example.test", word, n+1), Name: fmt.Sprintf("Demo %s %d", word, n+1), Role: role, CreatedAt: at}
}

func (r *run) accounts(ctx context.Context, importer *identity.Importer) error {
	return r.batches(ctx, "accounts", r.hosts()+r.guests(), accountBatch, func(ctx context.Context, tx pgx.Tx, first, last int) error {
		list := make([]identity.Imported, 0, last-first)
		for n := first; n < last; n++ {
			list = append(list, r.account(n))
		}
		return importer.Import(ctx, tx, list)
	})
}

// admin makes the administrator and ends the run.
func (r *run) admin(ctx context.Context, importer *identity.Importer) error {
	one := named("admin", 0, identity.Admin, r.id("admin", 0, r.joined(0)), r.joined(0))
	return postgres.Tx(ctx, r.Pool, func(tx pgx.Tx) error {
		if err := importer.Import(ctx, tx, []identity.Imported{one}); err != nil {
			return err
		}
		return r.finish(ctx, tx)
	})
}
