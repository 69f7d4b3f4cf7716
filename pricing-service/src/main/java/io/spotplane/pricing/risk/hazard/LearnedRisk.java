package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.ReclaimRisk;
import java.time.Duration;
import java.util.Locale;

/**
 * Everything that was learnt until one moment. Immutable; a newer one replaces it whole.
 *
 * @param reclaims how long machines live
 * @param returns how long outages last
 * @param togetherness which pools fail together
 */
public record LearnedRisk(HazardModel reclaims, HazardModel returns, Togetherness togetherness) implements ReclaimRisk {

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    @Override
    public Survival survival(Pool pool, Duration age, Duration horizon) {
        var rates = reclaims.of(pool);
        double from = AgeBand.hours(age);
        var expected = rates.between(from, from + AgeBand.hours(horizon));
        return new Survival(
                expected.chanceOfNone(),
                Math.exp(-expected.quantile(HIGH)),
                Math.exp(-expected.quantile(LOW)),
                words(rates.basis(), "reclaims"));
    }

    @Override
    public double hazardPerHour(Pool pool, Duration age) {
        return reclaims.of(pool).perHour(AgeBand.of(age)).mean();
    }

    @Override
    public double togetherness(Pool pool, Pool other) {
        return togetherness.lift(pool, other);
    }

    /** How much of the next {@code limit} a machine of {@code pool} and of this age is expected to live: what a placement compares. */
    public Duration expectedLife(Pool pool, Duration age, Duration limit) {
        double hours = reclaims.of(pool).expectedHours(AgeBand.hours(age), AgeBand.hours(limit));
        return Duration.ofMillis(Math.round(hours * 3_600_000));
    }

    /** The chance that capacity of {@code pool}, gone for {@code outage}, is back within another {@code wait}. */
    public Survival backWithin(Pool pool, Duration outage, Duration wait) {
        var rates = returns.of(pool);
        double from = AgeBand.hours(outage);
        var expected = rates.between(from, from + AgeBand.hours(wait));
        return new Survival(
                1 - expected.chanceOfNone(),
                1 - Math.exp(-expected.quantile(LOW)),
                1 - Math.exp(-expected.quantile(HIGH)),
                words(rates.basis(), "returns"));
    }

    private static String words(BandRates.Basis basis, String ends) {
        return switch (basis.level()) {
            case POOL ->
                String.format(Locale.ROOT, "%.1f %s in %.0f hours of this pool", basis.ends(), ends, basis.hours());
            case REGION -> "no observation of this pool; its type family in its region";
            case FAMILY -> "no observation of this pool; its type family in other regions";
            case STATED -> "no observation of this pool; its provider's stated class";
            case SPOT -> "no observation of this pool or its family; other spot capacity";
            case PRIOR -> "no observation at all; carried prior";
        };
    }
}
