-- What a seed would have written, plainer: for tests, which start with nothing. explain.rows is how many of each.
insert into users (id, email, name, role, status, email_verified_at)
select pg_temp.nth('a0', n), 'somebody-' || n || '@example.test', 'Somebody ' || n,
    case when n % 1000 = 0 then 'admin' when n % 8 = 0 then 'host' else 'guest' end, case when n % 500 = 7 then 'locked' else 'active' end, now()
from generate_series(1, current_setting('explain.rows')::int) n;

insert into uploads (id, owner_id, content_type, size_bytes, object_key, status, created_at, updated_at)
select pg_temp.nth('a1', n), pg_temp.nth('a0', n / 8 * 8 + 1), 'image/jpeg', 1000, 'originals/' || n,
    case when n % 100 = 3 then 'pending' when n % 500 = 4 then 'processing' else 'ready' end, now() - interval '3 days', now() - interval '3 days'
from generate_series(1, current_setting('explain.rows')::int - 8) n;

insert into listings (id, host_id, status, title, property_type, room_type, max_guests, bedrooms, beds, bathrooms, city, country_code,
    lat, lng, public_lat, public_lng, timezone, submitted_at, approved_at)
select pg_temp.nth('a2', n), pg_temp.nth('a0', n / 8 * 8 + 1), case when n % 50 = 1 then 'pending' when n % 50 = 2 then 'draft' else 'live' end,
    'Home ' || n, 'house', 'entire_place', 4, 2, 2, 1, 'Town ' || n % 90, (array['DE', 'FR', 'IT', 'US'])[1 + n % 4], n % 60, n % 170, n % 60, n % 170,
    'Etc/GMT-' || n * 13 / current_setting('explain.rows')::int, now() - n * interval '1 minute', now() - interval '90 days'
from generate_series(1, current_setting('explain.rows')::int - 8) n;

insert into listing_photos (listing_id, upload_id, position)
select pg_temp.nth('a2', n), pg_temp.nth('a1', n), 0 from generate_series(1, current_setting('explain.rows')::int - 8) n
where n % 100 <> 3 and n % 500 <> 4;

insert into listing_prices (listing_id, currency, nightly_minor) select id, 'EUR', 9000 from listings;
insert into availability_rules (listing_id) select id from listings;

insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, currency, total_minor, lines, cancellation_policy,
    timezone, check_in_from, expires_at, created_at)
select pg_temp.nth('a3', n), lpad(to_hex(n), 8, '0'), l.id, l.host_id, pg_temp.nth('a0', 1 + n % (current_setting('explain.rows')::int / 20)),
    current_date + n % 10 * 7, current_date + n % 10 * 7 + 3, 2, case when n % 100 = 11 then 'PENDING' when n % 7 = 0 then 'CANCELLED_BY_GUEST' else 'CONFIRMED' end,
    'EUR', 27000, '[]', 'moderate', l.timezone, '15:00', now() + n * interval '1 minute', now() - interval '5 days'
from generate_series(1, current_setting('explain.rows')::int) n join listings l on l.id = pg_temp.nth('a2', 1 + n / 10);

insert into occupancies (id, listing_id, during, kind, ref_id)
select pg_temp.nth('a4', row_number() over (order by id)), listing_id, daterange(check_in, check_out), 'booking', id from bookings where status in ('PENDING', 'CONFIRMED');

insert into booking_events (booking_id, to_status, actor_role) select id, status, 'guest' from bookings;
