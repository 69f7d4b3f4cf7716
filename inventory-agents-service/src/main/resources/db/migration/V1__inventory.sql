-- Who does which duty now. One row for each agent and for the announcer.
CREATE TABLE lease (
    duty       text PRIMARY KEY,
    owner      uuid        NOT NULL,
    fence      bigint      NOT NULL,
    expires_at timestamptz,             -- null: given back
    due_at     timestamptz NOT NULL
);

-- How each agent's last look went. The look itself is a snapshot in Redis.
CREATE TABLE agent_run (
    agent                text PRIMARY KEY,
    started_at           timestamptz NOT NULL,
    duration_ms          bigint      NOT NULL,
    serial_ms            bigint      NOT NULL,
    calls                integer     NOT NULL,
    outcome              text        NOT NULL,
    error                text,
    consecutive_failures integer     NOT NULL,
    last_success_at      timestamptz,
    believed_size        integer,            -- what the next list is measured by
    trusted_once         boolean     NOT NULL DEFAULT false
);

-- What the world was told last of each thing: a host or an aggregate.
CREATE TABLE announced (
    kind         text        NOT NULL,
    id           text        NOT NULL,
    cloud        text        NOT NULL,
    fingerprint  text        NOT NULL,
    announced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kind, id)
);
