-- Pools of which something was seen.
CREATE TABLE risk_pool (
    key           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider      text NOT NULL,
    region        text NOT NULL,
    zone          text,
    instance_type text NOT NULL,
    UNIQUE NULLS NOT DISTINCT (provider, region, zone, instance_type)
);

-- One row for each of our machines. What is not known yet is null: events of one machine come over two topics, in any order.
CREATE TABLE risk_life (
    instance_id text PRIMARY KEY,
    pool_key    bigint REFERENCES risk_pool,
    spot        boolean     NOT NULL DEFAULT false,
    started_at  timestamptz,
    ended_at    timestamptz,
    reclaimed   boolean     NOT NULL DEFAULT false,
    -- Its life is in risk_exposure.
    counted     boolean     NOT NULL DEFAULT false,
    heard_at    timestamptz NOT NULL
);
CREATE INDEX risk_life_heard ON risk_life (heard_at);

-- Sufficient statistics: hours lived through and ends seen, by pool, kind of end (RECLAIM of a machine, RETURN of capacity), age band and the day
-- they belong to. Rows only ever grow, so that the order of events does not matter; how much an old day still counts is decided by who reads.
CREATE TABLE risk_exposure (
    pool_key bigint           NOT NULL REFERENCES risk_pool,
    process  text             NOT NULL,
    day      date             NOT NULL,
    band     smallint         NOT NULL,
    hours    double precision NOT NULL,
    ends     double precision NOT NULL,
    PRIMARY KEY (pool_key, process, day, band)
);
CREATE INDEX risk_exposure_day ON risk_exposure (day);

-- Pools that refused for lack of capacity and were not seen to have any since.
CREATE TABLE risk_outage (
    pool_key        bigint PRIMARY KEY REFERENCES risk_pool,
    since           timestamptz NOT NULL,
    last_refused_at timestamptz NOT NULL
);
