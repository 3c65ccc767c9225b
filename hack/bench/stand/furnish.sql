-- Listings, guests and bookings of the benchmark, made of the seeded ones. Run again, it finds its rows and adds nothing.
insert into users (id, email, name, password_hash, role, email_verified_at)
select 'c0000000-0000-7000-8000-000000000000', 'bench-host@example.test', 'Bench host', password_hash, 'host', now()
from users where email = 'host-0001@example.test'
on conflict do nothing;

insert into users (id, email, name, password_hash, role, email_verified_at)
select ('a0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'bench-' || n || '@example.test', 'Bench guest ' || n, g.password_hash, 'guest', now()
from generate_series(0, current_setting('bench.accounts')::int - 1) n, users g where g.email = 'guest-0001@example.test'
on conflict do nothing;

create temp table origin as
select l.id, row_number() over (order by l.id) - 1 as n from listings l
where l.status = 'live' and l.id not in (select id from listings where host_id = 'c0000000-0000-7000-8000-000000000000');

create temp table twin as
select o.id as origin, ('b0000000-0000-7000-8000-' || lpad(to_hex(n.n), 12, '0'))::uuid as id
from generate_series(0, current_setting('bench.stays')::int - 1) n(n)
join origin o on o.n = n.n % (select count(*) from origin);

insert into listings (id, host_id, status, title, description, property_type, room_type, max_guests, bedrooms, beds, bathrooms, amenities,
    house_rules, address_line, city, region, postal_code, country_code, lat, lng, public_lat, public_lng, timezone, check_in_from,
    check_out_until, cancellation_policy, booking_mode, submitted_at, approved_at, created_at, updated_at)
select t.id, 'c0000000-0000-7000-8000-000000000000', 'live', l.title, l.description, l.property_type, l.room_type, l.max_guests, l.bedrooms,
    l.beds, l.bathrooms, l.amenities, l.house_rules, l.address_line, l.city, l.region, l.postal_code, l.country_code, l.lat, l.lng,
    l.public_lat, l.public_lng, 'UTC', l.check_in_from, l.check_out_until, l.cancellation_policy, 'instant', l.submitted_at, l.approved_at,
    l.created_at, l.updated_at
from twin t join listings l on l.id = t.origin
on conflict do nothing;

insert into listing_photos (listing_id, upload_id, position, caption, alt_text)
select t.id, p.upload_id, p.position, p.caption, p.alt_text from twin t join listing_photos p on p.listing_id = t.origin
where not exists (select from listing_photos q where q.listing_id = t.id);

insert into listing_prices (listing_id, currency, nightly_minor, cleaning_minor, included_guests, extra_guest_minor, tax_bps)
select t.id, p.currency, p.nightly_minor, p.cleaning_minor, p.included_guests, p.extra_guest_minor, p.tax_bps
from twin t join listing_prices p on p.listing_id = t.origin
on conflict do nothing;

insert into availability_rules (listing_id, min_nights, max_nights, advance_notice_days, horizon_days)
select t.id, 1, 30, 0, 365 from twin t
on conflict do nothing;

insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, currency, total_minor, lines,
    cancellation_policy, timezone, check_in_from, decided_at)
select ('d0000000-0000-7000-8000-' || lpad(to_hex(g * 1000 + b), 12, '0'))::uuid, 'P' || lpad(to_hex(g * 1000 + b), 7, '0'), l.id, l.host_id,
    ('a0000000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, current_date - 7 * b - 2, current_date - 7 * b, 1, 'CONFIRMED',
    p.currency, p.nightly_minor * 2,
    jsonb_build_array(jsonb_build_object('kind', 'nights', 'label', '2 nights', 'quantity', 2, 'unit_minor', p.nightly_minor, 'amount_minor', p.nightly_minor * 2)),
    l.cancellation_policy, l.timezone, l.check_in_from, now()
from generate_series(0, current_setting('bench.accounts')::int - 1) g, generate_series(1, current_setting('bench.past')::int) b
join lateral (select ('b0000000-0000-7000-8000-' || lpad(to_hex((b * 37) % current_setting('bench.stays')::int), 12, '0'))::uuid as id) n on true
join listings l on l.id = n.id join listing_prices p on p.listing_id = l.id
on conflict do nothing;

drop table origin, twin;
analyze;
