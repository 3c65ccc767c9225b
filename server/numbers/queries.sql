-- name: Verification :one
select status, submitted_at, approved_at, updated_at from listings where id = @id;

-- name: Booking :one
select currency, total_minor, refund_minor, created_at, decided_at from bookings where id = @id;
