-- The statement of a booking (server/booking/queries.sql, Place) with the values of a request without an idempotency key.
-- Client and turn give the slot, and the slot gives listing and night, so that no two transactions want the same one.
\set slot :base + :client_id + :n * :clients
\set n :n + 1
\set home :slot % :stays
\set night 1 + :slot / :stays
\set guest :accounts / 2 + :client_id % (:accounts / 2)
with claim as (
    select pg_try_advisory_xact_lock(hashtextextended('', 0)) as held where ''::text <> ''
), stay as (
    insert into occupancies (id, listing_id, during, kind, ref_id, created_at)
    select uuidv7(), l.id, daterange(current_date + :night::int, current_date + :night::int + 1), 'booking', uuidv7(), now()
    from listings l
    where l.id = ('b0000000-0000-7000-8000-' || lpad(to_hex(:home::int), 12, '0'))::uuid and l.status = 'live'
        and l.host_id = 'c0000000-0000-7000-8000-000000000000'
        and (''::text = '' or (select held from claim)
            and not exists (select from idempotency_keys k where k.account_id = l.host_id and k.key = ''::text))
    on conflict do nothing
    returning ref_id, listing_id
), booked as (
    insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, message, currency, total_minor, lines,
        cancellation_policy, timezone, check_in_from, expires_at, decided_at, created_at, updated_at)
    select stay.ref_id, lpad(to_hex(:slot::int), 8, '0'), stay.listing_id, 'c0000000-0000-7000-8000-000000000000'::uuid,
        ('a0000000-0000-7000-8000-' || lpad(to_hex(:guest::int), 12, '0'))::uuid, current_date + :night::int, current_date + :night::int + 1, 1,
        'CONFIRMED', '', 'EUR', 12345,
        '[{"kind": "nights", "label": "1 night", "quantity": 1, "unit_minor": 9345, "amount_minor": 9345}, {"kind": "cleaning", "label": "Cleaning fee", "quantity": 1, "unit_minor": 3000, "amount_minor": 3000}]'::jsonb,
        'moderate', 'UTC', '15:00', null, now(), now(), now()
    from stay
    returning id, listing_id, host_id, guest_id
), history as (
    insert into booking_events (booking_id, to_status, actor_id, actor_role, at)
    select booked.id, 'CONFIRMED', booked.guest_id, 'guest', now() from booked
), told as (
    insert into outbox (event_id, topic, key, type, payload, request_id)
    select uuidv7(), 'bookings', booked.listing_id::text, 'bookings.confirmed',
        '{"booking_id": "019f0000-0000-7000-8000-000000000000", "listing_id": "019f0000-0000-7000-8000-000000000000", "host_id": "019f0000-0000-7000-8000-000000000000", "guest_id": "019f0000-0000-7000-8000-000000000000", "check_in": "2026-01-01", "check_out": "2026-01-02", "version": 1, "instant": true}'::jsonb,
        '0f8fad5b-d9cb-469f-a165-70867728950e' from booked
), remembered as (
    insert into idempotency_keys (account_id, key, operation, request_hash, result)
    select booked.guest_id, ''::text, 'createBooking', ''::bytea, to_jsonb(booked.id) from booked where ''::text <> ''
)
select l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name
from booked join listings l on l.id = booked.listing_id join users h on h.id = booked.host_id join users g on g.id = booked.guest_id;
