-- name: InsertEntry :exec
insert into audit_log (id, at, actor_id, actor_role, action, target_type, target_id, diff, address, request_id)
values (@id, @at, @actor_id, @actor_role, @action, @target_type, @target_id, @diff, @address, @request_id);

-- name: ListBefore :many
-- Replanned: which index is best depends on the filters.
select * from audit_log
where id < @key
  and (sqlc.narg('target_type')::text is null or target_type = sqlc.narg('target_type'))
  and (sqlc.narg('target_id')::uuid is null or target_id = sqlc.narg('target_id'))
  and (sqlc.narg('actor_id')::uuid is null or actor_id = sqlc.narg('actor_id'))
order by id desc limit @n;

-- name: ListAfter :many
-- Replanned: which index is best depends on the filters.
select * from audit_log
where id > @key
  and (sqlc.narg('target_type')::text is null or target_type = sqlc.narg('target_type'))
  and (sqlc.narg('target_id')::uuid is null or target_id = sqlc.narg('target_id'))
  and (sqlc.narg('actor_id')::uuid is null or actor_id = sqlc.narg('actor_id'))
order by id limit @n;
