-- name: InsertUser :one
-- Gives no row when the address is taken.
insert into users (id, email, name, password_hash, role, email_verified_at, created_at, updated_at)
values (@id, @email::text, @name, @password_hash, @role, sqlc.narg('email_verified_at'), @now, @now)
on conflict (email) do nothing
returning *;

-- name: InsertUsers :exec
insert into users (id, email, name, password_hash, role, email_verified_at, created_at, updated_at)
select t.id, t.email, t.name, @password_hash, t.role, t.at, t.at, t.at
from (select unnest(@ids::uuid[]) as id, unnest(@emails::text[]) as email, unnest(@names::text[]) as name,
             unnest(@roles::text[]) as role, unnest(@ats::timestamptz[]) as at) t;

-- name: UserByEmail :one
select * from users where email = (@email::text)::citext;

-- name: UserByID :one
select * from users where id = @id;

-- name: Admins :many
select id, email, name from users
where role = 'admin' and status = 'active' and email_verified_at is not null
order by id;

-- name: UsersBefore :many
-- Replanned: which index is best depends on the filters.
select * from users
where id < @key
  and (sqlc.narg('prefix')::text is null or lower(email::text) like sqlc.narg('prefix') or lower(name) like sqlc.narg('prefix'))
  and (sqlc.narg('role')::text is null or role = sqlc.narg('role'))
  and (sqlc.narg('status')::text is null or status = sqlc.narg('status'))
order by id desc limit @n;

-- name: UsersAfter :many
-- Replanned: which index is best depends on the filters.
select * from users
where id > @key
  and (sqlc.narg('prefix')::text is null or lower(email::text) like sqlc.narg('prefix') or lower(name) like sqlc.narg('prefix'))
  and (sqlc.narg('role')::text is null or role = sqlc.narg('role'))
  and (sqlc.narg('status')::text is null or status = sqlc.narg('status'))
order by id limit @n;

-- name: HoldActiveAdmins :many
-- Of admins who lock each other at once the second finds out here that he is locked.
select id from users where role = 'admin' and status = 'active' order by id for update;

-- name: HoldUser :one
select * from users where id = @id for update;

-- name: SetStatus :one
update users set status = @status, version = version + 1, updated_at = @now where id = @id
returning *;

-- name: Rename :one
update users set name = @name, version = version + 1, updated_at = @now
where id = @id and version = @version
returning *;

-- name: PromoteToHost :one
update users set role = 'host', version = version + 1, updated_at = @now
where id = @id and role = 'guest'
returning *;

-- name: VerifyEmail :exec
update users set email_verified_at = @now::timestamptz, version = version + 1, updated_at = @now
where id = @id and email_verified_at is null;

-- name: SetPassword :one
update users set password_hash = @password_hash, email_verified_at = coalesce(email_verified_at, @now::timestamptz),
       version = version + 1, updated_at = @now
where id = @id
returning *;

-- name: OpenSession :execrows
-- For who has just proven the password, which takes a while: an account whose password was set or which was locked meanwhile
-- gets none. The lock lets a change that is under way end first, and one that comes later see the session that it must end.
with owner as (
    select u.id from users u where u.id = @user_id and u.password_hash = @password_hash and u.status = 'active' for share
), opened as (
    insert into sessions (id, user_id, user_agent, address, created_at, last_used_at, expires_at)
    select @id::uuid, owner.id, @user_agent::text, sqlc.narg('address')::inet, @now::timestamptz, @now::timestamptz, @expires_at::timestamptz from owner
    returning id
)
insert into refresh_tokens (hash, session_id, issued_at, expires_at)
select @token_hash::bytea, id, @now::timestamptz, @expires_at::timestamptz from opened;

-- name: SessionOf :one
select s.user_id, s.expires_at, s.revoked_at, u.role, u.status
from sessions s join users u on u.id = s.user_id
where s.id = @id;

-- name: KnownAddress :one
-- Whether the account has signed in from this network before.
select exists (
    select from sessions s join users u on u.id = s.user_id
    where u.email = (@email::text)::citext and s.address <<= @network::cidr
);

