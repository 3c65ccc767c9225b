-- A guest's newest bookings with listing and both names, and one row more than the page to know whether another follows.
\set guest random(0, :accounts / 2 - 1)
select b.*, l.title, l.city, l.country_code, l.address_line, l.postal_code, l.lat, l.lng, h.name as host_name, g.name as guest_name
from bookings b join listings l on l.id = b.listing_id join users h on h.id = b.host_id join users g on g.id = b.guest_id
where b.guest_id = ('a0000000-0000-7000-8000-' || lpad(to_hex(:guest::int), 12, '0'))::uuid
    and b.id < 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
order by b.id desc limit 21;
