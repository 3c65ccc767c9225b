-- For admins who look through all bookings.

-- +goose Up
create index bookings_code_begin on bookings (code text_pattern_ops);
create index bookings_status_newest on bookings (status, id desc); -- bookings_status, which is counted, is a seventh of its size

-- +goose Down
drop index bookings_status_newest, bookings_code_begin;
