package io.spotplane.pricing.risk.report;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.ReclaimRisk.Survival;
import io.spotplane.pricing.risk.hazard.AgeBand;
import io.spotplane.pricing.risk.hazard.BandRates;
import io.spotplane.pricing.risk.hazard.BandRates.Basis;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.LearnedRisk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The risk of one pool.
 *
 * @param pool which
 * @param basis the closest thing that was observed: the pool itself, or what it belongs to
 * @param reclaims the hazard by age of the machine
 * @param returns how soon capacity is back after it was gone
 * @param returnsBasis the same as {@code basis}, for the returns
 */
record RiskOfPool(
        Pool pool,

        @Schema(description = "The closest thing that was observed")
        Basis.Level basis,

        List<Band> reclaims,
        List<Return> returns,
        Basis.Level returnsBasis) {

    private static final List<Duration> WAITS = Stream.of("PT3M", "PT10M", "PT30M", "PT1H", "PT3H", "PT12H", "PT24H")
            .map(Duration::parse)
            .toList();
    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    /**
     * One age band.
     *
     * @param age which
     * @param perHour expected reclaims an hour
     * @param low lower end of the 90 % credible interval
     * @param high its upper end
     * @param observedHours hours that this pool's machines spent in it and that still count
     * @param observedReclaims reclaims in it that still count
     */
    record Band(
            @Schema(example = "10–30 min") String age,
            double perHour,
            double low,
            double high,
            double observedHours,
            double observedReclaims) {}

    /**
     * One point of the return curve.
     *
     * @param within time after capacity was found to be gone
     * @param probability chance that there is some again
     * @param low lower end of the 90 % credible interval
     * @param high its upper end
     */
    record Return(
            @Schema(type = "string", example = "PT30M") Duration within, double probability, double low, double high) {}

    static RiskOfPool of(Pool pool, LearnedRisk risk, @Nullable Exposure seen) {
        var rates = risk.reclaims().of(pool);
        return new RiskOfPool(
                pool,
                rates.basis().level(),
                bands(rates, seen == null ? new Exposure() : seen),
                WAITS.stream()
                        .map(wait -> point(wait, risk.backWithin(pool, Duration.ZERO, wait)))
                        .toList(),
                risk.returns().of(pool).basis().level());
    }

    private static List<Band> bands(BandRates rates, Exposure seen) {
        return Stream.of(AgeBand.values())
                .map(band -> {
                    var perHour = rates.perHour(band);
                    return new Band(
                            band.label(),
                            perHour.mean(),
                            perHour.quantile(LOW),
                            perHour.quantile(HIGH),
                            seen.hours(band),
                            seen.ends(band));
                })
                .toList();
    }

    private static Return point(Duration wait, Survival back) {
        return new Return(wait, back.probability(), back.low(), back.high());
    }
}
