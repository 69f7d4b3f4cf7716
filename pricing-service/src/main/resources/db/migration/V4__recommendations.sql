-- Recommendations as they were answered, with what they were decided on: looked up by id, and dropped when they are old.
CREATE TABLE recommendation (
    id          uuid        PRIMARY KEY,
    tenant      text        NOT NULL,
    created_at  timestamptz NOT NULL,
    kept_until  timestamptz NOT NULL,
    request     jsonb       NOT NULL,
    answer      jsonb       NOT NULL,
    -- gzip: one line for each offering that was looked at, by id (some bytes each; 100,000 offerings are about a megabyte)
    candidates  bytea       NOT NULL,
    -- gzip: JSON
    certificate bytea       NOT NULL
);
CREATE INDEX recommendation_kept_until ON recommendation (kept_until);
