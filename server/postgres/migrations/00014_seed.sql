-- What `rentora seed` has finished, so that an interrupted one goes on where it was. Empty where nobody seeds.

-- +goose Up
create table seed_runs (
    one         boolean primary key default true check (one), -- a database is seeded once
    number      bigint      not null, -- the seed number, as a signed one
    listings    int         not null check (listings > 0),
    began_at    timestamptz not null, -- all dates of the content are counted from here
    finished_at timestamptz
);

-- Written in the transaction that writes the batch.
create table seed_batches (
    step    text        not null,
    first   int         not null, -- index of the batch's first row
    ref     uuid,                 -- what was made, where one thing was
    done_at timestamptz not null default now(),
    primary key (step, first)
);

-- +goose Down
drop table seed_batches, seed_runs;
