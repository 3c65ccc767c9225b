-- Error tracking: one row for all failures of one cause, with the newest of them as a sample. Scrubbed before it is written.

-- +goose Up
create table error_groups (
    id            uuid primary key,
    fingerprint   text        not null unique,
    source        text        not null check (source in ('api', 'worker', 'web')),
    kind          text        not null,
    place         text        not null,
    message       text        not null,
    count         bigint      not null check (count > 0),
    first_seen    timestamptz not null,
    last_seen     timestamptz not null,
    first_release text        not null,
    release       text        not null,
    route         text        not null,
    request_id    text        not null default '',
    trace_id      text        not null default '',
    stack         text        not null default '',
    resolved_at   timestamptz,
    resolved_by   uuid
);
create index error_groups_last_seen on error_groups (last_seen);
create index error_groups_source on error_groups (source, id desc);
create index error_groups_open on error_groups (id desc) where resolved_at is null;

-- +goose Down
drop table error_groups;
