-- +goose Up
-- The collections of the search index that writers keep like the record: the one that is searched and, during a rebuild,
-- the one that will be. It stands here and not in the search server because a writer must see it before it reads the record.
create table search_collections (
    name    text primary key,
    alias   text        not null, -- what searches ask; one database may serve several
    fields  text        not null, -- hash of the fields, which a writer of another release does not know
    state   text        not null check (state in ('building', 'live')),
    beat_at timestamptz not null default now() -- of the one who builds it: one that has not beaten for long has died
);
create unique index search_collections_state on search_collections (alias, state);

-- +goose Down
drop table search_collections;
