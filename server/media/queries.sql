-- name: CountPending :one
select count(*) from uploads where owner_id = sqlc.arg(owner_id) and status = 'pending' and created_at > sqlc.arg(created_at);

-- name: InsertUpload :exec
insert into uploads (id, owner_id, content_type, size_bytes, object_key, created_at, updated_at)
values (sqlc.arg(id), sqlc.arg(owner_id), sqlc.arg(content_type), sqlc.arg(size_bytes), sqlc.arg(object_key), sqlc.arg(now), sqlc.arg(now));

-- name: GetUpload :one
select * from uploads where id = sqlc.arg(id);

-- name: StartProcessing :one
update uploads set status = 'processing', version = version + 1, updated_at = sqlc.arg(now)
where id = sqlc.arg(id) and status = 'pending'
returning *;

-- name: FinishReady :execrows
update uploads set status = 'ready', width = sqlc.arg(width)::int, height = sqlc.arg(height)::int, blurhash = sqlc.arg(blurhash),
    variants = sqlc.arg(variants), version = version + 1, updated_at = sqlc.arg(now)
where id = sqlc.arg(id) and status = 'processing';

-- name: FinishFailed :execrows
update uploads set status = 'failed', failure_code = sqlc.arg(code), failure_reason = sqlc.arg(reason), version = version + 1,
    updated_at = sqlc.arg(now)
where id = sqlc.arg(id) and status = 'processing';

-- name: AdoptUploads :execrows
-- Copies of ready uploads for other owners; they share its objects. A copy that is there stays as it is.
insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, width, height, blurhash, variants, created_at, updated_at)
select new.id, new.owner_id, u.content_type, u.size_bytes, u.object_key, u.status, u.width, u.height, u.blurhash, u.variants,
    sqlc.arg(now)::timestamptz, sqlc.arg(now)::timestamptz
from (select unnest(sqlc.arg(ids)::uuid[]) as id, unnest(sqlc.arg(owner_ids)::uuid[]) as owner_id, unnest(sqlc.arg(source_ids)::uuid[]) as source_id) new
join uploads u on u.id = new.source_id and u.status = 'ready'
on conflict (id) do nothing;

-- name: NoteTry :exec
-- The first try counts: an image that kills its worker is tried again and again.
update uploads set tried_at = coalesce(tried_at, sqlc.arg(now)::timestamptz) where id = sqlc.arg(id) and status = 'processing';

-- name: ForgetTry :exec
update uploads set tried_at = null where id = sqlc.arg(id) and status = 'processing';

-- name: FailStuck :many
-- Fails uploads that were first tried before a moment: whoever worked on them died of it, or gave up.
with stuck as materialized (
    select u.id from uploads u where u.status = 'processing' and u.tried_at < sqlc.arg(before)::timestamptz
    order by u.tried_at limit sqlc.arg(n) for update skip locked
)
update uploads set status = 'failed', failure_code = sqlc.arg(code), failure_reason = sqlc.arg(reason), version = version + 1,
    updated_at = sqlc.arg(now)
where id in (select id from stuck) and status = 'processing'
returning id;

-- name: SweepPending :execrows
-- Uploads whose file never came, or whose owner never said so. What did come is an orphan then.
delete from uploads where id in (select u.id from uploads u where u.status = 'pending' and u.created_at < sqlc.arg(before)::timestamptz
    order by u.created_at limit sqlc.arg(n)) and status = 'pending';

-- name: NeededObjects :many
-- Which of these originals some upload still needs, itself or for what was made of it; adopted copies carry the same key.
-- One is enough to know: there may be thousands of copies.
select k.object_key::text as object_key from unnest(sqlc.arg(keys)::text[]) as k(object_key)
where exists (select from uploads u where u.object_key = k.object_key and u.status <> 'failed');

-- name: WalkedTo :one
-- Empty where no walk has begun.
select coalesce((select w.after from object_walks w where w.bucket = sqlc.arg(bucket)), '')::text as after;

-- name: WalkOn :exec
insert into object_walks (bucket, after) values (sqlc.arg(bucket), sqlc.arg(after))
on conflict (bucket) do update set after = excluded.after;
