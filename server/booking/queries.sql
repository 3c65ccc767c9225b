-- name: Offer :one
-- What a quote needs in one round trip: the listing, its price and rules, and the nights that are taken around the wanted
-- ones. A request that nobody answered in time no longer counts, whether the sweep has reached it or not.
select l.host_id, l.status, l.max_guests, l.timezone, l.check_in_from, l.cancellation_policy, l.booking_mode,
    p.currency, p.nightly_minor, p.cleaning_minor, p.included_guests, p.extra_guest_minor, p.tax_bps, p.version as price_version,
    r.min_nights, r.max_nights, r.advance_notice_days, r.horizon_days, r.version as rules_version,
    array(select o.during from occupancies o
          left join bookings b on o.kind = 'booking' and b.id = o.ref_id and b.status = 'PENDING' and b.expires_at <= @now
          where o.listing_id = l.id and o.during && daterange(@first, @last) and b.id is null)::daterange[] as taken
from listings l
left join listing_prices p on p.listing_id = l.id
left join availability_rules r on r.listing_id = l.id
where l.id = @listing_id;

-- name: Place :one
-- The whole of a booking in one statement, and so in one transaction and one round trip: nights, booking, history, event
-- and the request's key, or, when a night is taken, the listing not live or the key in use, nothing and no row. The listing
-- is read, not locked: the exclusion constraint decides between rivals. The key's lock is younger than the statement's
-- snapshot: a holder who committed in between is met at the nights or at the key's primary key, so nothing is doubled.
with claim as (
    select pg_try_advisory_xact_lock(hashtextextended(@key_lock::text, 0)) as held where @key::text <> ''
), stay as (
    insert into occupancies (id, listing_id, during, kind, ref_id, created_at)
    select @occupancy_id, l.id, daterange(@check_in, @check_out), 'booking', @id, @at
    from listings l where l.id = @listing_id and l.status = 'live' and l.host_id = @host_id
        and (@key::text = '' or (select held from claim)
            and not exists (select from idempotency_keys k where k.account_id = @guest_id::uuid and k.key = @key::text))
    on conflict do nothing
    returning ref_id
), booked as (
    insert into bookings (id, code, listing_id, host_id, guest_id, check_in, check_out, guests, status, message, currency, total_minor, lines,
        cancellation_policy, timezone, check_in_from, expires_at, decided_at, created_at, updated_at)
    select stay.ref_id, @code, @listing_id, @host_id, @guest_id, @check_in, @check_out, @guests, @status, @message, @currency, @total_minor, @lines,
        @cancellation_policy, @timezone, @check_in_from, sqlc.narg('expires_at'), sqlc.narg('decided_at'), @at, @at
    from stay
    returning id, listing_id, host_id, guest_id
), history as (
    insert into booking_events (booking_id, to_status, actor_id, actor_role, at)
    select booked.id, @status, @guest_id::uuid, 'guest', @at from booked
), told as (
    insert into outbox (event_id, topic, key, type, payload, request_id, traceparent)
    select @event_id, @topic, @event_key, @event_type, @payload, @request_id, @traceparent from booked
), remembered as (
    insert into idempotency_keys (account_id, key, operation, request_hash, result)
    select booked.guest_id, @key::text, @operation, @request_hash, to_jsonb(booked.id) from booked where @key::text <> ''
)
select l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name
from booked join listings l on l.id = booked.listing_id join users h on h.id = booked.host_id join users g on g.id = booked.guest_id;

-- name: Move :one
-- A transition: compare and swap on status and version, the history's row, and the nights given back if it frees them.
with moved as (
    update bookings b set status = @to_status, version = b.version + 1, updated_at = @at,
        reason = case when @reason::text = '' then b.reason else @reason::text end,
        decided_at = coalesce(sqlc.narg('decided_at'), b.decided_at), ended_at = coalesce(sqlc.narg('ended_at'), b.ended_at),
        refund_minor = coalesce(sqlc.narg('refund_minor'), b.refund_minor)
    where b.id = @id and b.status = @from_status and b.version = @version
    returning b.id, b.version
), freed as (
    delete from occupancies o using moved m where o.ref_id = m.id and o.kind = 'booking' and @frees::bool
), history as (
    insert into booking_events (booking_id, from_status, to_status, actor_id, actor_role, reason, at)
    select m.id, @from_status, @to_status, @actor_id::uuid, @actor_role, @reason, @at from moved m
)
select version from moved;

