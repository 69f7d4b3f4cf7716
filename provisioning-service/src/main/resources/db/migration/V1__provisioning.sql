-- What tenants asked for. The document is the request; the columns are what it is found by.
CREATE TABLE capacity_request (
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    kind            text NOT NULL,
    name            text,
    phase           text NOT NULL,
    open            boolean NOT NULL,
    document        jsonb NOT NULL,
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL,
    -- When somebody is to look at it next; infinity while somebody does.
    look_at         timestamptz NOT NULL DEFAULT now(),
    -- The lease. Its end is reckoned by this database's clock alone.
    lock_owner      text,
    lock_token      uuid,
    lock_expires_at timestamptz
);
CREATE UNIQUE INDEX capacity_request_live_name ON capacity_request (tenant, name) WHERE open AND name IS NOT NULL;
CREATE INDEX capacity_request_due ON capacity_request (look_at) WHERE open;
CREATE INDEX capacity_request_of_tenant ON capacity_request (tenant, kind, created_at DESC, id DESC);

-- Everything that was bought, or was to be. A row stands here before any provider is asked.
CREATE TABLE instance (
    id          uuid PRIMARY KEY,
    request_id  uuid NOT NULL REFERENCES capacity_request (id),
    tenant      text NOT NULL,
    provider    text NOT NULL,
    token       text NOT NULL UNIQUE,
    machine     text,
    phase       text NOT NULL,
    open        boolean NOT NULL,
    -- What it cost in all, known once it is closed.
    cost        numeric(18, 6) NOT NULL DEFAULT 0,
    document    jsonb NOT NULL,
    version     bigint NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE INDEX instance_of_request ON instance (request_id) WHERE open;
CREATE INDEX instance_spent ON instance (request_id) INCLUDE (cost) WHERE NOT open;
CREATE INDEX instance_at_provider ON instance (provider, request_id) WHERE open;
CREATE INDEX instance_of_machine ON instance (provider, machine) WHERE machine IS NOT NULL;
CREATE INDEX instance_of_tenant ON instance (tenant, created_at DESC, id DESC);

CREATE TABLE timeline (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id  uuid NOT NULL REFERENCES capacity_request (id),
    tenant      text NOT NULL,
    document    jsonb NOT NULL
);
CREATE INDEX timeline_of_request ON timeline (request_id, id);

-- The market as announced on spotplane.offerings.
CREATE TABLE offering (
    id          text PRIMARY KEY,
    provider    text NOT NULL,
    gpu_count   integer NOT NULL,
    vcpu        integer NOT NULL,
    memory_mib  bigint NOT NULL,
    received_at timestamptz NOT NULL,
    document    jsonb NOT NULL
);
-- When each market was last collected in full: what was announced of it and not withdrawn is confirmed by that.
CREATE TABLE market_sweep (
    provider    text PRIMARY KEY,
    as_of       timestamptz NOT NULL
);
CREATE INDEX offering_of_shape ON offering (gpu_count, vcpu, memory_mib);

-- What is left alone for a while, by all replicas.
CREATE TABLE cool_down (
    scope   text NOT NULL,
    key     text NOT NULL,
    until   timestamptz NOT NULL,
    reason  text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (scope, key)
);

-- Providers' notices, each once.
CREATE TABLE interruption (
    provider    text NOT NULL,
    signal_id   text NOT NULL,
    instance_id uuid,
    received_at timestamptz NOT NULL,
    deadline    timestamptz NOT NULL,
    document    jsonb NOT NULL,
    PRIMARY KEY (provider, signal_id)
);
CREATE INDEX interruption_unmatched ON interruption (received_at) WHERE instance_id IS NULL;

-- Who looks at which account, and when next.
CREATE TABLE provider_account (
    provider        text PRIMARY KEY,
    look_at         timestamptz NOT NULL DEFAULT now(),
    lock_owner      text,
    lock_token      uuid,
    lock_expires_at timestamptz
);
