-- name: Sources :many
-- All that the index holds of some listings, of one snapshot, in one round trip. Listings that must not be found are left out.
select l.id, l.title, l.description, l.property_type, l.room_type, l.max_guests, l.bedrooms, l.beds, l.bathrooms, l.amenities,
    l.city, l.region, l.country_code, l.public_lat, l.public_lng, l.timezone, l.booking_mode, l.approved_at,
    p.currency, p.nightly_minor,
    r.min_nights, r.max_nights, r.advance_notice_days, r.horizon_days, r.version as rules_version,
    array(select lower(o.during) from occupancies o where o.listing_id = l.id and upper(o.during) > @since::date order by o.during)::date[] as taken_from,
    array(select upper(o.during) from occupancies o where o.listing_id = l.id and upper(o.during) > @since::date order by o.during)::date[] as taken_to
from listings l
join listing_prices p on p.listing_id = l.id
left join availability_rules r on r.listing_id = l.id
where l.id = any(@ids::uuid[]) and l.status = 'live';

-- name: IDs :many
select id from listings where id > @after order by id limit @n;

-- name: Count :one
select count(*) from listings;

-- name: Zones :many
-- The zones of live listings, by one step through the index for each zone: distinct would read every listing, each minute.
with recursive zones as (
    (select l.timezone from listings l where l.status = 'live' and l.approved_at is not null order by l.timezone limit 1)
    union all
    select (select l.timezone from listings l where l.status = 'live' and l.approved_at is not null and l.timezone > z.timezone
        order by l.timezone limit 1)
    from zones z where z.timezone is not null
)
select zones.timezone::text as timezone from zones where zones.timezone is not null;

-- name: IDsInZones :many
-- Those that are not live too: one whose document should have gone goes at the next local midnight at the latest. Each zone
-- gives no more than a page, from its place in the index: all at once, a page would read and sort the zones to their ends. Were
-- the zone asked for by "=", Postgres might walk through all ids, as if the next listing of the zone could not be far.
select l.id from unnest(@zones::text[]) as z(name)
cross join lateral (
    select i.id from listings i
    where i.approved_at is not null and (i.timezone, i.id) > (z.name, @after::uuid) and i.timezone <= z.name
    order by i.timezone, i.id limit @n
) l order by l.id limit @n;

-- name: Cards :many
-- What a page of hits shows, fresh from the record: a listing that went away since it was indexed is not among them. A row
-- for each of its first photos, in their order, or one without: building JSON of them would cost several times as much.
select l.id, l.title, l.property_type, l.room_type, l.max_guests, l.bedrooms, l.beds, l.bathrooms, l.amenities, l.city, l.region,
    l.country_code, l.public_lat, l.public_lng, l.booking_mode,
    p.currency, p.nightly_minor, p.cleaning_minor, p.included_guests, p.extra_guest_minor, p.tax_bps,
    coalesce(ph.upload_id, '00000000-0000-0000-0000-000000000000')::uuid as upload_id, coalesce(ph.caption, '')::text as caption, coalesce(ph.alt_text, '')::text as alt_text,
    coalesce(u.width, 0)::int as width, coalesce(u.height, 0)::int as height, coalesce(u.blurhash, '')::text as blurhash, coalesce(u.variants, '[]')::jsonb as variants
from listings l join listing_prices p on p.listing_id = l.id
left join (listing_photos ph join uploads u on u.id = ph.upload_id and u.status = 'ready') on ph.listing_id = l.id and ph.position < 5
where l.id = any(@ids::uuid[]) and l.status = 'live'
order by l.id, ph.position;

-- name: Collections :many
-- Where a writer of these fields writes; without any, the index belongs to another release.
select name from search_collections where alias = @alias and fields = @fields order by name;

-- name: LiveCollection :one
select name from search_collections where alias = @alias and fields = @fields and state = 'live';

-- name: BeginBuilding :execrows
-- Nothing when somebody builds already.
insert into search_collections (name, alias, fields, state) values (@name, @alias, @fields, 'building') on conflict do nothing;

-- name: Beat :execrows
update search_collections set beat_at = clock_timestamp() where name = @name and state = 'building';

-- name: DeadBuilding :one
select name from search_collections
where alias = @alias and state = 'building' and beat_at < clock_timestamp() - make_interval(secs => @silent_seconds::float8);

-- name: ForgetBuilding :execrows
delete from search_collections where name = @name and state = 'building';

-- name: ForgetLive :exec
delete from search_collections where alias = @alias and state = 'live';

-- name: Promote :execrows
update search_collections set state = 'live' where name = @name and state = 'building';

-- name: Known :many
select name from search_collections where alias = @alias;

-- name: Unknown :many
-- Those of the ids that no listing has.
select u.id::uuid as id from unnest(@ids::uuid[]) as u(id) where not exists (select from listings l where l.id = u.id);

-- name: Places :many
-- The cities, regions and countries where somebody can stay. The east numbers count western longitudes as 180 to 360, for
-- places that lie across the antimeridian.
select l.country_code, coalesce(l.region, '') as region, coalesce(l.city, '') as city, count(*) as listings,
    min(l.public_lat)::float8 as south, max(l.public_lat)::float8 as north, avg(l.public_lat)::float8 as lat,
    min(l.public_lng)::float8 as west, max(l.public_lng)::float8 as east, avg(l.public_lng)::float8 as lng,
    min(e.lng)::float8 as west_e, max(e.lng)::float8 as east_e, avg(e.lng)::float8 as lng_e
from listings l join listing_prices p on p.listing_id = l.id
cross join lateral (select case when l.public_lng < 0 then l.public_lng + 360 else l.public_lng end as lng) e
where l.status = 'live'
group by grouping sets ((l.country_code, l.region, l.city), (l.country_code, l.region), (l.country_code))
having grouping(l.region) = 1 or grouping(l.city) = 0 or l.region <> ''
order by count(*) desc, l.country_code, 2, 3
limit @n;
