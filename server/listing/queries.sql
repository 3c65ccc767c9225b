-- name: Insert :exec
insert into listings (id, host_id, title, description, property_type, room_type, max_guests, bedrooms, beds, bathrooms, amenities, house_rules,
    address_line, city, region, postal_code, country_code, lat, lng, public_lat, public_lng, timezone, check_in_from, check_out_until,
    cancellation_policy, booking_mode, created_at, updated_at)
values (@id, @host_id, @title, @description, @property_type, @room_type, @max_guests, @bedrooms, @beds, @bathrooms, @amenities, @house_rules,
    @address_line, @city, @region, @postal_code, @country_code, @lat, @lng, @public_lat, @public_lng, @timezone, @check_in_from, @check_out_until,
    @cancellation_policy, @booking_mode, @now, @now);

-- name: Read :many
-- Whole listings in the order of ids, with host and photos, in one round trip.
select sqlc.embed(l), u.name as host_name, u.created_at as host_since,
    coalesce((select json_agg(json_build_object('upload_id', p.upload_id, 'caption', p.caption, 'alt_text', p.alt_text,
            'ready', up.status = 'ready', 'width', coalesce(up.width, 0), 'height', coalesce(up.height, 0), 'blurhash', up.blurhash,
            'variants', up.variants) order by p.position)
        from listing_photos p join uploads up on up.id = p.upload_id where p.listing_id = l.id), '[]')::json as photos
from listings l join users u on u.id = l.host_id
where l.id = any(@ids::uuid[])
order by array_position(@ids::uuid[], l.id);

