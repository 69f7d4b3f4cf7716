-- What the broker acknowledged is deleted, no longer marked: a mark wrote the whole row anew, and every index entry with it. The events are on their
-- topics. A relay of the version before fails from here on, and its shards go to the relays of this one; appending works for both.
delete from outbox_event where published_at is not null;
drop index outbox_event_published;
drop index outbox_event_pending;
alter table outbox_event drop column published_at;
create index outbox_event_pending on outbox_event (shard, position);

-- A counter is raised in place, without a new entry in the index, where its page has room.
alter table outbox_sequence set (fillfactor = 50);
