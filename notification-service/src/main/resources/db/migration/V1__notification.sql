-- Whether an event's type is one of the patterns: exact, or a prefix with * at its end. No patterns: every type.
create function matches_any(type text, patterns text[]) returns boolean language sql immutable as $$
    select cardinality(patterns) = 0 or exists (
        select from unnest(patterns) as pattern
        where type = pattern or (right(pattern, 1) = '*' and starts_with(type, left(pattern, -1))))
$$;

create table subscription (
    id              uuid        primary key,
    tenant          text        not null,
    name            text,
    channel         text        not null,
    url             text        not null,
    event_types     text[]      not null,
    request_id      text,
    secret          text        not null,
    state           text        not null default 'ACTIVE' check (state in ('ACTIVE', 'DISABLED')),
    disabled_reason text,
    created_at      timestamptz not null default clock_timestamp()
);

create index subscription_tenant on subscription (tenant, id);

-- The last position of each tenant's log. Its row lock makes positions visible in the order in which they were given: whoever
-- has seen n will never be shown n - 1 later.
create table stream_head (
    tenant    text   primary key,
    last      bigint not null,
    forgotten bigint not null default 0
);

create table event_log (
    tenant      text        not null,
    position    bigint      not null,
    event_id    text        not null,
    type        text        not null,
    request_id  text,
    envelope    text        not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (tenant, position)
);

create index event_log_received on event_log (received_at);

create function event_log_wake() returns trigger language plpgsql as $$
begin
    perform pg_notify('event_log', new.tenant);
    return null;
end $$;

create trigger event_log_wake after insert on event_log for each row execute function event_log_wake();

create table delivery (
    id              uuid        primary key,
    subscription_id uuid        not null references subscription on delete cascade,
    tenant          text        not null,
    event_id        text        not null,
    event_type      text        not null,
    envelope        text        not null,
    traceparent     text,
    happened_at     timestamptz not null,
    expires_at      timestamptz,
    state           text        not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'ABANDONED')),
    step            int         not null,
    attempts        int         not null default 0,
    next_attempt_at timestamptz not null default clock_timestamp(),
    reason          text,
    created_at      timestamptz not null default clock_timestamp(),
    ended_at        timestamptz,
    lock_owner      text,
    lock_token      uuid,
    lock_expires_at timestamptz not null default '-infinity'
);

create index delivery_due on delivery (subscription_id, next_attempt_at) where state = 'PENDING';
create index delivery_of_subscription on delivery (subscription_id, id);
create index delivery_ended on delivery (ended_at) where state <> 'PENDING';

create table delivery_attempt (
    delivery_id uuid        not null references delivery on delete cascade,
    number      int         not null,
    started_at  timestamptz not null,
    duration_ms bigint      not null,
    outcome     text        not null,
    status      int,
    detail      text        not null,
    late        boolean     not null,
    primary key (delivery_id, number)
);

create function delivery_wake() returns trigger language plpgsql as $$
begin
    perform pg_notify('delivery', '');
    return null;
end $$;

create trigger delivery_wake after insert on delivery for each statement execute function delivery_wake();
