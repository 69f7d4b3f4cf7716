-- What others were told of an offering, where that is not what the offering says now: a change that came too soon after the one before is held
-- until `held_until`. Then `told` is the state that others know (null: they know that it is not for sale).
ALTER TABLE offering
    ADD COLUMN told_at    timestamptz,
    ADD COLUMN held_until timestamptz,
    ADD COLUMN told       jsonb;
CREATE INDEX offering_held ON offering (provider, held_until) WHERE held_until IS NOT NULL;

-- Documents are rewritten where they stand.
ALTER TABLE offering SET (fillfactor = 80);

-- When the last round began, and until when its provider asked to be left alone: what somebody who forces a round must heed.
ALTER TABLE market
    ADD COLUMN round_began  timestamptz NOT NULL DEFAULT to_timestamp(0),
    ADD COLUMN paused_until timestamptz NOT NULL DEFAULT to_timestamp(0);
