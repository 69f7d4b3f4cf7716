package io.spotplane.simulator.ledger;

import java.time.Instant;

/** Something bought that can say how it stands. */
public interface Purchase {

    LedgerLine line(Instant now);
}
