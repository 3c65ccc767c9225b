-- name: Hold :one
-- Takes the key's lock for the transaction. The lock is tried, not waited for.
select pg_try_advisory_xact_lock(hashtextextended(sqlc.arg(lock_name)::text, 0))::bool as held;

-- name: Find :one
-- Looks for the first answer. A statement of its own: its snapshot is younger than the lock, so that it sees what the
-- lock's last holder committed.
select operation, request_hash, result from idempotency_keys
where account_id = sqlc.arg(account_id) and key = sqlc.arg(key);

-- name: Save :exec
insert into idempotency_keys (account_id, key, operation, request_hash, result)
values (sqlc.arg(account_id), sqlc.arg(key), sqlc.arg(operation), sqlc.arg(request_hash), sqlc.arg(result));

-- name: Sweep :execrows
delete from idempotency_keys where (account_id, key) in
    (select i.account_id, i.key from idempotency_keys i where i.created_at < sqlc.arg(before)::timestamptz order by i.created_at limit sqlc.arg(n));
