-- name: Unpublished :many
-- The oldest rows of a shard that are not yet published. "Not yet published" is the cursor, never "id greater than the
-- last": a transaction that commits late shows rows with lower ids than those that are already out.
select id, event_id, topic, key, type, payload, request_id, traceparent, created_at
from outbox
where published_at is null
  and (sqlc.arg(shards)::int = 1 or mod(hashtext(key)::bigint & 2147483647, sqlc.arg(shards)::int) = sqlc.arg(shard)::int)
order by id limit sqlc.arg(n);

-- name: MarkPublished :exec
update outbox set published_at = now() where id = any(sqlc.arg(ids)::bigint[]);

-- name: Backlog :one
select count(*) as unpublished, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest_seconds
from outbox where published_at is null;

-- name: Handled :many
select event_id from inbox where consumer = sqlc.arg(consumer) and event_id = any(sqlc.arg(event_ids)::uuid[]);

-- name: NoteHandled :exec
insert into inbox (consumer, event_id)
select sqlc.arg(consumer), unnest(sqlc.arg(event_ids)::uuid[])
on conflict do nothing;

-- name: Bury :exec
-- One that is retried and fails again is open again; one that was discarded stays so.
insert into dead_letters (id, consumer, event_id, topic, key, type, payload, request_id, occurred_at, error, attempts, retriable)
values (sqlc.arg(id), sqlc.arg(consumer), sqlc.arg(event_id), sqlc.arg(topic), sqlc.arg(key), sqlc.arg(type), sqlc.arg(payload),
        sqlc.arg(request_id), sqlc.arg(occurred_at), sqlc.arg(error), sqlc.arg(attempts), sqlc.arg(retriable))
on conflict (consumer, event_id) do update set status = 'open', resolved_by = null, resolved_at = null,
    topic = excluded.topic, error = excluded.error, attempts = excluded.attempts
    where dead_letters.status <> 'discarded';

-- name: DeadLetters :many
select consumer, count(*) as n from dead_letters where status = 'open' group by consumer;
