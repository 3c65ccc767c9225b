-- +goose Up
create table bookings (
    id                  uuid primary key,
    code                text        not null unique check (length(code) = 8),
    listing_id          uuid        not null references listings,
    host_id             uuid        not null references users,
    guest_id            uuid        not null references users,
    check_in            date        not null,
    check_out           date        not null,
    guests              int         not null check (guests between 1 and 50),
    status              text        not null check (status in ('PENDING', 'CONFIRMED', 'DECLINED', 'EXPIRED',
                            'CANCELLED_BY_GUEST', 'CANCELLED_BY_HOST', 'CANCELLED_BY_ADMIN', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'AWAITING_PAYMENT')),
    version             bigint      not null default 1,
    message             text        not null default '' check (length(message) <= 2000),
    -- What the guest agreed to, copied from the quote: later edits of the listing do not reach it.
    currency            text        not null check (currency ~ '^[A-Z]{3}$'),
    total_minor         bigint      not null check (total_minor >= 0),
    lines               jsonb       not null, -- [{kind, label, quantity, unit_minor, amount_minor}]
    cancellation_policy text        not null check (cancellation_policy in ('flexible', 'moderate', 'strict')),
    timezone            text        not null,
    check_in_from       text        not null,
    expires_at          timestamptz,          -- of a PENDING one
    decided_at          timestamptz,          -- confirmed or declined
    ended_at            timestamptz,          -- cancelled or expired
    reason              text        not null default '' check (length(reason) <= 500),
    refund_minor        bigint      check (refund_minor between 0 and total_minor),
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    check (check_in < check_out),
    check ((status = 'PENDING') <= (expires_at is not null))
);
create index bookings_guest on bookings (guest_id, id desc);
create index bookings_host on bookings (host_id, id desc);
create index bookings_listing on bookings (listing_id, id desc);
create index bookings_status on bookings (status); -- counted by the scheduler: a fortieth of the table's pages
create index bookings_expiring on bookings (expires_at) where status = 'PENDING';

create table booking_events (
    id          bigint generated always as identity primary key,
    booking_id  uuid        not null references bookings on delete cascade,
    from_status text        not null default '', -- empty at creation
    to_status   text        not null,
    actor_id    uuid,                            -- null: the system
    actor_role  text        not null,            -- as what they acted: guest, host, admin, system
    reason      text        not null default '',
    at          timestamptz not null default now()
);
create index booking_events_booking on booking_events (booking_id, id);

-- +goose Down
drop table booking_events, bookings;
