package io.spotplane.pricing.history;

import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Condensing the history, in small steps that may be repeated and killed anywhere. */
interface HistoryDays {

    /**
     * Condenses a day's changes of some offerings, oldest day first.
     *
     * @param before whole days before this moment's are condensed
     * @return how many offerings it took; 0 when nothing is left, empty when another replica is at it
     */
    Mono<Integer> condense(Instant before);

    /** How far condensing is behind {@code before}; zero when nothing is left to do. */
    Mono<Duration> lag(Instant before);

    /** How much there is, as the database estimates. */
    Mono<Rows> rows();

    /**
     * Rows of the history.
     *
     * @param changes kept one by one
     * @param days condensed
     */
    record Rows(long changes, long days) {}
}
