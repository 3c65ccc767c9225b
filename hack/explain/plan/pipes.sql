-- What a busy week leaves behind and no seed writes: explain.rows of each, the newest last.
create temp table people on commit drop as
select id, email, row_number() over (order by id) as n from users order by id limit current_setting('explain.rows')::int;
create unique index on people (n);

insert into outbox (event_id, topic, key, type, payload, created_at, published_at)
select pg_temp.nth('c0', n), 'rentora.listing', pg_temp.nth('a2', n % 500)::text, 'listing.changed', '{"version": 1}', at, case when n < 0.99 * current_setting('explain.rows')::int then at end
from generate_series(1, current_setting('explain.rows')::int) n, pg_temp.week(n) at;

insert into inbox (consumer, event_id, handled_at)
select (array['search', 'notify', 'numbers', 'cache'])[1 + n % 4], pg_temp.nth('c0', n / 4), at
from generate_series(1, current_setting('explain.rows')::int) n, pg_temp.week(n) at;

insert into dead_letters (id, consumer, event_id, topic, key, type, payload, occurred_at, error, attempts, retriable, status, resolved_at, created_at)
select pg_temp.nth('c1', n), case when n % 2000 = 5 then 'notify' else 'search' end, pg_temp.nth('c0', n), 'rentora.listing', 'k',
    case when n % 2000 = 9 then 'booking.requested' else 'listing.changed' end, '{"version": 1}', at, 'refused', 9, n % 3000 > 0,
    case when n % 2000 = 3 then 'open' when n % 2000 = 4 then 'discarded' else 'retried' end, case when n % 2000 <> 3 then at end, at
from generate_series(1, current_setting('explain.rows')::int) n, pg_temp.week(n) at;

insert into idempotency_keys (account_id, key, operation, request_hash, result, created_at)
select p.id, 'key-' || p.n, 'createBooking', sha256(p.n::text::bytea), '{}', at from people p, pg_temp.week(p.n) at;

insert into audit_log (id, at, actor_id, actor_role, action, target_type, target_id)
select pg_temp.nth('c2', n), at, pg_temp.nth('a0', n % 60), 'admin', 'listing.approve', case when n % 2000 = 1 then 'dead_letter' else 'listing' end,
    pg_temp.nth('a2', n % 5000)
from generate_series(1, current_setting('explain.rows')::int) n, pg_temp.week(n) at;

insert into sessions (id, user_id, address, created_at, last_used_at, expires_at)
select pg_temp.nth('c3', p.n), p.id, '203.0.113.9', at, at, at + interval '6 days' from people p, pg_temp.week(p.n) at;

insert into refresh_tokens (hash, session_id, issued_at, expires_at, spent_at)
select sha256(pg_temp.nth('c4', p.n)::text::bytea), pg_temp.nth('c3', p.n), at, at + interval '6 days', case when p.n % 2 = 0 then at end
from people p, pg_temp.week(p.n) at;

insert into one_time_links (hash, user_id, purpose, created_at, expires_at, used_at)
select sha256(pg_temp.nth('c5', p.n)::text::bytea), p.id, 'verify_email', at, at + interval '6 days', case when p.n % 2 = 0 then at end
from people p, pg_temp.week(p.n) at;

insert into mails (key, template, user_id, message_id, status, created_at, sent_at)
select 'welcome:' || p.n, 'welcome', p.id, 'm' || p.n, case when p.n % 1000 = 1 then 'due' else 'sent' end, at, case when p.n % 1000 <> 1 then at end
from people p, pg_temp.week(p.n) at;

insert into listing_revisions (id, listing_id, status, base_version, fields, submitted_at, updated_at)
select pg_temp.nth('c6', l.n), l.id, case when l.n % 500 = 1 then 'pending' else 'approved' end, 1, '{"title": "Home"}', at, at
from (select id, row_number() over (order by id) as n from listings order by id limit current_setting('explain.rows')::int) l, pg_temp.week(l.n) at;

insert into error_groups (id, fingerprint, source, kind, place, message, count, first_seen, last_seen, first_release, release, route, resolved_at)
select pg_temp.nth('c7', n), 'f' || n, case when n % 2000 = 1 then 'web' else 'api' end, 'k', 'p', 'm', 1, at, at, '1', '1', '/', case when n % 2000 <> 2 then at end
from generate_series(1, current_setting('explain.rows')::int) n, pg_temp.week(n) at;

insert into changed_accounts (user_id, until) select id, at from people, pg_temp.week(n) at;
insert into verification_digests (user_id, due_at) select id, case when n % 100 = 1 then now() end from people;
