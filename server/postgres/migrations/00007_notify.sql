-- +goose Up
-- One row per mail that is owed, keyed by what it is about: sending twice needs two keys.
create table mails (
    key        text primary key check (length(key) <= 200), -- booking_requested:<booking id>:<recipient id>
    template   text        not null,
    user_id    uuid        not null references users on delete cascade,
    message_id text        not null,
    status     text        not null default 'due' check (status in ('due', 'sent', 'failed', 'dropped')), -- dropped: it was no longer true
    attempts   int         not null default 0,
    last_error text        not null default '',
    created_at timestamptz not null default now(),
    claimed_until timestamptz, -- somebody is sending it; after that moment whoever was has died
    sent_at    timestamptz
);
create index mails_due on mails (created_at) where status = 'due';
create index mails_done on mails (coalesce(sent_at, created_at)) where status <> 'due';

-- +goose Down
drop table mails;
