-- +goose Up
create table listing_prices (
    listing_id        uuid primary key references listings on delete cascade,
    currency          text        not null check (currency ~ '^[A-Z]{3}$'),
    nightly_minor     bigint      not null check (nightly_minor between 1 and 10000000000),
    cleaning_minor    bigint      not null default 0 check (cleaning_minor between 0 and 10000000000),
    included_guests   int         not null default 1 check (included_guests between 1 and 50),
    extra_guest_minor bigint      not null default 0 check (extra_guest_minor between 0 and 10000000000), -- per guest and night
    tax_bps           int         not null default 0 check (tax_bps between 0 and 5000),
    version           bigint      not null default 1,
    updated_at        timestamptz not null default now()
);

create table availability_rules (
    listing_id          uuid primary key references listings on delete cascade,
    min_nights          int         not null default 1 check (min_nights between 1 and 63),
    max_nights          int         not null default 30 check (max_nights between 1 and 499),
    advance_notice_days int         not null default 0 check (advance_notice_days between 0 and 90),
    horizon_days        int         not null default 365 check (horizon_days between 1 and 730),
    version             bigint      not null default 1,
    updated_at          timestamptz not null default now(),
    check (min_nights <= max_nights)
);

-- Every night that is taken, whatever takes it, in one table: so that one constraint can forbid the double-booking.
create table occupancies (
    id         uuid primary key,
    listing_id uuid        not null references listings on delete cascade,
    during     daterange   not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
    kind       text        not null check (kind in ('booking', 'block')),
    ref_id     uuid        not null,            -- the booking, or the block itself
    note       text        not null default '' check (length(note) <= 200),
    created_at timestamptz not null default now(),
    constraint occupancies_no_overlap exclude using gist (listing_id with =, during with &&)
);
create index occupancies_ref on occupancies (ref_id);

-- +goose Down
drop table occupancies, availability_rules, listing_prices;
