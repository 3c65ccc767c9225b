#!/bin/sh
# Gives the log its identity at the first start. A log that has one keeps it: the Secret may have been made anew since.
set -eu

log=${LOG:?} secret=${SECRET:?}

mkdir -p "$log"
if [ ! -s "$log/meta.properties" ]; then
    id=$(tr -d '\r\n' <"$secret/cluster-id")
    [ -n "$id" ] || { echo "prepare: the Secret has no cluster-id." >&2; exit 1; }
    # The file gets its name when it is whole.
    printf 'version=1\ncluster.id=%s\nnode.id=1\n' "$id" >"$log/.meta.properties.new"
    mv "$log/.meta.properties.new" "$log/meta.properties"
    echo "prepare: the log is the cluster $id."
fi
