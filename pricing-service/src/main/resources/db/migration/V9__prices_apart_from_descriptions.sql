-- What changes with every round stands in a narrow row of columns; what an offering is, which hardly ever changes, beside it. A round that reprices 28,000
-- offerings then rewrites 5 MB of rows that stay in memory instead of 25 MB of documents, and parses no JSON. Rounds of the version before fail from here
-- on; they lose nothing, and the next one of this version collects the market. Half of a large market may change in one round: with room on their pages rows
-- are rewritten in place, without a new entry in every index.
CREATE TABLE offering_next (
    id           text        NOT NULL,
    key          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    provider     text        NOT NULL,
    observed_at  timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    -- Without a scale: 0.90 stays 0.90.
    price        numeric     NOT NULL,
    billed_price numeric     NOT NULL,
    currency     text        NOT NULL,
    availability text        NOT NULL,
    confidence   text,
    source       text        NOT NULL,
    withdrawn_at timestamptz,
    told_at      timestamptz,
    held_until   timestamptz,
    told         jsonb
) WITH (fillfactor = 60);

-- Everything else of an offering, as JSON.
CREATE TABLE offering_description (
    offering_id text  PRIMARY KEY,
    description jsonb NOT NULL
);

-- In the order in which rounds write: neighbours lie beside each other.
INSERT INTO offering_next OVERRIDING SYSTEM VALUE
SELECT id, key, provider, (document ->> 'observedAt')::timestamptz, (document ->> 'receivedAt')::timestamptz,
       (document #>> '{price,amount}')::numeric, (document #>> '{billedPrice,amount}')::numeric, document #>> '{price,currency}',
       document ->> 'availability', document ->> 'availabilityConfidence', document ->> 'source', withdrawn_at, told_at, held_until, told
  FROM offering ORDER BY id;

INSERT INTO offering_description
SELECT id, document - '{id,provider,price,billedPrice,availability,source,observedAt,receivedAt,availabilityConfidence}'::text[]
  FROM offering ORDER BY id;

DROP TABLE offering;
ALTER TABLE offering_next RENAME TO offering;
ALTER TABLE offering
    ADD PRIMARY KEY (id),
    ADD CONSTRAINT offering_key_key UNIQUE (key);
CREATE INDEX offering_for_sale ON offering (provider) WHERE withdrawn_at IS NULL;
CREATE INDEX offering_held ON offering (provider, held_until) WHERE held_until IS NOT NULL;
SELECT setval(pg_get_serial_sequence('offering', 'key'), (SELECT coalesce(max(key), 0) + 1 FROM offering), false);
