-- What a service will announce. A row appears in the transaction of the change that it tells of.
create table outbox_event (
    id           uuid        primary key,
    position     bigint      not null generated always as identity,
    shard        smallint    not null,
    topic        text        not null,
    subject      text        not null,
    sequence     bigint      not null,
    headers      jsonb       not null,
    payload      text        not null,
    created_at   timestamptz not null default clock_timestamp(),
    published_at timestamptz,
    unique (topic, subject, sequence)
);

create index outbox_event_pending on outbox_event (shard, position) where published_at is null;
create index outbox_event_published on outbox_event (published_at) where published_at is not null;

-- The last sequence of each topic and subject. Its row lock orders those who append for one subject. Rows are never deleted:
-- a subject that came back would count from 1 again.
create table outbox_sequence (
    topic   text   not null,
    subject text   not null,
    last    bigint not null,
    primary key (topic, subject)
);

-- Who may send a shard's events, and until when by this database's clock.
create table outbox_shard (
    shard           smallint    primary key,
    lock_owner      text,
    lock_token      uuid,
    lock_expires_at timestamptz not null default '-infinity'
);

insert into outbox_shard (shard) select generate_series(0, 63);

-- Wakes the relays at commit.
create function outbox_wake() returns trigger language plpgsql as $$
begin
    perform pg_notify('outbox', '');
    return null;
end $$;

create trigger outbox_wake after insert on outbox_event for each statement execute function outbox_wake();

-- What a consumer has applied. A row appears in the transaction of the effect.
create table inbox (
    consumer   text        not null,
    event_id   text        not null,
    applied_at timestamptz not null default clock_timestamp(),
    primary key (consumer, event_id)
);

create index inbox_applied_at on inbox (applied_at);
