-- Each provider that publishes how its auctions went: when it is due again, and how the last round went. Rounds only append what is new, so that two at once do no
-- harm; a replica that died in mid-round is replaced when the provider is due again.
CREATE TABLE auction_source (
    provider     text PRIMARY KEY,
    due_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Grows by one with every round; whoever keeps a copy in memory reads again when it did.
    version      bigint      NOT NULL DEFAULT 0,
    attempted_at timestamptz,
    looked_at    timestamptz,
    error        text
);

-- How each offering's history was last read.
CREATE TABLE auction_reading (
    offering_id text PRIMARY KEY,
    provider    text        NOT NULL,
    read_at     timestamptz,
    rejected    integer     NOT NULL DEFAULT 0,
    error       text
);

-- What the winners of each auction paid, before any reserve or minimum. Append only.
CREATE TABLE auction_price (
    offering_id text           NOT NULL,
    run_at      timestamptz    NOT NULL,
    amount      numeric(18, 6) NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (offering_id, run_at)
);
CREATE INDEX auction_price_age ON auction_price USING brin (run_at);

-- The distribution of the last 30 days as the provider published it, with the market price of that moment.
CREATE TABLE auction_look (
    offering_id text           NOT NULL,
    seen_at     timestamptz    NOT NULL,
    market      numeric(18, 6) NOT NULL,
    p20         numeric(18, 6) NOT NULL,
    p50         numeric(18, 6) NOT NULL,
    p80         numeric(18, 6) NOT NULL,
    PRIMARY KEY (offering_id, seen_at)
);
CREATE INDEX auction_look_age ON auction_look USING brin (seen_at);
