-- A page of the sitemap is answered by the index alone: the rows of a thousand listings lie in as many places.

-- +goose Up
create index listings_live on listings (id) include (updated_at) where status = 'live';

-- +goose Down
drop index listings_live;
