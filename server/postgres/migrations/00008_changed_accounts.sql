-- +goose Up
-- Accounts whose sessions changed while Redis could not be told: every process reads their sessions from the record until
-- the copies from before the change are dead. Empty while Redis is well.
create table changed_accounts (
    user_id uuid primary key, -- no reference: a row outlives its account harmlessly, and is written before the account is looked at
    until   timestamptz not null
);
create index changed_accounts_until on changed_accounts (until);

-- +goose Down
drop table changed_accounts;
