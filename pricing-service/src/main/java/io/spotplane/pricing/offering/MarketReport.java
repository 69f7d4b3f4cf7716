package io.spotplane.pricing.offering;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a market is doing: what the last round met, and how old what is served is. Written by the replica that collects, shared with all.
 *
 * @param provider the market
 * @param staleAfter age from which its prices count as stale
 * @param asOf end of the last believed sweep, which is when every offering on the shelf but the doubted ones was last confirmed; null until
 *     there was one
 * @param attemptedAt end of the last round, believed or not; null until there was one
 * @param took how long the last round took; null until there was one
 * @param offerings how many the last believed sweep had
 * @param rejected rows of the last believed sweep that were left out, by reason
 * @param error what the last round met; null when it was believed
 * @param failures rounds in a row that were not believed
 * @param shortRounds how many of them, since the last believed one, showed too little to be believed
 * @param doubts what the last believed sweep left open
 */
public record MarketReport(
        String provider,
        Duration staleAfter,
        @Nullable Instant asOf,
        @Nullable Instant attemptedAt,
        @Nullable Duration took,
        int offerings,
        Map<String, Integer> rejected,
        @Nullable String error,
        int failures,
        int shortRounds,
        Doubts doubts) {

    @SuppressWarnings("ConstantValue") // reports that were stored before there were doubts have none
    public MarketReport {
        rejected = Map.copyOf(rejected);
        doubts = doubts == null ? Doubts.NONE : doubts;
    }

    /** Of a market that no replica has looked at yet. */
    public static MarketReport neverCollected(String provider, Duration staleAfter) {
        return new MarketReport(provider, staleAfter, null, null, null, 0, Map.of(), null, 0, 0, Doubts.NONE);
    }

    /** After a sweep that was believed, and left nothing open. */
    public MarketReport believed(
            Instant confirmedAt, Instant at, Duration time, int forSale, Map<String, Integer> leftOut) {
        return believed(confirmedAt, at, time, forSale, leftOut, Doubts.NONE);
    }

    /** After a sweep that was believed. */
    public MarketReport believed(
            Instant confirmedAt, Instant at, Duration time, int forSale, Map<String, Integer> leftOut, Doubts open) {
        return new MarketReport(provider, staleAfter, confirmedAt, at, time, forSale, leftOut, null, 0, 0, open);
    }

    /** After a round that brought nothing to believe: what was known stays, with its age. */
    public MarketReport failed(String why, Instant at, Duration time) {
        return new MarketReport(
                provider, staleAfter, asOf, at, time, offerings, rejected, why, failures + 1, shortRounds, doubts);
    }

    /** After a sweep that showed too little to be believed. */
    public MarketReport tooShort(String why, Instant at, Duration time) {
        return new MarketReport(
                provider, staleAfter, asOf, at, time, offerings, rejected, why, failures + 1, shortRounds + 1, doubts);
    }

    /** The same, with the staleness limit of the settings in force. */
    public MarketReport staleAfter(Duration limit) {
        return new MarketReport(
                provider, limit, asOf, attemptedAt, took, offerings, rejected, error, failures, shortRounds, doubts);
    }

    /** Whether there are prices at all. */
    public boolean everCollected() {
        return asOf != null;
    }

    /** When a sweep last confirmed the offering with this id, which is for sale; null while nothing was collected. */
    public @Nullable Instant confirmedAt(String offeringId) {
        var doubted = doubts.confirmedAt(offeringId);
        return doubted == null ? asOf : doubted;
    }

    /** Age of the prices at {@code now}, never negative; null while there are none. */
    public @Nullable Duration ageAt(Instant now) {
        return asOf == null ? null : age(asOf, now);
    }

    /** Age of one price at {@code now}, never negative; null while there are none. */
    public @Nullable Duration ageAt(Instant now, String offeringId) {
        var confirmed = confirmedAt(offeringId);
        return confirmed == null ? null : age(confirmed, now);
    }

    private static Duration age(Instant since, Instant now) {
        var age = Duration.between(since, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Whether the prices are older than they may be, or missing. */
    public boolean staleAt(Instant now) {
        var age = ageAt(now);
        return age == null || age.compareTo(staleAfter) > 0;
    }

    /** Whether one price is older than it may be, or was doubted since. */
    public boolean staleAt(Instant now, String offeringId) {
        return doubts.confirmedAt(offeringId) != null || staleAt(now);
    }

    /** Rejected rows with their reasons in alphabetical order. */
    public Map<String, Integer> rejectedByReason() {
        return new TreeMap<>(rejected);
    }

    /** How many rows the last believed sweep left out. */
    int rejectedRows() {
        return rejected.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether {@code other} tells of a later round. */
    public boolean olderThan(MarketReport other) {
        return other.attemptedAt != null && (attemptedAt == null || attemptedAt.isBefore(other.attemptedAt));
    }
}
