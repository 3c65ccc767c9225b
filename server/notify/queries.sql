-- name: Claim :one
-- Notes that a mail is owed, once, and claims it: no row comes back when it is not due any more, or somebody else is
-- sending it. While a partition moves, two workers may handle one event at once.
insert into mails (key, template, user_id, message_id, attempts, claimed_until)
values (@key, @template, @user_id, @message_id, 1, @until::timestamptz)
on conflict (key) do update set attempts = mails.attempts + 1, claimed_until = excluded.claimed_until
    where mails.status = 'due' and (mails.claimed_until is null or mails.claimed_until <= @now::timestamptz)
returning message_id;

-- name: State :one
select status, claimed_until from mails where key = @key;

-- name: MarkSent :exec
update mails set status = 'sent', sent_at = @at::timestamptz, claimed_until = null, last_error = '' where key = @key;

-- name: MarkFailed :exec
update mails set status = @status, claimed_until = null, last_error = @last_error where key = @key;

-- name: ListingOf :one
select l.id, l.status, l.title, l.city, l.country_code, l.rejection_reason, l.rejection_notes, l.host_id, h.name as host_name
from listings l join users h on h.id = l.host_id
where l.id = @id;

-- name: BookingOf :one
select b.id, b.status, b.code, b.check_in, b.check_out, b.guests, b.message, b.currency, b.total_minor, b.reason, b.refund_minor, b.expires_at, b.timezone,
    b.check_in_from, b.host_id, b.guest_id, l.title, l.city, l.country_code, l.address_line, l.postal_code, h.name as host_name, g.name as guest_name
from bookings b
join listings l on l.id = b.listing_id
join users h on h.id = b.host_id
join users g on g.id = b.guest_id
where b.id = @id;

-- name: Sweep :execrows
delete from mails where key in (select m.key from mails m where m.status <> 'due' and coalesce(m.sent_at, m.created_at) < @before::timestamptz
    order by coalesce(m.sent_at, m.created_at) limit @n);