-- name: Rotate :one
-- One statement spends a refresh token and puts a fresh one in its place. Of several that come at once with the same token,
-- the row's lock lets the first spend it; the others then see it spent within the grace, and get a fresh one each. The grace is
-- for an answer that was lost: once a token that came of it was used, it was not, and who comes now has stolen this one.
with used as (
    update refresh_tokens t set spent_at = coalesce(t.spent_at, @now::timestamptz)
    from sessions s join users u on u.id = s.user_id
    where t.hash = @hash and t.expires_at > @now
      and (t.spent_at is null or t.spent_at > @spent_after::timestamptz and not exists (
          select from refresh_tokens n
          where n.session_id = t.session_id and n.hash <> t.hash and n.issued_at >= t.spent_at and n.spent_at is not null))
      and s.id = t.session_id and s.revoked_at is null and s.expires_at > @now and u.status = 'active'
    returning t.session_id
), extended as (
    update sessions s set last_used_at = @now, expires_at = @expires_at::timestamptz
    from used where s.id = used.session_id and s.revoked_at is null
    returning s.id, s.user_id
), fresh as (
    insert into refresh_tokens (hash, session_id, issued_at, expires_at)
    select @fresh_hash::bytea, id, @now, @expires_at from extended
)
select extended.id as session_id, sqlc.embed(u) from extended join users u on u.id = extended.user_id;

-- name: SpentToken :one
-- The session of a refresh token that was spent, if that session still lives.
select t.session_id, s.user_id
from refresh_tokens t join sessions s on s.id = t.session_id
where t.hash = @hash and t.spent_at is not null and t.expires_at > @now and s.revoked_at is null and s.expires_at > @now;

-- name: TokenSession :one
-- The session of a refresh token, spent or not, if that session still lives.
select t.session_id, s.user_id
from refresh_tokens t join sessions s on s.id = t.session_id
where t.hash = @hash and t.expires_at > @now and s.revoked_at is null and s.expires_at > @now;

-- name: RevokeSession :execrows
update sessions set revoked_at = @now::timestamptz where id = @id and user_id = @user_id and revoked_at is null;

-- name: RevokeSessions :execrows
update sessions set revoked_at = @now::timestamptz where user_id = @user_id and revoked_at is null;

-- name: SessionsBefore :many
select id, user_agent, address, created_at, last_used_at, expires_at from sessions
where user_id = @user_id and id < @key and revoked_at is null and expires_at > @now
order by id desc limit @n;

-- name: SessionsAfter :many
select id, user_agent, address, created_at, last_used_at, expires_at from sessions
where user_id = @user_id and id > @key and revoked_at is null and expires_at > @now
order by id limit @n;

-- name: LiveSession :one
-- Whether the account has this session, and it lives.
select exists (select from sessions where id = @id and user_id = @user_id and revoked_at is null and expires_at > @now);

-- name: MarkAccount :exec
-- By the clock of the database: those of the processes may differ.
insert into changed_accounts (user_id, until) values (@user_id, clock_timestamp() + make_interval(secs => @seconds::float8))
on conflict (user_id) do update set until = excluded.until;

-- name: ChangedAccounts :many
-- The clock at the statement's beginning: one that runs on within it would forbid the index.
select user_id from changed_accounts where until > statement_timestamp() limit @n;

-- name: DeleteOldMarks :execrows
delete from changed_accounts where user_id in (select user_id from changed_accounts c where c.until < statement_timestamp() order by c.until limit @n);

-- name: InsertLink :exec
insert into one_time_links (hash, user_id, purpose, created_at, expires_at) values (@hash, @user_id, @purpose, @now, @expires_at);

-- name: WriteNothing :exec
-- A record in the log that no table sees: the transaction has to be flushed like one that inserts a row.
select pg_logical_emit_message(true, 'identity', '');

-- name: LinkOwner :one
select user_id from one_time_links
where hash = @hash and purpose = any(@purposes::text[]) and used_at is null and expires_at > @now;

-- name: RedeemLink :one
update one_time_links set used_at = @now::timestamptz
where hash = @hash and purpose = any(@purposes::text[]) and used_at is null and expires_at > @now
returning user_id;

-- name: SpendLinks :exec
update one_time_links set used_at = @now::timestamptz
where user_id = @user_id and purpose = any(@purposes::text[]) and used_at is null;

-- name: DeleteDeadSessions :execrows
delete from sessions where id in (select id from sessions s where s.expires_at < @before order by s.expires_at limit @n);

-- name: DeleteDeadTokens :execrows
delete from refresh_tokens where hash in (select hash from refresh_tokens t where t.expires_at < @before limit @n);

-- name: DeleteDeadLinks :execrows
delete from one_time_links where hash in (select hash from one_time_links l where l.expires_at < @before limit @n);
