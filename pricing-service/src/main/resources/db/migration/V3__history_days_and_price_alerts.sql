-- Stretches in which a market was not seen: from its last believed sweep to the next one, when more time than its limit
-- (`staleAfter`) lay between. A price that was in force before is not known to have been so in between.
CREATE TABLE market_unseen (
    provider text        NOT NULL,
    since    timestamptz NOT NULL,
    until    timestamptz NOT NULL,
    PRIMARY KEY (provider, since)
);

-- Written down with the report that ends such a stretch, in its transaction.
CREATE FUNCTION note_market_unseen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    seen_before timestamptz := OLD.report ->> 'asOf';
    seen_now    timestamptz := NEW.report ->> 'asOf';
BEGIN
    IF seen_now > seen_before + (NEW.report ->> 'staleAfter')::interval THEN
        INSERT INTO market_unseen VALUES (NEW.provider, seen_before, seen_now) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER note_market_unseen AFTER UPDATE OF report ON market
    FOR EACH ROW WHEN (OLD.report IS NOT NULL AND NEW.report IS NOT NULL) EXECUTE FUNCTION note_market_unseen();

-- Finds the changes of a day. Changes lie in the table in the order in which they were learnt, so a few pages are enough.
CREATE INDEX price_history_received ON price_history USING brin (received_at) WITH (autosummarize = on);

-- What the changes of one offering on one UTC day come to, once they are too old to be kept one by one. As with changes, a day
-- without a row is a day on which nothing changed. `received_at` to `source` are the day's last change, whole; `opened` is the
-- billed price at midnight (null: not for sale, or not known); `levels` are the billed prices in force, ascending, and `held` for
-- how many microseconds each was: with them percentiles stay exact. All four parts of the day add up: held + absent + unseen = 24 h.
CREATE TABLE price_day (
    offering_key bigint           NOT NULL,
    day          date             NOT NULL,
    received_at  timestamptz      NOT NULL,
    observed_at  timestamptz      NOT NULL,
    price        numeric(18, 6)   NOT NULL,
    billed_price numeric(18, 6)   NOT NULL,
    currency     text             NOT NULL,
    availability text             NOT NULL,
    for_sale     boolean          NOT NULL,
    source       text             NOT NULL,
    changes      integer          NOT NULL,
    opened       numeric(18, 6),
    lowest       numeric(18, 6),
    highest      numeric(18, 6),
    mean         numeric(18, 6),
    levels       numeric(18, 6)[] NOT NULL,
    held         bigint[]         NOT NULL,
    absent       bigint           NOT NULL,
    unseen       bigint           NOT NULL,
    PRIMARY KEY (offering_key, day)
) PARTITION BY RANGE (day);

-- Makes the partition of the month of `wanted`, if it is missing.
CREATE FUNCTION make_price_day_partition(wanted date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first_day date := date_trunc('month', wanted::timestamp);
    partition text := 'price_day_' || to_char(first_day, 'YYYY_MM');
BEGIN
    IF to_regclass(partition) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF price_day FOR VALUES FROM (%L) TO (%L)',
                       partition, first_day, (first_day + interval '1 month')::date);
    END IF;
END $$;

-- The oldest UTC day before the day of `moment` that still has changes one by one; null when there is none.
CREATE FUNCTION oldest_uncondensed_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT day::date
      FROM (SELECT to_date(min(right(c.relname, 7)), 'YYYY_MM')::timestamp AS month
              FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'price_history'::regclass) AS first,
           generate_series(first.month, date_trunc('day', moment AT TIME ZONE 'UTC') - interval '1 day', interval '1 day') AS day
     WHERE EXISTS (SELECT FROM price_history
                    WHERE received_at >= day AT TIME ZONE 'UTC' AND received_at < (day + interval '1 day') AT TIME ZONE 'UTC')
     ORDER BY day LIMIT 1
$$;

