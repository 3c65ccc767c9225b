DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rentora_owner') THEN
        CREATE ROLE rentora_owner;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rentora_monitor') THEN
        CREATE ROLE rentora_monitor;
    END IF;
END $$;

DO $$
BEGIN
    EXECUTE format('ALTER ROLE postgres PASSWORD %L', current_setting('rentora.superuser'));
    EXECUTE format('ALTER ROLE rentora_owner LOGIN CREATEROLE PASSWORD %L', current_setting('rentora.owner'));
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rentora_app') THEN
        EXECUTE format('ALTER ROLE rentora_app PASSWORD %L', current_setting('rentora.app'));
    END IF;
END $$;

ALTER ROLE rentora_monitor LOGIN PASSWORD NULL;

GRANT pg_monitor, pg_use_reserved_connections TO rentora_monitor;

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;

SELECT datname FROM pg_database WHERE datname = 'rentora';