-- name: ExpireDue :many
-- Flips what nobody answered in time, oldest first, passing over rows that somebody else is working on.
with due as (
    select p.id from bookings p where p.status = 'PENDING' and p.expires_at <= @now
    order by p.expires_at limit @n for update skip locked
), flipped as (
    update bookings b set status = 'EXPIRED', version = b.version + 1, ended_at = @now, updated_at = @now
    from due where b.id = due.id
    returning b.id, b.listing_id, b.host_id, b.guest_id, b.check_in, b.check_out, b.version
), freed as (
    delete from occupancies o using flipped f where o.ref_id = f.id and o.kind = 'booking'
), history as (
    insert into booking_events (booking_id, from_status, to_status, actor_role, at)
    select f.id, 'PENDING', 'EXPIRED', 'system', @now from flipped f
)
select * from flipped;

-- name: ExpireOverlapping :many
-- The same for one listing's requests that stand in the way of a stay; rows that somebody works on are waited for.
with due as (
    select p.id from bookings p where p.listing_id = @listing_id and p.status = 'PENDING' and p.expires_at <= @now
        and p.check_in < @check_out and p.check_out > @check_in
    order by p.id for update
), flipped as (
    update bookings b set status = 'EXPIRED', version = b.version + 1, ended_at = @now, updated_at = @now
    from due where b.id = due.id
    returning b.id, b.listing_id, b.host_id, b.guest_id, b.check_in, b.check_out, b.version
), freed as (
    delete from occupancies o using flipped f where o.ref_id = f.id and o.kind = 'booking'
), history as (
    insert into booking_events (booking_id, from_status, to_status, actor_role, at)
    select f.id, 'PENDING', 'EXPIRED', 'system', @now from flipped f
)
select * from flipped;

-- name: Get :one
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.id = @id;

-- name: GuestBefore :many
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.guest_id = @actor_id and b.id < @key
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
order by b.id desc limit @n;

-- name: GuestAfter :many
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.guest_id = @actor_id and b.id > @key
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
order by b.id limit @n;

-- name: HostBefore :many
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.host_id = @actor_id and b.id < @key
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
order by b.id desc limit @n;

-- name: HostAfter :many
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.host_id = @actor_id and b.id > @key
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
order by b.id limit @n;

-- name: SelectedBefore :many
-- Replanned: which index is best depends on the filters. Newest first.
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.id < @key
  and (sqlc.narg('guest_id')::uuid is null or b.guest_id = sqlc.narg('guest_id'))
  and (sqlc.narg('host_id')::uuid is null or b.host_id = sqlc.narg('host_id'))
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
  and (sqlc.narg('prefix')::text is null or b.code like sqlc.narg('prefix'))
  and (sqlc.narg('first_in')::date is null or b.check_in >= sqlc.narg('first_in'))
  and (sqlc.narg('last_in')::date is null or b.check_in <= sqlc.narg('last_in'))
  and (sqlc.narg('first_out')::date is null or b.check_out >= sqlc.narg('first_out'))
  and (not @past::bool or not (b.status in ('CONFIRMED', 'CHECKED_IN') and b.check_out >= date_in(@now, b.timezone)
    or b.status in ('PENDING', 'AWAITING_PAYMENT') and b.check_in >= date_in(@now, b.timezone)))
order by b.id desc limit @n;

