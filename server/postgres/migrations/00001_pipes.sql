-- The tables of the pipes: outbox and inbox (events), idempotency keys, audit log.

-- +goose Up
create extension if not exists btree_gist;
create extension if not exists citext;

-- Written in the caller's transaction, published by the relay in the order of id. "Not yet published" is the only cursor:
-- a transaction that commits late must not be overtaken for ever by one with a higher id.
create table outbox (
    id           bigint generated always as identity primary key,
    event_id     uuid        not null,
    topic        text        not null,
    key          text        not null,
    type         text        not null,
    payload      jsonb       not null,
    request_id   text        not null default '',
    traceparent  text        not null default '', -- W3C Trace Context of what appended it; empty: not traced
    created_at   timestamptz not null default now(),
    published_at timestamptz
);
create index outbox_unpublished on outbox (id) where published_at is null;
create index outbox_published on outbox (published_at) where published_at is not null;

-- One row per consumer group and event that it has handled: what makes a second delivery harmless.
create table inbox (
    consumer   text        not null,
    event_id   uuid        not null,
    handled_at timestamptz not null default now(),
    primary key (consumer, event_id)
);
create index inbox_handled_at on inbox (handled_at);

-- Events that a handler refused for good, kept for an admin to look at, to retry or to discard.
create table dead_letters (
    id          uuid primary key,
    consumer    text        not null,
    event_id    uuid        not null,
    topic       text        not null, -- the main one
    key         text        not null,
    type        text        not null,
    payload     jsonb       not null,
    request_id  text        not null default '',
    occurred_at timestamptz not null,
    error       text        not null,
    attempts    int         not null,
    retriable   boolean     not null, -- false: what was kept is not the event
    status      text        not null default 'open' check (status in ('open', 'retried', 'discarded')),
    reason      text        not null default '' check (length(reason) <= 500), -- of the discarding
    resolved_by uuid,
    resolved_at timestamptz,
    created_at  timestamptz not null default now(),
    unique (consumer, event_id),
    check ((status = 'open') = (resolved_at is null))
);
create index dead_letters_status on dead_letters (status, id desc);
create index dead_letters_consumer on dead_letters (consumer, id desc);
create index dead_letters_type on dead_letters (type, id desc);
create index dead_letters_resolved on dead_letters (resolved_at) where status <> 'open';

-- The first answer to a request that creates something, written in that request's own transaction.
create table idempotency_keys (
    account_id   uuid        not null,
    key          text        not null check (length(key) between 1 and 255),
    operation    text        not null,
    request_hash bytea       not null check (octet_length(request_hash) = 32),
    result       jsonb       not null,
    created_at   timestamptz not null default now(),
    primary key (account_id, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);

create table audit_log (
    id          uuid primary key,
    at          timestamptz not null default now(),
    actor_id    uuid,
    actor_role  text        not null,
    action      text        not null,
    target_type text        not null,
    target_id   uuid,
    diff        jsonb       not null default '{}',
    address     inet,
    request_id  text        not null default ''
);
create index audit_log_target on audit_log (target_type, target_id, id desc);
create index audit_log_actor on audit_log (actor_id, id desc);

-- +goose StatementBegin
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit_log is append-only';
end $$;
-- +goose StatementEnd
create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function refuse_audit_change();

-- +goose Down
drop table audit_log, idempotency_keys, dead_letters, inbox, outbox;
drop function refuse_audit_change;
