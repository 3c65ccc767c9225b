-- name: Begin :one
-- Takes the key's lock for the transaction and looks for the first answer. The lock is tried, not waited for.
with lock as materialized (select pg_try_advisory_xact_lock(hashtextextended(sqlc.arg(lock_name)::text, 0)) as held)
select lock.held::bool as held, k.operation, k.request_hash, k.result
from lock left join idempotency_keys k on k.account_id = sqlc.arg(account_id) and k.key = sqlc.arg(key);

-- name: Save :exec
insert into idempotency_keys (account_id, key, operation, request_hash, result)
values (sqlc.arg(account_id), sqlc.arg(key), sqlc.arg(operation), sqlc.arg(request_hash), sqlc.arg(result));
