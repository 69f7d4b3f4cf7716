-- One row per Idempotency-Key: written, with its answer, in the transaction of the write it stands for.
create table idempotent_write (
    tenant          text        not null,
    route           text        not null, -- method and path template, such as 'POST /v1/gpu-requests'
    idempotency_key text        not null,
    fingerprint     bytea       not null, -- SHA-256 of route and canonical body
    status          integer,              -- null only inside the transaction that is still running
    location        text,
    answer          text,
    created_at      timestamptz not null default now(),
    primary key (tenant, route, idempotency_key)
);

-- For the deletion of old answers.
create index idempotent_write_created_at on idempotent_write (created_at);
