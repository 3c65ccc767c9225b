-- All of a listing's page in one query: facts, host, photos and price.
\set home random(0, :stays - 1)
select l.*, u.name as host_name, u.created_at as host_since, p.currency, p.nightly_minor, p.cleaning_minor, p.included_guests, p.extra_guest_minor, p.tax_bps,
    coalesce((select jsonb_agg(jsonb_build_object('upload_id', ph.upload_id, 'caption', ph.caption, 'alt_text', ph.alt_text,
            'ready', up.status = 'ready', 'width', coalesce(up.width, 0), 'height', coalesce(up.height, 0), 'blurhash', up.blurhash,
            'variants', up.variants) order by ph.position)
        from listing_photos ph join uploads up on up.id = ph.upload_id where ph.listing_id = l.id), '[]')::jsonb as photos
from listings l join users u on u.id = l.host_id left join listing_prices p on p.listing_id = l.id
where l.id = ('b0000000-0000-7000-8000-' || lpad(to_hex(:home::int), 12, '0'))::uuid;
