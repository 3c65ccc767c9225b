#!/bin/sh
# Prepares Postgres before each start of its pod: makes the data folder the first time, then the database, its owner and the
# passwords as the Secret has them now. It may be killed anywhere and run any number of times.
set -eu
umask 077

say() { echo "prepare: $*"; }
stop() { echo "prepare: $*" >&2; exit 1; }

data=${PGDATA:?} config=${CONFIG:?} secrets=${SECRETS:?}

for key in superuser-password owner-password app-password; do
    [ -s "$secrets/$key" ] || stop "the Secret has no $key."
done

# The data folder gets its name when it is whole.
if [ ! -e "$data/PG_VERSION" ]; then
    [ ! -e "$data" ] || rmdir "$data" || stop "$data holds files but no database. Move them away, or restore what is missing."
    say "making the data folder"
    rm -rf "$data.new"
    initdb --pgdata="$data.new" --username=postgres --pwfile="$secrets/superuser-password" \
        --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C \
        --data-checksums --auth=scram-sha-256 >/dev/null
    mv "$data.new" "$data"
fi

here=$(cat "$data/PG_VERSION") program=$(postgres --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
[ "$here" = "$program" ] || stop "the data was written by Postgres $here, and this image has Postgres $program. Give images.postgres the version $here again, or move the data with pg_dump."

# A killed server leaves its number, which in this container belongs to another process or to nobody. That no second pod has the
# volume is seen to by StatefulSet and cluster; the number could not tell.
rm -f "$data/postmaster.pid"

# single runs the SQL of its input as superuser, without a server. Passwords must reach neither the log nor the statistics of
# statements, whatever the configuration says. Statements end with a semicolon and an empty line.
single() {
    postgres --single -D "$data" -j -c config_file="$config/postgresql.conf" -c exit_on_error=on \
        -c log_statement=none -c log_min_duration_statement=-1 -c log_min_error_statement=panic -c log_duration=off \
        -c shared_preload_libraries= -c session_preload_libraries= -c log_checkpoints=off "$1"
}

# quoted writes a password as a literal of SQL.
quoted() { printf "'"; tr -d '\r\n' <"$secrets/$1" | sed "s/'/''/g"; printf "'"; }

say "setting roles and passwords"
there=$(
    {
        for role in superuser owner app; do
            printf 'SET rentora.%s = %s;\n\n' "$role" "$(quoted "$role-password")"
        done
        cat "$config/roles.sql"
    } | single postgres
)

case $there in
*'datname = "rentora"'*) ;;
*)
    say "making the database"
    # Whoever owns the database owns its schema public.
    printf 'CREATE DATABASE rentora OWNER rentora_owner;\n\n' | single postgres >/dev/null
    ;;
esac
say "done"
