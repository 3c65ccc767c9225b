-- A guest's newest bookings with listing, its first photo and both names, and one row more than the page to know whether another
-- follows.
\set guest random(0, :accounts / 2 - 1)
select b.*, l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name,
    coalesce(c.alt_text, '') as cover_alt_text, coalesce(c.blurhash, '') as cover_blurhash, coalesce(c.variants, '[]') as cover_variants
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
left join lateral (
    select p.alt_text, u.blurhash, u.variants from listing_photos p join uploads u on u.id = p.upload_id
    where p.listing_id = l.id and u.status = 'ready' order by p.position limit 1
) c on true
where b.guest_id = ('a0000000-0000-7000-8000-' || lpad(to_hex(:guest::int), 12, '0'))::uuid
    and b.id < 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
order by b.id desc limit 21;
