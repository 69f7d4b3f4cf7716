package io.spotplane.pricing.recommendation;

import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The recommendations that were made. A tenant sees its own only. */
interface Recommendations {

    /** Keeps one. */
    Mono<Void> add(Kept recommendation);

    /** The answer, as JSON; empty when the tenant has none with this id. */
    Mono<String> answer(String tenant, UUID id);

    /** What became of the offerings that were looked at, packed; empty when the tenant has none with this id. */
    Mono<byte[]> candidates(String tenant, UUID id);

    /** The certificate, packed; empty when the tenant has none with this id. */
    Mono<byte[]> certificate(String tenant, UUID id);

    /** Deletes those that need not be kept at {@code now} any more; tells how many. */
    Mono<Long> forget(Instant now);

    /**
     * A recommendation as it is kept.
     *
     * @param id its id
     * @param tenant whose
     * @param createdAt when it was made
     * @param keptUntil how long it must be kept
     * @param request as JSON
     * @param answer as JSON
     * @param candidates packed by {@link PackedCandidates}
     * @param certificate packed JSON
     */
    record Kept(
            UUID id,
            String tenant,
            Instant createdAt,
            Instant keptUntil,
            String request,
            String answer,
            byte[] candidates,
            byte[] certificate) {}
}
