-- Recommendations as they were answered, with what they were decided on: looked up by id, and dropped when they are old.
CREATE TABLE recommendation (
    id          uuid        PRIMARY KEY,
    tenant      text        NOT NULL,
    created_at  timestamptz NOT NULL,
    kept_until  timestamptz NOT NULL,
    -- As they were sent: json keeps the order of fields.
    request     json        NOT NULL,
    answer      json        NOT NULL,
    -- gzip: one line for each offering that was looked at, by id (some bytes each; 100,000 offerings are about a megabyte)
    candidates  bytea       NOT NULL,
    -- gzip: JSON
    certificate bytea       NOT NULL
);
CREATE INDEX recommendation_kept_until ON recommendation (kept_until);
