-- name: Record :exec
-- Adds occurrences to their group. Seen again after it was resolved, it is open again.
insert into error_groups as g (id, fingerprint, source, kind, place, message, count, first_seen, last_seen, first_release, release, route, request_id, trace_id, stack)
values (@id, @fingerprint, @source, @kind, @place, @message, @count, @first_seen, @last_seen, @release, @release, @route, @request_id, @trace_id, @stack)
on conflict (fingerprint) do update set count = g.count + excluded.count, first_seen = least(g.first_seen, excluded.first_seen),
    last_seen = greatest(g.last_seen, excluded.last_seen), release = excluded.release, route = excluded.route,
    request_id = excluded.request_id, trace_id = excluded.trace_id, stack = excluded.stack,
    resolved_at = case when excluded.last_seen > g.resolved_at then null else g.resolved_at end,
    resolved_by = case when excluded.last_seen > g.resolved_at then null else g.resolved_by end;

-- name: ListBefore :many
-- Replanned: which index is best depends on the filters.
select * from error_groups
where id < @key and (sqlc.narg('source')::text is null or source = sqlc.narg('source'))
  and (sqlc.narg('open')::bool is null or (resolved_at is null) = sqlc.narg('open'))
order by id desc limit @n;

-- name: ListAfter :many
-- Replanned: which index is best depends on the filters.
select * from error_groups
where id > @key and (sqlc.narg('source')::text is null or source = sqlc.narg('source'))
  and (sqlc.narg('open')::bool is null or (resolved_at is null) = sqlc.narg('open'))
order by id limit @n;

-- name: Get :one
select * from error_groups where id = @id;

-- name: Resolve :one
update error_groups set resolved_at = @at, resolved_by = @by where id = @id and resolved_at is null returning *;

-- name: TrimWeb :execrows
-- Browsers may tell anything, so only so many of their groups are kept: what was seen least goes first, and of that what was
-- not seen for longest.
delete from error_groups where id in (
    select w.id from error_groups w where w.source = 'web' order by w.count, w.last_seen
    limit greatest(0, (select count(*) from error_groups c where c.source = 'web') - @most::bigint));

-- name: Sweep :execrows
delete from error_groups where id in (select e.id from error_groups e where e.last_seen < @before order by e.last_seen limit @n);
