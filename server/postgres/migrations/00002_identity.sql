-- +goose Up
create table users (
    id                uuid primary key,
    email             citext      not null unique check (length(email) between 3 and 254),
    name              text        not null check (length(name) between 1 and 100),
    password_hash     text        not null default '', -- empty until the owner of an invitation sets one: no log-in
    role              text        not null check (role in ('guest', 'host', 'support', 'admin')),
    status            text        not null default 'active' check (status in ('active', 'locked')),
    email_verified_at timestamptz,
    version           bigint      not null default 1,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now()
);
create index users_role on users (role, id);
create index users_locked on users (id) where status = 'locked';
-- For admins who look for an account by how it begins.
create index users_email_prefix on users (lower(email::text) text_pattern_ops);
create index users_name_prefix on users (lower(name) text_pattern_ops);

-- The record of sessions; Redis holds a copy that every request checks.
create table sessions (
    id           uuid primary key,
    user_id      uuid        not null references users on delete cascade,
    user_agent   text        not null default '',
    address      inet,
    created_at   timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz
);
create index sessions_user on sessions (user_id, address);
create index sessions_expires_at on sessions (expires_at);

-- Every refresh token of a session by its hash. Spent ones stay until they expire, so that a second use is noticed.
create table refresh_tokens (
    hash       bytea primary key check (octet_length(hash) = 32),
    session_id uuid        not null references sessions on delete cascade,
    issued_at  timestamptz not null default now(),
    expires_at timestamptz not null,
    spent_at   timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);
create index refresh_tokens_expires_at on refresh_tokens (expires_at);

-- One-time links are minted when their mail is sent; only the hash is kept.
create table one_time_links (
    hash       bytea primary key check (octet_length(hash) = 32),
    user_id    uuid        not null references users on delete cascade,
    purpose    text        not null check (purpose in ('verify_email', 'reset_password', 'invitation')),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index one_time_links_user on one_time_links (user_id, purpose);
create index one_time_links_expires_at on one_time_links (expires_at);

-- +goose Down
drop table one_time_links, refresh_tokens, sessions, users;
