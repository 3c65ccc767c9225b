#!/bin/sh
# Gives the application its user in the object store: one that may do everything in the buckets of the platform and nothing
# elsewhere. It may run any number of times, also when the user's key was changed.
set -eu
umask 077

say() { echo "users: $*"; }

store=${STORE:?} files=${FILES:?} secrets=${SECRETS:?} policy=${POLICY:?}
tries=${TRIES:-60} pause=${PAUSE:-2}
# mc keeps the keys that it is given in this folder, which lives with the pod.
MC_CONFIG_DIR=${MC_CONFIG_DIR:?} MC_QUIET=true MC_DISABLE_PAGER=true
export MC_CONFIG_DIR MC_QUIET MC_DISABLE_PAGER

# line gives one key of the Secret as a line: mc reads keys so, and nobody sees them among its arguments.
line() { tr -d '\r\n' <"$secrets/$1"; echo; }

# again repeats a command that fails while the store starts, and shows what it says at the last try alone.
again() {
    left=$tries
    until "$@" >"$MC_CONFIG_DIR/said" 2>&1; do
        left=$((left - 1))
        if [ "$left" -le 0 ]; then
            cat "$MC_CONFIG_DIR/said" >&2
            echo "users: the object store at $store did not do as asked after $tries tries." >&2
            exit 1
        fi
        sleep "$pause"
    done
}

login() { { line root-user; line root-password; } | mc alias set store "$store" --api s3v4 --path on; }
enter() { { line access-key; line secret-key; } | mc admin user add store; }

say "logging in at $store"
again login
again mc admin info store
say "writing the policy $policy"
again mc admin policy create store "$policy" "$files/policy.json"
say "writing the user"
again enter
again mc admin policy attach store "$policy" --user "$(line access-key)"
say "done"
