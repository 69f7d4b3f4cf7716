package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;

/**
 * Orders of a list of offerings, cheapest first. Of two that cost the same the one with more virtual CPUs comes first, then the name of the machine
 * type decides, then the offering's id, so that every order is total and pages are stable.
 */
public enum Sort {
    /** By what the whole machine is billed for an hour. */
    PRICE("price") {
        @Override
        boolean covers(Offering offering) {
            return true;
        }

        @Override
        long micros(Offering offering) {
            return micros(offering.billedPrice().amount());
        }
    },
    /** By what each of its GPUs is billed for an hour; machines without GPUs have no place in it. */
    PRICE_PER_GPU("pricePerGpu") {
        @Override
        boolean covers(Offering offering) {
            return offering.gpu() != null;
        }

        // Rounded half up, as the price that is shown; a machine without GPUs is dearer than every cap.
        @Override
        long micros(Offering offering) {
            var gpu = offering.gpu();
            return gpu == null ? Long.MAX_VALUE : (2 * PRICE.micros(offering) + gpu.count()) / (2L * gpu.count());
        }
    };

    private static final int PLACES = 6;

    private final String wireName;

    Sort(String wireName) {
        this.wireName = wireName;
    }

    /** The order with this name in the API, which is checked before. */
    static Sort named(String wireName) {
        return wireName.equals(PRICE_PER_GPU.wireName) ? PRICE_PER_GPU : PRICE;
    }

    /** The other of the two. */
    Sort other() {
        return this == PRICE ? PRICE_PER_GPU : PRICE;
    }

    /** Whether {@code offering} has a place in this order. */
    abstract boolean covers(Offering offering);

    /** What it goes by, in millionths of the currency: exact, since money has at most six places and less than 10^12. */
    abstract long micros(Offering offering);

    static long micros(BigDecimal amount) {
        return amount.movePointRight(PLACES).longValueExact();
    }
}
