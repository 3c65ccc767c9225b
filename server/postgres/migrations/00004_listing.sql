-- +goose Up
create table listings (
    id                  uuid primary key,
    host_id             uuid        not null references users,
    status              text        not null default 'draft'
                        check (status in ('draft', 'pending', 'rejected', 'live', 'paused', 'archived')),
    version             bigint      not null default 1,
    title               text        not null check (length(title) between 1 and 100),
    description         text        not null default '' check (length(description) <= 5000),
    property_type       text        not null,
    room_type           text        not null,
    max_guests          int         not null check (max_guests between 1 and 50),
    bedrooms            int         not null check (bedrooms between 0 and 50),
    beds                int         not null check (beds between 0 and 100),
    bathrooms           float8      not null check (bathrooms between 0 and 50 and bathrooms * 2 = floor(bathrooms * 2)),
    amenities           text[]      not null default '{}',
    house_rules         text        not null default '' check (length(house_rules) <= 2000),
    address_line        text        not null default '' check (length(address_line) <= 200), -- private until booked
    city                text        not null check (length(city) between 1 and 100),
    region              text        not null default '' check (length(region) <= 100),
    postal_code         text        not null default '' check (length(postal_code) <= 20),
    country_code        text        not null check (country_code ~ '^[A-Z]{2}$'),
    lat                 float8      not null check (lat between -90 and 90),    -- exact: private until booked
    lng                 float8      not null check (lng between -180 and 180),
    public_lat          float8      not null,                                   -- fuzzed once, stable
    public_lng          float8      not null,
    timezone            text        not null,                                   -- IANA zone of the exact point
    check_in_from       text        not null default '15:00' check (check_in_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    check_out_until     text        not null default '11:00' check (check_out_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    cancellation_policy text        not null default 'moderate' check (cancellation_policy in ('flexible', 'moderate', 'strict')),
    booking_mode        text        not null default 'request' check (booking_mode in ('instant', 'request')),
    submitted_at        timestamptz,
    approved_at         timestamptz,
    reviewed_by         uuid references users,
    rejection_reason    text        not null default '',
    rejection_notes     jsonb       not null default '[]', -- [{field, note}]
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now()
);
create index listings_host on listings (host_id, id desc);
create index listings_zone on listings (timezone, id) where approved_at is not null;
create index listings_status on listings (status); -- counted by the scheduler: a hundredth of the table's pages
create index listings_pending on listings (submitted_at, id) where status = 'pending';

create table listing_photos (
    listing_id uuid not null references listings on delete cascade,
    upload_id  uuid not null references uploads,
    position   int  not null check (position between 0 and 49),
    caption    text not null default '' check (length(caption) <= 200),
    alt_text   text not null default '' check (length(alt_text) <= 300),
    primary key (listing_id, upload_id),
    unique (listing_id, position) deferrable initially deferred
);
create index listing_photos_upload on listing_photos (upload_id);

-- +goose Down
drop table listing_photos, listings;
