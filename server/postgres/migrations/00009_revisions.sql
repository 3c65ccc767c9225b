-- +goose Up
-- Edits of what guests rely on, of listings that were approved already. The listing's row is the approved version; an
-- edit stands beside it until an admin has looked.
create table listing_revisions (
    id           uuid primary key,
    listing_id   uuid        not null references listings on delete cascade,
    status       text        not null default 'pending' check (status in ('pending', 'approved', 'rejected', 'withdrawn', 'superseded')),
    version      bigint      not null default 1,
    base_version bigint      not null,              -- of the listing when the edit was last written
    fields       jsonb       not null,              -- those that change, as they shall be; photos as [{upload_id, caption, alt_text}]
    submitted_at timestamptz not null,              -- its place in the queue, which later edits keep
    updated_at   timestamptz not null,
    decided_at   timestamptz,
    decided_by   uuid references users,
    reason       text        not null default '',
    notes        jsonb       not null default '[]'  -- [{field, note}]
);
create unique index listing_revisions_open on listing_revisions (listing_id) where status = 'pending';
create index listing_revisions_listing on listing_revisions (listing_id, id desc);
create index listing_revisions_queue on listing_revisions (submitted_at, id) where status = 'pending';

-- Which admins are to be told that something waits for verification, and when they were last.
create table verification_digests (
    user_id uuid primary key references users on delete cascade,
    asked   bigint not null default 1, -- grows with each submission, so that one that comes while a mail is written is not lost
    due_at  timestamptz,
    sent_at timestamptz
);
create index verification_digests_due on verification_digests (due_at) where due_at is not null;

-- +goose Down
drop table verification_digests, listing_revisions;
