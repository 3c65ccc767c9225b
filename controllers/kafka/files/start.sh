#!/bin/sh
# Starts the broker in place of this shell, so that it gets the signals. JVM has its memory and what else was chosen for it.
set -eu

jars=${JARS:?} config=${CONFIG:?}

# A pattern gives the names in order; classes recorded in an archive are only found again in the same order.
classpath=
for jar in "$jars"/*.jar; do
    classpath=$classpath:$jar
done

# What JVM holds is several words.
# shellcheck disable=SC2086
exec "${JAVA:?}" ${JVM:-} -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData \
    "-Dlog4j2.configurationFile=file:$config/log4j2.properties" \
    -cp "${classpath#:}" kafka.Kafka "$config/server.properties"
