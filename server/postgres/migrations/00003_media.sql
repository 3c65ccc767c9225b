-- +goose Up
create table uploads (
    id             uuid primary key,
    owner_id       uuid        not null references users on delete cascade,
    content_type   text        not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
    size_bytes     bigint      not null check (size_bytes between 1 and 26214400),
    object_key     text        not null, -- of the private original; adopted copies share it
    status         text        not null default 'pending' check (status in ('pending', 'processing', 'ready', 'failed')),
    failure_code   text        not null default '',
    failure_reason text        not null default '',
    width          int,                          -- of the upright image, pixels
    height         int,
    blurhash       text        not null default '',
    variants       jsonb       not null default '[]', -- [{name, format, width, height, bytes, key}]
    version        bigint      not null default 1,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now()
);
create index uploads_owner on uploads (owner_id, id desc);
create index uploads_processing on uploads (updated_at) where status = 'processing';
create index uploads_pending on uploads (created_at) where status = 'pending';
create index uploads_object on uploads (object_key);

-- How far the walk over the objects of a bucket has come, so that a restart does not begin it anew.
create table object_walks (
    bucket text primary key,
    after  text not null -- the last object that was looked at; empty: the walk begins
);

-- +goose Down
drop table object_walks;
drop table uploads;
