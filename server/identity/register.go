package identity

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/audit"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/events"
	"github.com/rentora/rentora/server/identity/internal/query"
	"github.com/rentora/rentora/server/postgres"
)

// Register makes an account whose address waits to be verified. When the address has an account already, the caller hears
// the same after the same work, and the address's owner gets a mail about it.
func (s *Service) Register(ctx context.Context, n NewUser, client Client) error {
	n = n.tidy()
	n.Verified = false
	if err := n.validate(); err != nil {
		return err
	}
	if n.Password == "" || (n.Role != Guest && n.Role != Host) {
		return errs.InvalidField("role", "enum", "Role must be one of guest, host, and a password is required.")
	}
	if _, err := s.throttle.take(ctx, s.mailQuotas("register", n.Email, client)...); err != nil {
		return err
	}
	insert, err := s.insertOf(ctx, n)
	if err != nil {
		return err
	}
	return postgres.Tx(ctx, s.pool, func(tx pgx.Tx) error { return s.register(ctx, tx, insert) })
}

func (s *Service) register(ctx context.Context, tx pgx.Tx, insert query.InsertUserParams) error {
	q := s.queries.WithTx(tx)
	if _, err := q.InsertUser(ctx, insert); err != nil && !isAbsent(err) {
		return err
	}
	owner, err := q.UserByEmail(ctx, insert.Email) // asked of a newcomer too: time must not tell who has an account
	if err != nil {
		return err
	}
	if owner.ID == insert.ID {
		return events.Append(ctx, tx, UserRegistered{UserID: owner.ID})
	}
	return events.Append(ctx, tx, RegistrationRepeated{UserID: owner.ID})
}

// insertOf hashes the password and gives the row of a validated new account.
func (s *Service) insertOf(ctx context.Context, n NewUser) (query.InsertUserParams, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return query.InsertUserParams{}, err
	}
	row := query.InsertUserParams{ID: id, Email: n.Email, Name: n.Name, Role: string(n.Role), Now: s.now()}
	if n.Verified {
		row.EmailVerifiedAt = &row.Now
	}
	if n.Password != "" {
		row.PasswordHash, err = s.hasher.hash(ctx, n.Password)
	}
	return row, err
}

// Create makes an account without asking for proof, for the command line and the seed. Without a password its owner is
// invited by mail to set one. An address that has an account is Conflict with the code email_taken.
func (s *Service) Create(ctx context.Context, n NewUser) (User, error) {
	n = n.tidy()
	if err := n.validate(); err != nil {
		return User{}, err
	}
	insert, err := s.insertOf(ctx, n)
	if err != nil {
		return User{}, err
	}
	var row query.User
	err = postgres.Tx(ctx, s.pool, func(tx pgx.Tx) (err error) {
		if row, err = s.queries.WithTx(tx).InsertUser(ctx, insert); err != nil {
			return err
		}
		err = audit.Append(ctx, tx, audit.Entry{ActorRole: "system", Action: "user.create", TargetType: "user", TargetID: &row.ID,
			Diff: map[string]any{"role": row.Role}})
		if err != nil || n.Password != "" {
			return err
		}
		return events.Append(ctx, tx, Invited{UserID: row.ID})
	})
	if isAbsent(err) {
		return User{}, taken().Because(err)
	}
	return userOf(row), err
}

func taken() *errs.Error {
	return errs.E(errs.Conflict, "There is already an account with this e-mail address.").Coded("email_taken")
}
