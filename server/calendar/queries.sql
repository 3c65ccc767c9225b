-- name: Rules :one
select l.host_id, l.status, l.timezone, r.min_nights, r.max_nights, r.advance_notice_days, r.horizon_days, r.version
from listings l left join availability_rules r on r.listing_id = l.id
where l.id = @listing_id;

-- name: SaveRules :one
-- Version 0 creates the row, any other changes the row that has it. No row back: the caller's copy is not the present one.
insert into availability_rules (listing_id, min_nights, max_nights, advance_notice_days, horizon_days, updated_at)
select @listing_id, @min_nights, @max_nights, @advance_notice_days, @horizon_days, @at
where @version::bigint = 0 or exists (select from availability_rules r where r.listing_id = @listing_id)
on conflict (listing_id) do update set min_nights = excluded.min_nights, max_nights = excluded.max_nights,
    advance_notice_days = excluded.advance_notice_days, horizon_days = excluded.horizon_days,
    version = availability_rules.version + 1, updated_at = excluded.updated_at
where availability_rules.version = @version::bigint
returning version;

-- name: Calendar :one
-- All that a calendar needs in one round trip. The two arrays run side by side, soonest first.
select l.host_id, l.status, l.timezone, p.currency, p.nightly_minor,
    r.min_nights, r.max_nights, r.advance_notice_days, r.horizon_days, r.version,
    array(select o.during from occupancies o
          where o.listing_id = l.id and o.during && daterange(@first, @last) order by o.during)::daterange[] as taken,
    array(select o.kind from occupancies o
          where o.listing_id = l.id and o.during && daterange(@first, @last) order by o.during)::text[] as kinds
from listings l
left join listing_prices p on p.listing_id = l.id
left join availability_rules r on r.listing_id = l.id
where l.id = @listing_id;

-- name: Blocks :many
select id, during, note, created_at from occupancies
where listing_id = @listing_id and kind = 'block' and during && daterange(@today, null)
order by during;

-- name: InsertBlock :execrows
-- No row when the nights are taken. Without "on conflict" rivals would wait for each other in a circle, and Postgres would end all
-- but one of them as deadlocks, a second each.
insert into occupancies (id, listing_id, during, kind, ref_id, note, created_at)
values (@id, @listing_id, @during, 'block', @id, @note, @at)
on conflict do nothing;

-- name: Obstacle :one
select kind, during from occupancies
where listing_id = @listing_id and during && @during
order by during limit 1;

-- name: DeleteBlock :one
delete from occupancies where id = @id and listing_id = @listing_id and kind = 'block'
returning during;
