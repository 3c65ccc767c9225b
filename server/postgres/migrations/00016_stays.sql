-- Bookings by when the stay is, for guests and hosts who look at what comes.

-- +goose Up
create index bookings_guest_stay on bookings (guest_id, check_in, id);
create index bookings_host_stay on bookings (host_id, check_in, id);
-- The longest stay that any rules allow: who looks for stays around a date need not look further back than this.
alter table bookings add constraint bookings_length check (check_out - check_in < 500);

-- The date on the wall calendar of a zone. Zones are those of the program, which may know one that this server does not
-- know yet; that its date may then be a day off is better than a list that fails.
-- +goose StatementBegin
create function date_in(at timestamptz, zone text) returns date language plpgsql stable as $$
begin
    return (at at time zone zone)::date;
exception when invalid_parameter_value then
    return (at at time zone 'UTC')::date;
end $$;
-- +goose StatementEnd

-- +goose Down
drop function date_in;
alter table bookings drop constraint bookings_length;
drop index bookings_host_stay, bookings_guest_stay;
