-- name: Unpublished :many
-- The oldest rows of a shard that are not yet published. "Not yet published" is the cursor, never "id greater than the
-- last": a transaction that commits late shows rows with lower ids than those that are already out. Keys that cannot be
-- written are passed over, with all that they have.
select id, event_id, topic, key, type, payload, request_id, traceparent, created_at
from outbox
where published_at is null
  and (sqlc.arg(shards)::int = 1 or mod(hashtext(key)::bigint & 2147483647, sqlc.arg(shards)::int) = sqlc.arg(shard)::int)
  and key <> all(sqlc.arg(held)::text[])
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
-- One that is retried and fails again is open again; one that was discarded stays so. The inbox knows it from the same moment
-- on: noted later, after somebody has retried the letter, it would take the retry for a repetition.
with noted as (
    insert into inbox (consumer, event_id) values (sqlc.arg(consumer), sqlc.arg(event_id)) on conflict do nothing
)
insert into dead_letters (id, consumer, event_id, topic, key, type, payload, request_id, occurred_at, error, attempts, retriable)
values (sqlc.arg(id), sqlc.arg(consumer), sqlc.arg(event_id), sqlc.arg(topic), sqlc.arg(key), sqlc.arg(type), sqlc.arg(payload),
        sqlc.arg(request_id), sqlc.arg(occurred_at), sqlc.arg(error), sqlc.arg(attempts), sqlc.arg(retriable))
on conflict (consumer, event_id) do update set status = 'open', resolved_by = null, resolved_at = null,
    topic = excluded.topic, error = excluded.error, attempts = excluded.attempts
    where dead_letters.status <> 'discarded';

-- name: DeadLetters :many
select consumer, count(*) as n from dead_letters where status = 'open' group by consumer;

-- name: LettersBefore :many
-- Replanned: which index is best depends on the filters.
select id, consumer, event_id, topic, key, type, request_id, occurred_at, error, attempts, retriable, status, reason, resolved_by, resolved_at, created_at, null::jsonb as payload
from dead_letters
where id < @key
  and (sqlc.narg('consumer')::text is null or consumer = sqlc.narg('consumer'))
  and (sqlc.narg('type')::text is null or type = sqlc.narg('type'))
  and (sqlc.narg('status')::text is null or status = sqlc.narg('status'))
order by id desc limit @n;

-- name: LettersAfter :many
-- Replanned: which index is best depends on the filters.
select id, consumer, event_id, topic, key, type, request_id, occurred_at, error, attempts, retriable, status, reason, resolved_by, resolved_at, created_at, null::jsonb as payload
from dead_letters
where id > @key
  and (sqlc.narg('consumer')::text is null or consumer = sqlc.narg('consumer'))
  and (sqlc.narg('type')::text is null or type = sqlc.narg('type'))
  and (sqlc.narg('status')::text is null or status = sqlc.narg('status'))
order by id limit @n;

-- name: Letter :one
select id, consumer, event_id, topic, key, type, request_id, occurred_at, error, attempts, retriable, status, reason, resolved_by, resolved_at, created_at, payload
from dead_letters where id = @id;

-- name: RetryLetters :many
-- Sends events again to the group that refused them and to no other, through the outbox. The inbox forgets them: it knows
-- them as dealt with. One that another transaction is dealing with is left to that one.
with chosen as materialized (
    select d.id from dead_letters d
    where d.status = 'open' and d.retriable
      and (sqlc.narg('id')::uuid is null or d.id = sqlc.narg('id'))
      and (sqlc.narg('consumer')::text is null or d.consumer = sqlc.narg('consumer'))
      and (sqlc.narg('type')::text is null or d.type = sqlc.narg('type'))
    order by d.id limit @n for update skip locked
), retried as (
    update dead_letters d set status = 'retried', resolved_by = @by, resolved_at = @now
    from chosen where d.id = chosen.id
    returning d.id, d.consumer, d.event_id, d.key, d.type, d.payload, d.request_id, d.occurred_at
), forgotten as (
    delete from inbox i using retried r where i.consumer = r.consumer and i.event_id = r.event_id
), sent as (
    insert into outbox (event_id, topic, key, type, payload, request_id, created_at)
    select r.event_id, r.consumer || @tier::text, r.key, r.type, r.payload, r.request_id, r.occurred_at from retried r order by r.id
)
select id from retried;

-- name: DiscardLetter :execrows
update dead_letters set status = 'discarded', reason = @reason, resolved_by = @by, resolved_at = @now where id = @id and status = 'open';

-- name: MoreLetters :one
select exists (select from dead_letters d where d.status = 'open' and d.retriable
    and (sqlc.narg('consumer')::text is null or d.consumer = sqlc.narg('consumer'))
    and (sqlc.narg('type')::text is null or d.type = sqlc.narg('type')))::bool as more;

-- name: SweepOutbox :execrows
delete from outbox where id in (select o.id from outbox o where o.published_at < @before::timestamptz order by o.published_at limit @n);

-- name: SweepInbox :execrows
delete from inbox where (consumer, event_id) in
    (select i.consumer, i.event_id from inbox i where i.handled_at < @before::timestamptz order by i.handled_at limit @n);

-- name: SweepLetters :execrows
delete from dead_letters where id in
    (select d.id from dead_letters d where d.status <> 'open' and d.resolved_at < @before::timestamptz order by d.resolved_at limit @n);
