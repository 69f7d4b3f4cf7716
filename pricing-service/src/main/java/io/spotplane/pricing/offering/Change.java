package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to one offering between two believed sweeps. */
public sealed interface Change {

    /** The offering, in its state after the change; for {@link Withdrawn} the last that it had. */
    Offering offering();

    /** The offering as it is for sale after the change; null when it is not. */
    default @Nullable Offering after() {
        return this instanceof Withdrawn ? null : offering();
    }

    /** The offering as it was for sale before the change; null when it was not. */
    @Nullable
    Offering before();

    /**
     * What lies between two states of one offering; empty when buyers see no difference: the time that a provider stamps on a price is none.
     *
     * @param before null when it was not for sale
     * @param after null when it is not for sale
     * @param at when it was seen to be so
     */
    static Optional<Change> between(@Nullable Offering before, @Nullable Offering after, Instant at) {
        if (before == null) {
            return Optional.ofNullable(after).map(Listed::new);
        }
        if (after == null) {
            return Optional.of(new Withdrawn(before, at));
        }
        return sameForBuyers(before, after) ? Optional.empty() : Optional.of(new Altered(after, before));
    }

    private static boolean sameForBuyers(Offering one, Offering other) {
        return same(one.price(), other.price())
                && same(one.billedPrice(), other.billedPrice())
                && one.availability() == other.availability()
                && one.availabilityConfidence() == other.availabilityConfidence()
                && Objects.equals(one.bidRules(), other.bidRules())
                && one.source().equals(other.source())
                && sameMachine(one, other);
    }

    /** 0.9 and 0.900000 are one price. */
    private static boolean same(HourlyPrice one, HourlyPrice other) {
        return one.currency().equals(other.currency()) && one.compareTo(other) == 0;
    }

    private static boolean sameMachine(Offering one, Offering other) {
        return one.vcpu() == other.vcpu()
                && one.memoryMiB() == other.memoryMiB()
                && one.capacityType() == other.capacityType()
                && one.instanceType().equals(other.instanceType())
                && one.region().equals(other.region())
                && Objects.equals(one.zone(), other.zone())
                && Objects.equals(one.gpu(), other.gpu());
    }

    /** It is new, or back. */
    record Listed(Offering offering) implements Change {

        @Override
        public @Nullable Offering before() {
            return null;
        }
    }

    /** Its price, availability or machine is another. */
    record Altered(Offering offering, Offering before) implements Change {}

    /**
     * It is no longer for sale.
     *
     * @param at end of the sweep that no longer had it
     */
    record Withdrawn(Offering offering, Instant at) implements Change {

        @Override
        public Offering before() {
            return offering;
        }
    }
}
