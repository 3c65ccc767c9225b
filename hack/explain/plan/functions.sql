create function pg_temp.nth(kind text, n bigint) returns uuid language sql immutable
    return (kind || '000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
-- The instant of the nth of explain.rows things: spread over the last eight days.
create function pg_temp.week(n bigint) returns timestamptz language sql stable
    return now() - interval '8 days' * (1 - n::float8 / current_setting('explain.rows')::float8);
