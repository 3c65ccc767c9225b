-- name: BeginRun :execrows
-- Nothing when this database has a run already.
insert into seed_runs (number, listings, began_at) values (@number, @listings, @began_at) on conflict do nothing;

-- name: Inhabited :one
select exists (select from users)::bool as inhabited;

-- name: Run :one
select number, listings, began_at, finished_at from seed_runs;

-- name: FinishRun :exec
update seed_runs set finished_at = @at::timestamptz where finished_at is null;

-- name: Batches :many
select first, ref from seed_batches where step = @step order by first;

-- name: Claim :execrows
-- Nothing when the batch is done; while another process writes it, waits for the outcome.
insert into seed_batches (step, first) values (@step, @first) on conflict do nothing;

-- name: Note :exec
insert into seed_batches (step, first, ref) values (@step, @first, @ref)
on conflict (step, first) do update set ref = excluded.ref;