-- name: SelectedAfter :many
-- Replanned: which index is best depends on the filters.
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.id > @key
  and (sqlc.narg('guest_id')::uuid is null or b.guest_id = sqlc.narg('guest_id'))
  and (sqlc.narg('host_id')::uuid is null or b.host_id = sqlc.narg('host_id'))
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
  and (sqlc.narg('prefix')::text is null or b.code like sqlc.narg('prefix'))
  and (sqlc.narg('first_in')::date is null or b.check_in >= sqlc.narg('first_in'))
  and (sqlc.narg('last_in')::date is null or b.check_in <= sqlc.narg('last_in'))
  and (sqlc.narg('first_out')::date is null or b.check_out >= sqlc.narg('first_out'))
  and (not @past::bool or not (b.status in ('CONFIRMED', 'CHECKED_IN') and b.check_out >= date_in(@now, b.timezone)
    or b.status in ('PENDING', 'AWAITING_PAYMENT') and b.check_in >= date_in(@now, b.timezone)))
order by b.id limit @n;

-- name: SoonestAfter :many
-- Replanned: which index is best depends on the filters. A booking's place in the list is its check-in and its id; the key names
-- one of the same person's bookings, whose check-in never changes.
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where (b.check_in, b.id) > (coalesce((select k.check_in from bookings k where k.id = @key and (k.guest_id = @actor_id::uuid or k.host_id = @actor_id::uuid)), '-infinity')::date, @key)
  and (sqlc.narg('guest_id')::uuid is null or b.guest_id = sqlc.narg('guest_id'))
  and (sqlc.narg('host_id')::uuid is null or b.host_id = sqlc.narg('host_id'))
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
  and (sqlc.narg('first_in')::date is null or b.check_in >= sqlc.narg('first_in'))
  and (sqlc.narg('last_in')::date is null or b.check_in <= sqlc.narg('last_in'))
  and (sqlc.narg('first_out')::date is null or b.check_out >= sqlc.narg('first_out'))
  and case @phase::text
    when 'upcoming' then b.status in ('PENDING', 'AWAITING_PAYMENT') and b.check_in >= date_in(@now, b.timezone)
        or b.status in ('CONFIRMED', 'CHECKED_IN') and b.check_in > date_in(@now, b.timezone)
    when 'current' then b.status in ('CONFIRMED', 'CHECKED_IN') and date_in(@now, b.timezone) between b.check_in and b.check_out
    end
order by b.check_in, b.id limit @n;

-- name: SoonestBefore :many
-- Replanned: which index is best depends on the filters.
select sqlc.embed(b), l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '')::text as cover_alt_text, coalesce(c.blurhash, '')::text as cover_blurhash, coalesce(c.variants, '[]')::jsonb as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where (b.check_in, b.id) < (coalesce((select k.check_in from bookings k where k.id = @key and (k.guest_id = @actor_id::uuid or k.host_id = @actor_id::uuid)), 'infinity')::date, @key)
  and (sqlc.narg('guest_id')::uuid is null or b.guest_id = sqlc.narg('guest_id'))
  and (sqlc.narg('host_id')::uuid is null or b.host_id = sqlc.narg('host_id'))
  and (sqlc.narg('status')::text is null or b.status = sqlc.narg('status'))
  and (sqlc.narg('listing_id')::uuid is null or b.listing_id = sqlc.narg('listing_id'))
  and (sqlc.narg('first_in')::date is null or b.check_in >= sqlc.narg('first_in'))
  and (sqlc.narg('last_in')::date is null or b.check_in <= sqlc.narg('last_in'))
  and (sqlc.narg('first_out')::date is null or b.check_out >= sqlc.narg('first_out'))
  and case @phase::text
    when 'upcoming' then b.status in ('PENDING', 'AWAITING_PAYMENT') and b.check_in >= date_in(@now, b.timezone)
        or b.status in ('CONFIRMED', 'CHECKED_IN') and b.check_in > date_in(@now, b.timezone)
    when 'current' then b.status in ('CONFIRMED', 'CHECKED_IN') and date_in(@now, b.timezone) between b.check_in and b.check_out
    end
order by b.check_in desc, b.id desc limit @n;

-- name: History :many
select from_status, to_status, actor_id, actor_role, reason, at from booking_events
where booking_id = @booking_id order by id;

-- name: CountByStatus :many
select status, count(*) as n from bookings group by status;
