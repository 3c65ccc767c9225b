package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/rentora/rentora/server/errs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the files that Migrate runs, in a folder of that name.
func Migrations() fs.FS { return migrations }

// Migrate brings the schema of the database at url up to this release, one migration after the other, and tells
// progress of each. Several at once are safe: a session lock lets one work and the others wait. Running it again changes nothing.
func Migrate(ctx context.Context, url string, progress func(name string, took time.Duration)) error {
	conf, err := pgx.ParseConfig(url)
	if err != nil {
		return errs.E(errs.Invalid, "RENTORA_DATABASE_DIRECT_URL is not a Postgres URL.")
	}
	db := stdlib.OpenDB(*conf)
	defer db.Close()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("postgres: migrations: %w", err)
	}
	for {
		result, err := provider.UpByOne(ctx)
		switch {
		case isDone(err):
			return nil
		case err != nil:
			return fmt.Errorf("postgres: migrate: %w", err)
		}
		progress(result.Source.Path, result.Duration)
	}
}

func isDone(err error) bool { return errors.Is(err, goose.ErrNoNextVersion) }