-- name: LockHost :exec
-- One creation at a time per host, so that two cannot pass the bound together.
select pg_advisory_xact_lock(hashtextextended('listing.create', 0) # hashtextextended(@host_id::text, 0));

-- name: CountOpen :one
select count(*) from listings where host_id = @host_id and status <> 'archived';

-- name: LiveOf :many
select id from listings where host_id = @host_id and status = 'live' order by id;

-- name: Save :execrows
update listings set title = @title, description = @description, property_type = @property_type, room_type = @room_type, max_guests = @max_guests,
    bedrooms = @bedrooms, beds = @beds, bathrooms = @bathrooms, amenities = @amenities, house_rules = @house_rules, address_line = @address_line,
    city = @city, region = @region, postal_code = @postal_code, country_code = @country_code, lat = @lat, lng = @lng, public_lat = @public_lat,
    public_lng = @public_lng, timezone = @timezone, check_in_from = @check_in_from, check_out_until = @check_out_until,
    cancellation_policy = @cancellation_policy, booking_mode = @booking_mode, version = version + 1, updated_at = @now
where id = @id and version = @version;

-- name: Touch :execrows
update listings set version = version + 1, updated_at = @now where id = @id and version = @version;

-- name: Move :execrows
-- A step of the life cycle; no row means that the listing is in another state by now.
update listings set status = @to_status, version = version + 1, updated_at = @now where id = @id and status = @from_status;

-- name: MarkSubmitted :execrows
update listings set status = 'pending', submitted_at = @now, rejection_reason = '', rejection_notes = '[]', version = version + 1, updated_at = @now
where id = @id and version = @version and status in ('draft', 'rejected');

-- name: MarkApproved :execrows
update listings set status = 'live', approved_at = @now, reviewed_by = @reviewer, version = version + 1, updated_at = @now
where id = @id and version = @version and status = 'pending';

-- name: MarkRejected :execrows
update listings set status = 'rejected', rejection_reason = @reason, rejection_notes = @notes, reviewed_by = @reviewer, version = version + 1, updated_at = @now
where id = @id and version = @version and status = 'pending';

-- name: ClearPhotos :exec
delete from listing_photos where listing_id = @listing_id;

-- name: InsertPhotos :exec
insert into listing_photos (listing_id, upload_id, position, caption, alt_text)
select @listing_id, unnest(@upload_ids::uuid[]), unnest(@positions::int[]), unnest(@captions::text[]), unnest(@alt_texts::text[]);

-- name: UploadStates :many
select id, status from uploads where id = any(@ids::uuid[]) and owner_id = @owner_id;

-- name: MineBefore :many
select id from listings
where host_id = @host_id and id < @key and (sqlc.narg('status')::text is null or status = sqlc.narg('status'))
order by id desc limit @n;

-- name: MineAfter :many
select id from listings
where host_id = @host_id and id > @key and (sqlc.narg('status')::text is null or status = sqlc.narg('status'))
order by id limit @n;

-- name: SitemapAfter :many
select id, updated_at from listings where status = 'live' and id > @key order by id limit @n;

-- name: SitemapBefore :many
select id, updated_at from listings where status = 'live' and id < @key order by id desc limit @n;

-- name: QueueStart :many
-- What waits for verification, longest first: new listings, and edits of those that are approved. Each kind reads its own
-- index and no further than a page.
select w.id::uuid as id, w.listing_id::uuid as listing_id, w.submitted_at::timestamptz as submitted_at from (
    (select l.id, l.id as listing_id, l.submitted_at from listings l where l.status = 'pending' order by l.submitted_at, l.id limit @n)
    union all
    (select r.id, r.listing_id, r.submitted_at from listing_revisions r where r.status = 'pending' order by r.submitted_at, r.id limit @n)
) w order by w.submitted_at, w.id limit @n;

-- name: QueuePlace :many
-- Where something stands, or stood, in the queue; no row when it never did.
select l.submitted_at::timestamptz as submitted_at from listings l where l.id = @key and l.submitted_at is not null
union all
select r.submitted_at from listing_revisions r where r.id = @key;

-- name: QueueAfter :many
select w.id::uuid as id, w.listing_id::uuid as listing_id, w.submitted_at::timestamptz as submitted_at from (
    (select l.id, l.id as listing_id, l.submitted_at from listings l
        where l.status = 'pending' and (l.submitted_at, l.id) > (@at::timestamptz, @key::uuid) order by l.submitted_at, l.id limit @n)
    union all
    (select r.id, r.listing_id, r.submitted_at from listing_revisions r
        where r.status = 'pending' and (r.submitted_at, r.id) > (@at::timestamptz, @key::uuid) order by r.submitted_at, r.id limit @n)
) w order by w.submitted_at, w.id limit @n;

-- name: QueueBefore :many
select w.id::uuid as id, w.listing_id::uuid as listing_id, w.submitted_at::timestamptz as submitted_at from (
    (select l.id, l.id as listing_id, l.submitted_at from listings l
        where l.status = 'pending' and (l.submitted_at, l.id) < (@at::timestamptz, @key::uuid) order by l.submitted_at desc, l.id desc limit @n)
    union all
    (select r.id, r.listing_id, r.submitted_at from listing_revisions r
        where r.status = 'pending' and (r.submitted_at, r.id) < (@at::timestamptz, @key::uuid) order by r.submitted_at desc, r.id desc limit @n)
) w order by w.submitted_at desc, w.id desc limit @n;

-- name: CountByStatus :many
select status, count(*) as n from listings group by status;

-- name: Bump :execrows
-- A new version of a listing that shows nothing new: its revision is another one.
update listings set version = version + 1 where id = @id and version = @version;

-- name: Revisions :many
-- The newest revision of each listing that has one.
select r.id, r.listing_id, r.status, r.version, r.fields, r.submitted_at, r.reason, r.notes
from unnest(@listing_ids::uuid[]) as w(listing_id)
cross join lateral (select n.* from listing_revisions n where n.listing_id = w.listing_id order by n.id desc limit 1) r;

-- name: PhotoUploads :many
select id, status, coalesce(width, 0)::int as width, coalesce(height, 0)::int as height, blurhash, variants from uploads where id = any(@ids::uuid[]);

-- name: OpenRevision :exec
insert into listing_revisions (id, listing_id, base_version, fields, submitted_at, updated_at)
values (@id, @listing_id, @base_version, @fields, @now, @now);

-- name: RewriteRevision :execrows
update listing_revisions set fields = @fields, base_version = @base_version, version = version + 1, updated_at = @now
where id = @id and status = 'pending' and version = @version;

-- name: CloseRevision :execrows
update listing_revisions set status = @status, reason = @reason, notes = @notes, decided_at = @now, decided_by = @decided_by,
    version = version + 1, updated_at = @now
where id = @id and status = 'pending' and version = @version;

-- name: SupersedeRevision :exec
update listing_revisions set status = 'superseded', decided_at = @now, version = version + 1, updated_at = @now
where listing_id = @listing_id and status = 'pending';