-- One step of condensing: takes at most `most` offerings that changed on the oldest day before the day of `moment`, writes what
-- their changes come to and removes the changes, in one transaction: nothing is lost or counted twice, wherever it is killed.
-- Oldest day first, because a day begins with what the one before ended with. Answers how many offerings it took: 0 when nothing is
-- left to do, null when another session is at it.
CREATE FUNCTION condense_price_history(moment timestamptz, most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    the_day  date;
    midnight timestamptz;
    next     timestamptz;
    keys     bigint[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('condense_price_history')) THEN
        RETURN NULL;
    END IF;
    the_day := oldest_uncondensed_day(moment);
    IF the_day IS NULL THEN
        RETURN 0;
    END IF;
    midnight := the_day::timestamp AT TIME ZONE 'UTC';
    next := midnight + interval '24 hours';
    PERFORM make_price_day_partition(the_day);
    keys := ARRAY(SELECT DISTINCT offering_key FROM price_history
                   WHERE received_at >= midnight AND received_at < next ORDER BY offering_key LIMIT most);

    WITH change AS MATERIALIZED (
        SELECT * FROM price_history WHERE offering_key = ANY (keys) AND received_at >= midnight AND received_at < next
    ), carried AS (
        SELECT wanted.key AS offering_key, earlier.billed_price, earlier.for_sale
          FROM unnest(keys) AS wanted (key)
          LEFT JOIN LATERAL (SELECT billed_price, for_sale FROM price_day
                              WHERE offering_key = wanted.key AND day < the_day ORDER BY day DESC LIMIT 1) AS earlier ON true
    ), moment AS (
        SELECT offering_key, received_at AS since, billed_price, for_sale, 1 AS place FROM change
        UNION ALL
        SELECT offering_key, midnight, billed_price, for_sale, 0 FROM carried
    ), step AS (
        SELECT offering_key, since, lead(since, 1, next) OVER (PARTITION BY offering_key ORDER BY since, place) AS until,
               billed_price, for_sale
          FROM moment
    ), seen AS (
        SELECT step.*, (extract(epoch FROM until - since) * 1000000)::bigint - coalesce(gap.missing, 0) AS held
          FROM step JOIN offering ON offering.key = step.offering_key
          LEFT JOIN LATERAL (
                SELECT (extract(epoch FROM sum(least(u.until, step.until) - greatest(u.since, step.since))) * 1000000)::bigint AS missing
                  FROM market_unseen AS u
                 WHERE u.provider = offering.provider AND u.since < step.until AND u.until > step.since) AS gap ON true
    ), level AS (
        SELECT offering_key, billed_price, sum(held)::bigint AS held
          FROM seen WHERE for_sale GROUP BY offering_key, billed_price HAVING sum(held) > 0
    ), levels AS (
        SELECT offering_key, array_agg(billed_price ORDER BY billed_price) AS levels, array_agg(held ORDER BY billed_price) AS held,
               min(billed_price) AS lowest, max(billed_price) AS highest,
               round(sum(billed_price * held) / sum(held), 6) AS mean, sum(held)::bigint AS sold
          FROM level GROUP BY offering_key
    ), absences AS (
        SELECT offering_key, (sum(held) FILTER (WHERE NOT for_sale))::bigint AS absent FROM seen GROUP BY offering_key
    ), last AS (
        SELECT DISTINCT ON (offering_key) *, count(*) OVER (PARTITION BY offering_key)::integer AS changes
          FROM change ORDER BY offering_key, received_at DESC
    )
    INSERT INTO price_day
    SELECT offering_key, the_day, received_at, observed_at, last.price, last.billed_price, currency, availability, last.for_sale, source,
           changes, CASE WHEN carried.for_sale THEN carried.billed_price END, lowest, highest, mean,
           coalesce(levels.levels, '{}'), coalesce(levels.held, '{}'), coalesce(absent, 0),
           (extract(epoch FROM next - midnight) * 1000000)::bigint - coalesce(sold, 0) - coalesce(absent, 0)
      FROM last JOIN carried USING (offering_key) LEFT JOIN levels USING (offering_key) JOIN absences USING (offering_key);

    DELETE FROM price_history WHERE offering_key = ANY (keys) AND received_at >= midnight AND received_at < next;
    RETURN cardinality(keys);
END $$;

-- Drops what is no longer needed and answers the names: months of changes that ended before `condensed` and are empty, months of days
-- that ended before `kept`.
CREATE FUNCTION drop_condensed_history(condensed timestamptz, kept timestamptz) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    oldest_change text := 'price_history_' || to_char(condensed AT TIME ZONE 'UTC', 'YYYY_MM');
    oldest_day    text := 'price_day_' || to_char(kept AT TIME ZONE 'UTC', 'YYYY_MM');
    partition     text;
    used          boolean;
BEGIN
    FOR partition IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE (i.inhparent = 'price_history'::regclass AND c.relname < oldest_change)
            OR (i.inhparent = 'price_day'::regclass AND c.relname < oldest_day)
         ORDER BY c.relname
    LOOP
        used := false;
        IF partition LIKE 'price_history%' THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', partition) INTO used;
        END IF;
        IF NOT used THEN
            EXECUTE format('DROP TABLE IF EXISTS %I', partition);
            RETURN NEXT partition;
        END IF;
    END LOOP;
    DELETE FROM market_unseen WHERE until < kept;
END $$;

-- What somebody wants to be told of. `definition` is what was asked for; the columns beside it say how it stands.
CREATE TABLE price_alert (
    id         uuid        PRIMARY KEY,
    tenant     text        NOT NULL,
    definition jsonb       NOT NULL,
    state      text        NOT NULL DEFAULT 'ARMED' CHECK (state IN ('ARMED', 'RAISED')),
    -- How often it was raised.
    generation bigint      NOT NULL DEFAULT 0,
    cause      jsonb,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When it was first judged by what every market sells; until then markets that did not change since have not spoken.
    judged_at  timestamptz
);
CREATE INDEX price_alert_tenant ON price_alert (tenant, id);
CREATE INDEX price_alert_new ON price_alert (id) WHERE judged_at IS NULL;

-- The markets in which an alert's condition holds, each with the version of the book by which it was judged so. An alert is raised
-- while there is one. Rows of markets in which it does not hold any more stay, so that an older judgement cannot undo a newer one.
CREATE TABLE price_alert_market (
    alert_id uuid    NOT NULL REFERENCES price_alert ON DELETE CASCADE,
    provider text    NOT NULL,
    version  bigint  NOT NULL,
    holds    boolean NOT NULL,
    cause    jsonb,
    PRIMARY KEY (alert_id, provider)
);

-- Up to which version of its book a market's changes were held against the alerts.
CREATE TABLE price_alert_progress (
    provider text   PRIMARY KEY,
    version  bigint NOT NULL
);
