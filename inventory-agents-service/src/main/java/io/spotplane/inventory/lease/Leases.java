package io.spotplane.inventory.lease;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Who may do which duty. */
public interface Leases {

    /**
     * Takes the lease of {@code terms.duty()}; empty when another replica has it or the duty is not due.
     *
     * @param now whether to take it although it is not due
     */
    Mono<Lease> take(Terms terms, boolean now);

    /**
     * Gives the lease back, in the caller's transaction if there is one.
     *
     * @return false when it is no longer held: whatever was done under it must not count
     */
    Mono<Boolean> giveBack(Lease lease);

    /**
     * Locks the lease's row until the caller's transaction ends.
     *
     * @throws LeaseLost (as error signal) when it is no longer held
     */
    Mono<Void> prove(Lease lease);

    /**
     * What is asked for.
     *
     * @param duty name of the duty
     * @param lasts after this time others may take it; longer than the work can last
     * @param rest after this time from now the duty is due again
     */
    record Terms(String duty, Duration lasts, Duration rest) {}
}
