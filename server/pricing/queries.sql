-- name: Of :one
-- A listing's price, if it has one, with what decides who may see and set it.
select l.host_id, l.status, l.max_guests, (p.listing_id is not null)::bool as priced,
    coalesce(p.currency, '')::text as currency, coalesce(p.nightly_minor, 0)::bigint as nightly_minor, coalesce(p.cleaning_minor, 0)::bigint as cleaning_minor,
    coalesce(p.included_guests, 1)::int as included_guests, coalesce(p.extra_guest_minor, 0)::bigint as extra_guest_minor,
    coalesce(p.tax_bps, 0)::int as tax_bps, coalesce(p.version, 0)::bigint as version
from listings l left join listing_prices p on p.listing_id = l.id
where l.id = @listing_id;

-- name: Many :many
select * from listing_prices where listing_id = any(@listing_ids::uuid[]);

-- name: Insert :execrows
insert into listing_prices (listing_id, currency, nightly_minor, cleaning_minor, included_guests, extra_guest_minor, tax_bps, updated_at)
values (@listing_id, @currency, @nightly_minor, @cleaning_minor, @included_guests, @extra_guest_minor, @tax_bps, @now)
on conflict (listing_id) do nothing;

-- name: Update :execrows
update listing_prices set currency = @currency, nightly_minor = @nightly_minor, cleaning_minor = @cleaning_minor, included_guests = @included_guests,
    extra_guest_minor = @extra_guest_minor, tax_bps = @tax_bps, version = version + 1, updated_at = @now
where listing_id = @listing_id and version = @version;

-- name: Priced :one
-- A whole listing with host, photos and price in one round trip: what a page about it shows.
select sqlc.embed(l), u.name as host_name, u.created_at as host_since,
    coalesce((select json_agg(json_build_object('upload_id', lp.upload_id, 'caption', lp.caption, 'alt_text', lp.alt_text,
            'ready', up.status = 'ready', 'width', coalesce(up.width, 0), 'height', coalesce(up.height, 0), 'blurhash', up.blurhash,
            'variants', up.variants) order by lp.position)
        from listing_photos lp join uploads up on up.id = lp.upload_id where lp.listing_id = l.id), '[]')::json as photos,
    (p.listing_id is not null)::bool as priced,
    coalesce(p.currency, '')::text as currency, coalesce(p.nightly_minor, 0)::bigint as nightly_minor, coalesce(p.cleaning_minor, 0)::bigint as cleaning_minor,
    coalesce(p.included_guests, 1)::int as included_guests, coalesce(p.extra_guest_minor, 0)::bigint as extra_guest_minor,
    coalesce(p.tax_bps, 0)::int as tax_bps, coalesce(p.version, 0)::bigint as price_version
from listings l join users u on u.id = l.host_id left join listing_prices p on p.listing_id = l.id
where l.id = @listing_id;
