-- What happened in a period, for the charts of staff.

-- +goose Up
create index booking_events_at on booking_events (at);
create index users_created_at on users (created_at);
create index listings_created_at on listings (created_at);

-- +goose Down
drop index listings_created_at, users_created_at, booking_events_at;
