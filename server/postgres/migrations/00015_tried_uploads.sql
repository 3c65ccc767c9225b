-- +goose Up
-- When a worker first took up the image of an upload that is still processing. Only what was tried may be given up as too
-- slow: an upload that waits for a worker, for Kafka or for the storage waits without an end.
alter table uploads add column tried_at timestamptz;
create index uploads_tried on uploads (tried_at) where status = 'processing';
drop index uploads_processing;

-- +goose Down
create index uploads_processing on uploads (updated_at) where status = 'processing';
drop index uploads_tried;
alter table uploads drop column tried_at;
