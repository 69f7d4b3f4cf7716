-- Recorded availability that tenants brought: runs of equal samples, oldest first.
CREATE TABLE availability_trace (
    id         uuid PRIMARY KEY,
    tenant     text        NOT NULL,
    name       text        NOT NULL,
    tick_ms    bigint      NOT NULL CHECK (tick_ms > 0),
    nodes      integer[]   NOT NULL,
    lengths    integer[]   NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK (cardinality(nodes) = cardinality(lengths) AND cardinality(nodes) > 0)
);
CREATE INDEX availability_trace_of_tenant ON availability_trace (tenant, created_at DESC, id);

-- Plans for work with a deadline: everything that a decision needs, so that any replica decides the same.
CREATE TABLE deadline_plan (
    id         uuid PRIMARY KEY,
    tenant     text        NOT NULL,
    document   jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    -- Some time after its deadline nobody follows it any more.
    expires_at timestamptz NOT NULL
);
CREATE INDEX deadline_plan_expiry ON deadline_plan (expires_at);
