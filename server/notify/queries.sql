-- name: Claim :one
-- Notes that a mail is owed, once, and claims it: no row comes back when it is done with, or somebody else is sending it.
-- While a partition moves, two workers may handle one event at once. One that was refused is owed again: its event comes
-- back only when somebody retries its dead letter, or for another mail about it.
insert into mails (key, template, user_id, message_id, attempts, claimed_until)
values (@key, @template, @user_id, @message_id, 1, @until::timestamptz)
on conflict (key) do update set status = 'due', attempts = mails.attempts + 1, claimed_until = excluded.claimed_until
    where mails.status in ('due', 'failed') and (mails.claimed_until is null or mails.claimed_until <= @now::timestamptz)
returning message_id;

-- name: State :one
select status, claimed_until from mails where key = @key;

-- name: MarkSent :exec
update mails set status = 'sent', sent_at = @at::timestamptz, claimed_until = null, last_error = '' where key = @key;

-- name: Drop :execrows
-- Gives up a mail that was tried before and is no longer true.
update mails set status = 'dropped', claimed_until = null, last_error = 'no longer true'
where key = @key and status = 'due' and (claimed_until is null or claimed_until <= @now::timestamptz);

-- name: MarkFailed :exec
update mails set status = @status, claimed_until = null, last_error = @last_error where key = @key;

-- name: ListingOf :one
select l.id, l.status, l.title, l.city, l.country_code, l.rejection_reason, l.rejection_notes, l.host_id, h.name as host_name
from listings l join users h on h.id = l.host_id
where l.id = @id;

-- name: RevisionOf :one
select r.status, r.reason, r.notes, l.id as listing_id, l.host_id, l.title
from listing_revisions r join listings l on l.id = r.listing_id
where r.id = @id;

-- name: AskDigests :exec
-- Everybody named is owed a mail from a moment on, and not sooner than a pause after the last one.
insert into verification_digests (user_id, due_at) select u.id, @due::timestamptz from unnest(@user_ids::uuid[]) as u(id)
on conflict (user_id) do update set asked = verification_digests.asked + 1,
    due_at = coalesce(verification_digests.due_at, greatest(excluded.due_at, verification_digests.sent_at + make_interval(secs => @pause_seconds::float8)));

-- name: DueDigests :many
select user_id, asked, due_at::timestamptz as due_at from verification_digests where due_at <= @now::timestamptz order by due_at, user_id limit @n;

-- name: CloseDigest :exec
-- Nothing is owed any more, unless more was asked for since the mail was begun: then after a pause.
update verification_digests set due_at = case when asked = @asked then null else @again::timestamptz end, sent_at = coalesce(sqlc.narg('sent_at'), sent_at)
where user_id = @user_id and due_at = @due_at::timestamptz;

-- name: Waiting :many
-- What waits for verification, longest first, with how much it is altogether. Each kind reads its own index, and its rows no
-- further than the mail tells of them.
select w.is_revision::bool as is_revision, w.submitted_at::timestamptz as submitted_at, l.title, l.city, l.country_code,
    ((select count(*) from listings p where p.status = 'pending') + (select count(*) from listing_revisions p where p.status = 'pending'))::bigint as total
from (
    (select false as is_revision, p.id, p.id as listing_id, p.submitted_at from listings p where p.status = 'pending' order by p.submitted_at, p.id limit @n)
    union all
    (select true, p.id, p.listing_id, p.submitted_at from listing_revisions p where p.status = 'pending' order by p.submitted_at, p.id limit @n)
) w join listings l on l.id = w.listing_id order by w.submitted_at, w.id limit @n;

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
