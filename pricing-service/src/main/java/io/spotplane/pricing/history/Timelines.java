package io.spotplane.pricing.history;

import reactor.core.publisher.Mono;

/** The pasts of offerings, put together from changes, condensed days and what is known of their markets. */
interface Timelines {

    /** Most changes and days that a timeline may be made of. */
    int MOST = 50_000;

    /**
     * The past of {@code offeringId} in {@code span}.
     *
     * @return empty when it was never for sale; fails with a problem when it would be made of more than {@link #MOST} pieces
     */
    Mono<Timeline> of(String offeringId, Span span);
}
