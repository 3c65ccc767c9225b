package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Imported is an account as Import takes it, with a verified address.
type Imported struct {
	ID          uuid.UUID
	Email, Name string
	Role        Role
	CreatedAt   time.Time
}

// Importer writes many accounts of one password, which is hashed once because hashing is dear. It is safe for concurrent use.
type Importer struct {
	queries  *query.Queries
	password string
	hash     string
}

// Importer makes an importer, for seeding.
func (s *Service) Importer(ctx context.Context, password string) (*Importer, error) {
	var broken errs.Fields
	if checkPassword(password, &broken); broken.Err() != nil {
		return nil, broken.Err()
	}
	hash, err := s.hasher.hash(ctx, password)
	return &Importer{queries: s.queries, password: password, hash: hash}, err
}

// Import makes accounts in one statement of tx, all or none: no mails, no audit. An address that has an account, or stands
// there twice, is Conflict with the code email_taken.
func (i *Importer) Import(ctx context.Context, tx pgx.Tx, list []Imported) error {
	rows := query.InsertUsersParams{PasswordHash: i.hash}
	for _, one := range list {
		n := NewUser{Email: one.Email, Name: one.Name, Role: one.Role, Password: i.password}.tidy()
		if err := n.validate(); err != nil {
			return err
		}
		rows.Ids, rows.Emails, rows.Names = append(rows.Ids, one.ID), append(rows.Emails, n.Email), append(rows.Names, n.Name)
		rows.Roles, rows.Ats = append(rows.Roles, string(n.Role)), append(rows.Ats, one.CreatedAt)
	}
	err := i.queries.WithTx(tx).InsertUsers(ctx, rows)
	if postgres.Violates(err, "users_email_key") {
		return taken().Because(err)
	}
	return postgres.Translate(err)
}
