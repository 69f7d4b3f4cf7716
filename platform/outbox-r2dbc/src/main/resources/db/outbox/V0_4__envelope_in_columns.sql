-- What differs from event to event is in columns, no longer in a JSON object of 500 bytes that was made, parsed and written out again for each; what is the same for all
-- is added by the relay. Columns have no index but the one by which the relay looks: entries of random keys (id; topic, subject, sequence) were a third of what an append
-- costs. Sequences are unique because their counter is raised under its lock.
--
-- Two versions side by side: rows that wait, and those that the version before still appends, have headers and none of the new columns; the relay of this version reads
-- them from there. A relay of the version before fails when it meets a row of this one, before it sends anything, and its shards go to the relays of this version;
-- its gauge of what waits stands still; appending works for both.
alter table outbox_event
    drop constraint outbox_event_pkey,
    drop constraint outbox_event_topic_subject_sequence_key,
    alter column headers drop not null,
    add column type text,
    add column tenant text,
    add column expires timestamptz,
    add column traceparent text;
alter table outbox_event rename column created_at to time;
drop index outbox_event_pending;
alter table outbox_event add primary key (shard, position);

-- The table fills and empties in seconds, while plans are kept. One that has never been counted, or has pages, is read by its index; one that was found with hardly a page
-- would be read whole, over all pages that a burst fills later. So it is not counted while it is small and keeps its pages; the next burst needs them anyway.
alter table outbox_event set (
    vacuum_truncate = off,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_analyze_threshold = 1000
);
