-- name: Verification :one
select status, submitted_at, approved_at, updated_at from listings where id = @id;

-- name: Booking :one
select currency, total_minor, refund_minor, created_at, decided_at from bookings where id = @id;

-- name: Daily :many
-- What happened on each day of UTC, in several rows for a day, which add up; confirmed bookings apart by their currencies.
select d.day::date as day, d.currency::text as currency, d.requested::bigint as requested, d.confirmed::bigint as confirmed, d.cancelled::bigint as cancelled,
    d.nights::bigint as nights, d.minor::bigint as minor, d.accounts::bigint as accounts, d.listings::bigint as listings
from (
    select (e.at at time zone 'UTC')::date as day, coalesce(b.currency, '') as currency, count(*) filter (where e.from_status = '') as requested,
        count(b.id) as confirmed, count(*) filter (where e.to_status like 'CANCELLED%') as cancelled,
        coalesce(sum(b.check_out - b.check_in), 0) as nights, coalesce(sum(b.total_minor), 0) as minor, 0 as accounts, 0 as listings
    from booking_events e left join bookings b on b.id = e.booking_id and e.to_status = 'CONFIRMED'
    where e.at >= @since and e.at < @until group by 1, 2
    union all
    select (u.created_at at time zone 'UTC')::date, '', 0, 0, 0, 0, 0, count(*), 0 from users u where u.created_at >= @since and u.created_at < @until group by 1
    union all
    select (l.created_at at time zone 'UTC')::date, '', 0, 0, 0, 0, 0, 0, count(*) from listings l where l.created_at >= @since and l.created_at < @until group by 1
) d;

-- name: Standing :one
-- A request that nobody answered in time waits no longer, whether the sweep has reached it or not.
select ((select count(*) from listings w where w.status = 'pending') + (select count(*) from listing_revisions r where r.status = 'pending'))::bigint as pending_verifications,
    (select count(*) from bookings b where b.status = 'PENDING' and b.expires_at > @now) as pending_requests,
    (select count(*) from dead_letters d where d.status = 'open') as open_dead_letters,
    (select count(*) from error_groups e where e.resolved_at is null) as open_errors,
    (select count(*) from listings l where l.status = 'live') as live_listings;
