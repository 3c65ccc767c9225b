package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rentora/rentora/server/errs"
)

// RoleChange is what EnsureRole had to do.
type RoleChange struct {
	Name    string // of the role; "" when owner and application are one
	Created bool
	Altered bool // it got its password
	Granted int  // privileges that it lacked
}

// EnsureRole lets the user of appURL log in and read and write the tables that the user of ownerURL owns, and nothing else:
// it can change no table's form. Where both are one user there is nothing to do. The role is made when it is not there; one
// that is there and gets in with its password stays as it is. It may run again, and at the same time elsewhere.
func EnsureRole(ctx context.Context, ownerURL, appURL string) (RoleChange, error) {
	owner, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return RoleChange{}, errs.E(errs.Invalid, "RENTORA_DATABASE_DIRECT_URL is not a Postgres URL.")
	}
	app, err := pgx.ParseConfig(appURL)
	if err != nil {
		return RoleChange{}, errs.E(errs.Invalid, "RENTORA_DATABASE_URL is not a Postgres URL.")
	}
	if owner.User == app.User {
		return RoleChange{}, nil
	}
	conn, err := pgx.ConnectConfig(ctx, owner)
	if err != nil {
		return RoleChange{}, Translate(fmt.Errorf("postgres: role: %w", err))
	}
	defer closeSoon(ctx, conn)
	r := role{owner: owner, name: app.User, password: app.Password, RoleChange: RoleChange{Name: app.User}}
	if err := r.admit(ctx, conn); err != nil {
		return r.RoleChange, err
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return r.grant(ctx, tx) })
	return r.RoleChange, Translate(err)
}

type role struct {
	RoleChange
	owner          *pgx.ConnConfig
	name, password string
}

// admit makes the role, or sees to it that it gets in.
func (r *role) admit(ctx context.Context, conn *pgx.Conn) error {
	var exists, powerful bool
	err := conn.QueryRow(ctx, `select count(*) > 0, coalesce(bool_or(rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls), false)
		from pg_roles where rolname = $1`, r.name).Scan(&exists, &powerful)
	if err != nil {
		return Translate(fmt.Errorf("postgres: role: %w", err))
	}
	if !exists {
		err := r.write(ctx, conn, "create role %I login")
		if code := Code(err); code != "42710" && code != "23505" { // somebody else was quicker: duplicate object, unique violation
			r.Created = err == nil
			return r.refused(err)
		}
	}
	refusal := r.tryLogin(ctx)
	switch code := Code(refusal); {
	case refusal == nil || code == "42501": // it got in, and may not have the right to connect to this database yet
		return nil
	case code != "28P01" && code != "28000": // neither the password nor the role was refused
		return Translate(fmt.Errorf("postgres: role: log in as %s: %w", r.name, refusal))
	case powerful:
		return r.refused(errors.New("its password is another one, and it has more rights than an application needs"))
	}
	r.Altered = true
	return r.refused(r.write(ctx, conn, "alter role %I login"))
}

// write runs a statement about the role. The server itself quotes, and sees of the password only what it keeps.
func (r *role) write(ctx context.Context, conn *pgx.Conn, format string) error {
	args := []string{r.name}
	if r.password != "" {
		secret, err := verifier(r.password)
		if err != nil {
			return err
		}
		format, args = format+" password %L", append(args, secret)
	}
	return run(ctx, conn, format, args...)
}

// refused says what somebody with more rights can do about it.
func (r *role) refused(err error) error {
	if err == nil || away(err) {
		return Translate(err)
	}
	return errs.Ef(errs.Invalid, "The user %q of RENTORA_DATABASE_URL cannot be set up by %q of RENTORA_DATABASE_DIRECT_URL. Let that one create roles, or make this one yourself with the password of RENTORA_DATABASE_URL",
		r.name, r.owner.User).Because(err)
}

// tryLogin connects as the role, to where the owner is: a pooler may know other passwords.
func (r *role) tryLogin(ctx context.Context) error {
	conf := r.owner.Copy()
	conf.User, conf.Password, conf.ConnectTimeout = r.name, r.password, 10*time.Second
	conn, err := pgx.ConnectConfig(ctx, conf)
	if err == nil {
		closeSoon(ctx, conn)
	}
	return err
}

// grants are the rights of the application, each as a query of those that are lacking and a statement to give one. What the
// migrations note about themselves may be read alone.
var grants = []struct{ lacking, give string }{
	{`select current_database() where not has_database_privilege($1, current_database(), 'connect')`, "grant connect on database %I to %I"},
	{`select 'public' where not has_schema_privilege($1, 'public', 'usage')`, "grant usage on schema %I to %I"},
	{`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and pg_has_role(relowner, 'usage')
		and not has_table_privilege($1, oid, 'select') order by relname`, "grant select on public.%I to %I"},
	{`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and pg_has_role(relowner, 'usage') and relname <> 'goose_db_version'
		and not (has_table_privilege($1, oid, 'insert') and has_table_privilege($1, oid, 'update') and has_table_privilege($1, oid, 'delete')) order by relname`,
		"grant insert, update, delete on public.%I to %I"},
	{`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' and pg_has_role(relowner, 'usage')
		and not (has_sequence_privilege($1, oid, 'usage') and has_sequence_privilege($1, oid, 'select')) order by relname`, "grant usage, select on sequence public.%I to %I"},
}

// later gives the same rights to what the owner will make: a release that runs while the next one migrates must not be shut out.
var later = []string{
	"alter default privileges in schema public grant select, insert, update, delete on tables to %I",
	"alter default privileges in schema public grant usage, select on sequences to %I",
}

func (r *role) grant(ctx context.Context, tx pgx.Tx) error {
	// Two that grant at once would fail with "tuple concurrently updated".
	if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(hashtextextended('rentora.role', 0))"); err != nil {
		return err
	}
	for _, one := range grants {
		rows, err := tx.Query(ctx, one.lacking, r.name)
		if err != nil {
			return err
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := run(ctx, tx, one.give, name, r.name); err != nil {
				return fmt.Errorf("postgres: %s: %w", strings.ReplaceAll(one.give, "%I", name), err)
			}
			r.Granted++
		}
	}
	for _, one := range later {
		if err := run(ctx, tx, one, r.name); err != nil {
			return err
		}
	}
	return nil
}

// run has the server put the arguments, quoted, into a statement that takes no parameters, and executes it.
func run(ctx context.Context, db Database, format string, args ...string) error {
	var statement string
	if err := db.QueryRow(ctx, "select format($1, variadic $2::text[])", format, args).Scan(&statement); err != nil {
		return err
	}
	_, err := db.Exec(ctx, statement)
	return err
}
