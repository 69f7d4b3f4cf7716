-- One row for each market: who collects it, when it is due, how it is doing.
CREATE TABLE market (
    provider      text PRIMARY KEY,
    lease_owner   text,
    lease_token   bigint      NOT NULL DEFAULT 0,
    lease_expires timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Grows by one with every recorded batch. It begins at the time in milliseconds, so that after a restore from
    -- nothing it is still ahead of the copies that Redis kept.
    version       bigint      NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
    report        jsonb
);

-- The latest state of every offering that ever was for sale. `key` is what history refers to: eight bytes instead of fifty.
CREATE TABLE offering (
    id           text PRIMARY KEY,
    key          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
    provider     text        NOT NULL,
    document     jsonb       NOT NULL,
    withdrawn_at timestamptz
);
CREATE INDEX offering_for_sale ON offering (provider) WHERE withdrawn_at IS NULL;

-- One row for each change, in monthly partitions by the time at which Spotplane learnt of it (its own clock, so that no
-- provider's clock decides where a row goes).
CREATE TABLE price_history (
    offering_key bigint         NOT NULL,
    received_at  timestamptz    NOT NULL,
    observed_at  timestamptz    NOT NULL,
    price        numeric(18, 6) NOT NULL,
    billed_price numeric(18, 6) NOT NULL,
    currency     text           NOT NULL,
    availability text           NOT NULL,
    for_sale     boolean        NOT NULL,
    source       text           NOT NULL,
    PRIMARY KEY (offering_key, received_at)
) PARTITION BY RANGE (received_at);

-- Makes the partition of the month of `moment`, if it is missing.
CREATE FUNCTION make_price_history_partition(moment timestamptz) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    first_day timestamptz := date_trunc('month', moment, 'UTC');
    next_month timestamptz := date_trunc('month', first_day + interval '40 days', 'UTC');
    partition text := 'price_history_' || to_char(first_day AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_price_history_partition'));
    IF to_regclass(partition) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF price_history FOR VALUES FROM (%L) TO (%L)',
                       partition, first_day, next_month);
    END IF;
    RETURN partition;
END $$;

-- Drops the partitions that end at or before `moment`; answers their names.
CREATE FUNCTION drop_price_history_before(moment timestamptz) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    oldest_kept text := 'price_history_' || to_char(moment AT TIME ZONE 'UTC', 'YYYY_MM');
    partition text;
BEGIN
    FOR partition IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'price_history'::regclass AND c.relname < oldest_kept ORDER BY c.relname
    LOOP
        EXECUTE format('DROP TABLE %I', partition);
        RETURN NEXT partition;
    END LOOP;
END $$;

SELECT make_price_history_partition(now()), make_price_history_partition(now() + interval '1 month');
