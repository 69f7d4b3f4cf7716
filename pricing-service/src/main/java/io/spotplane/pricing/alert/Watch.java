package io.spotplane.pricing.alert;

import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.event.PriceAlertRaised.Kind;
import io.spotplane.contracts.event.PriceAlertRaised.Reason;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an alert looks for, ready to be asked often. Each has two lines: one that must be reached, and one that must be left again, further out,
 * so that a price that flaps around the first does not tell of itself again and again.
 */
sealed interface Watch {

    /** That of {@code definition}. */
    static Watch of(AlertDefinition definition) {
        return definition.kind() == Kind.BID_AT_RISK ? Bid.of(definition) : Threshold.of(definition);
    }

    /** Whether the market of {@code provider} can have anything to do with it. */
    boolean concerns(String provider);

    /** The one offering it is about; null when it is about all that it wants. */
    @Nullable
    String offeringId();

    /**
     * Whether what it looks for holds of {@code offering}; which of the two lines decides, is said by {@code held}.
     *
     * @param held whether it held before
     */
    Optional<Cause> cause(Offering offering, boolean held, BidOutlook outlook);

    /** The same when {@link #offeringId} is not for sale. */
    Optional<Cause> causeWhenGone();

    private static boolean isOf(String provider, String offeringId) {
        return offeringId.startsWith(provider + ":");
    }

    private static BigDecimal percent(BigDecimal percent) {
        return percent.movePointLeft(2);
    }

    /**
     * A price beyond a line. Above a line can only be watched of one offering.
     *
     * @param offeringId the one offering; null for all that {@code query} wants
     * @param query what is wanted; null for one offering
     * @param gpus the query's GPU names, as they are filed
     * @param side on which side of the line it holds
     * @param limit the line, in millionths of the currency
     * @param rearm the line that must be left again, in millionths: the last that is still within it
     * @param basis what the line is about
     */
    record Threshold(
            @Nullable String offeringId,
            @Nullable AlertQuery query,
            Set<String> gpus,
            Reason side,
            long limit,
            long rearm,
            Basis basis)
            implements Watch {

        private static final int PLACES = 6;

        private static Threshold of(AlertDefinition definition) {
            var limit = definition.limit().amount();
            var away = limit.multiply(percent(definition.rearmPercent()));
            var query = definition.query();
            var below = definition.below() != null;
            return new Threshold(
                    definition.offeringId(),
                    query,
                    query == null ? Set.of() : query.filedGpus(),
                    below ? Reason.BELOW : Reason.ABOVE,
                    micros(limit, RoundingMode.UNNECESSARY),
                    below
                            ? micros(limit.add(away), RoundingMode.FLOOR)
                            : micros(limit.subtract(away), RoundingMode.CEILING),
                    definition.basis());
        }

        private static long micros(BigDecimal amount, RoundingMode rounding) {
            return amount.setScale(PLACES, rounding).unscaledValue().longValueExact();
        }

        @Override
        public boolean concerns(String provider) {
            return offeringId != null ? isOf(provider, offeringId) : query == null || query.wantsProvider(provider);
        }

        /** What the line is about, of {@code offering}, in millionths of the currency; empty when it has no such thing. */
        static OptionalLong value(Offering offering, Basis basis) {
            var price = basis == Basis.MACHINE ? offering.billedPrice() : Cause.perGpu(offering);
            return price == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(micros(price.amount(), RoundingMode.UNNECESSARY));
        }

        /** Whether {@code value} is on the side that is looked for. */
        boolean reaches(long value, boolean held) {
            var line = held ? rearm : limit;
            return side == Reason.BELOW ? value <= line : value >= line;
        }

        /** Whether it is about {@code offering}; see {@link AlertQuery#wants}. */
        boolean wants(Offering offering, Set<String> gpuNames) {
            return query == null ? offering.id().equals(offeringId) : query.wants(offering, gpus, gpuNames);
        }

        @Override
        public Optional<Cause> cause(Offering offering, boolean held, BidOutlook outlook) {
            var value = value(offering, basis);
            return value.isPresent() && reaches(value.getAsLong(), held)
                    ? Optional.of(Cause.of(side, offering))
                    : Optional.empty();
        }

        /** What is not for sale has no price. */
        @Override
        public Optional<Cause> causeWhenGone() {
            return Optional.empty();
        }
    }

    /**
     * Capacity that is held by a bid, and may soon be lost. Where nothing is known about the future, a price near the bid stands for it.
     *
     * @param offeringId what was bid for
     * @param bid an hour
     * @param horizon how soon its end is a matter
     * @param probability from which chance on
     * @param rearm what is taken off the bid for a price that must be left again
     */
    record Bid(String offeringId, BigDecimal bid, Duration horizon, double probability, BigDecimal rearm)
            implements Watch {

        private static final BigDecimal NEAR = new BigDecimal("0.90");
        private static final double STILL_LIKELY = 0.8;

        private static Bid of(AlertDefinition definition) {
            if (definition.offeringId() == null || definition.horizon() == null || definition.probability() == null) {
                throw new IllegalStateException("a bid at risk without offering, horizon or probability");
            }
            return new Bid(
                    definition.offeringId(),
                    definition.limit().amount(),
                    definition.horizon(),
                    definition.probability().doubleValue(),
                    BigDecimal.ONE.subtract(percent(definition.rearmPercent())));
        }

        @Override
        public boolean concerns(String provider) {
            return isOf(provider, offeringId);
        }

        @Override
        public Optional<Cause> cause(Offering offering, boolean held, BidOutlook outlook) {
            var value = offering.billedPrice().amount();
            if (value.compareTo(bid) > 0) {
                return Optional.of(Cause.of(Reason.BID_EXCEEDED, offering));
            }
            return outlook.endsWithin(offeringId, bid, horizon)
                    .map(estimate -> likely(offering, held, estimate))
                    .orElseGet(() -> near(offering, value, held));
        }

        private Optional<Cause> likely(Offering offering, boolean held, BidOutlook.Outlook estimate) {
            var line = held ? probability * STILL_LIKELY : probability;
            return estimate.probability() >= line
                    ? Optional.of(Cause.of(Reason.BID_LIKELY_LOST, offering, estimate))
                    : Optional.empty();
        }

        private Optional<Cause> near(Offering offering, BigDecimal value, boolean held) {
            var line = held ? bid.multiply(NEAR).multiply(rearm) : bid.multiply(NEAR);
            return value.compareTo(line) >= 0 ? Optional.of(Cause.of(Reason.BID_NEAR, offering)) : Optional.empty();
        }

        @Override
        public Optional<Cause> causeWhenGone() {
            return Optional.of(Cause.gone(offeringId));
        }
    }
}
