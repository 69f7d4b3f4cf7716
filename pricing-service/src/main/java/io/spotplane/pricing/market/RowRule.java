package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import java.util.Optional;

/**
 * What a row must be to be believed. The first rule that a row breaks is its reason, so the order is part of what is counted. Negative
 * prices and NaN are no concern here: money cannot carry them.
 */
enum RowRule {
    /** Its id is not one that can stand in keys and paths. */
    BAD_ID {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            return row.id().isEmpty() || row.id().length() > LONGEST_ID || !isPlain(row.id());
        }
    },
    /** A name in it is empty, far too long, or has characters that no name has. */
    BAD_NAME {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            var zone = row.zone();
            var gpu = row.gpu();
            return !isName(row.instanceType())
                    || !isName(row.region())
                    || !isName(row.source())
                    || (zone != null && !isName(zone))
                    || (gpu != null && !isName(gpu.model()));
        }
    },
    /** It says that it is another provider's. */
    FOREIGN_PROVIDER {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            return !row.provider().equals(frame.provider()) || !row.id().startsWith(frame.provider() + ":");
        }
    },
    /** It is in a currency that nothing here can be compared with. */
    OTHER_CURRENCY {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            var currency = frame.settings().currency();
            return !row.price().currency().equals(currency)
                    || !row.billedPrice().currency().equals(currency);
        }
    },
    /** It is free, which no market is. */
    ZERO_PRICE {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            return isZero(row.price()) || isZero(row.billedPrice());
        }
    },
    /** It costs more than any machine honestly can. */
    PRICE_TOO_HIGH {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            return row.billedPrice().amount().compareTo(frame.settings().maxPricePerHour()) > 0
                    || row.price().amount().compareTo(frame.settings().maxPricePerHour()) > 0;
        }
    },
    /** It would be billed below its price, which contradicts what a billed price is. */
    BILLED_BELOW_PRICE {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            return row.price().exceeds(row.billedPrice());
        }
    },
    /** Its machine has a negative size. */
    NEGATIVE_SIZE {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            var gpu = row.gpu();
            return row.vcpu() < 0 || row.memoryMiB() < 0 || (gpu != null && gpu.memoryGiB() < 0);
        }
    },
    /** Its machine is larger than any that is built. */
    ABSURD_SIZE {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            var gpu = row.gpu();
            return row.vcpu() > MOST_VCPU
                    || row.memoryMiB() > MOST_MEMORY_MIB
                    || (gpu != null && (gpu.count() > MOST_GPUS || gpu.memoryGiB() > MOST_GPU_MEMORY_GIB));
        }
    },
    /** Its price is from further in the future than clocks differ. */
    FROM_THE_FUTURE {
        @Override
        boolean brokenBy(Offering row, Frame frame) {
            return row.observedAt().isAfter(frame.now().plus(frame.settings().maxAhead()));
        }
    };

    /** About ten times what the largest machines of 2026 have. */
    private static final int MOST_VCPU = 20_000;

    private static final long MOST_MEMORY_MIB = 512L * 1024 * 1024;
    private static final int MOST_GPUS = 1_024;
    private static final int MOST_GPU_MEMORY_GIB = 4_096;

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_ID = 256;
    private static final RowRule[] RULES = values();

    abstract boolean brokenBy(Offering row, Frame frame);

    /** Only {@code [A-Za-z0-9._:-]}; a loop, since every row of every sweep passes here. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '-' || c > ':' || c == '/') && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NAME) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(HourlyPrice price) {
        return price.amount().signum() == 0;
    }

    /** The first rule that {@code row} breaks; empty when it is to be believed. */
    static Optional<RowRule> brokenRule(Offering row, Frame frame) {
        for (var rule : RULES) {
            if (rule.brokenBy(row, frame)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /**
     * What rows are judged against.
     *
     * @param provider whose market was swept
     * @param now our clock
     * @param settings the limits
     */
    record Frame(String provider, Instant now, PricingSettings settings) {}
}
