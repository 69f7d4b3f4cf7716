package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;

/** Orders of a list of offerings, cheapest first. Ties go by offering id, so that every order is total and pages are stable. */
public enum Sort {
    /** By what the whole machine is billed for an hour. */
    PRICE("price") {
        @Override
        boolean covers(Offering offering) {
            return true;
        }

        @Override
        BigDecimal amount(Offering offering) {
            return offering.billedPrice().amount();
        }
    },
    /** By what each of its GPUs is billed for an hour; machines without GPUs have no place in it. */
    PRICE_PER_GPU("pricePerGpu") {
        @Override
        boolean covers(Offering offering) {
            return offering.gpu() != null;
        }

        @Override
        BigDecimal amount(Offering offering) {
            var gpu = offering.gpu();
            return offering.billedPrice()
                    .dividedBy(gpu == null ? 1 : gpu.count())
                    .amount();
        }
    };

    private static final int PLACES = 6;

    private final String wireName;

    Sort(String wireName) {
        this.wireName = wireName;
    }

    /** The order with this name in the API; {@code names} are checked before. */
    static Sort named(String wireName) {
        return wireName.equals(PRICE_PER_GPU.wireName) ? PRICE_PER_GPU : PRICE;
    }

    abstract boolean covers(Offering offering);

    abstract BigDecimal amount(Offering offering);

    /** The amount in millionths of the currency: exact, since money has at most six places and less than 10^12. */
    long micros(Offering offering) {
        return micros(amount(offering));
    }

    static long micros(BigDecimal amount) {
        return amount.movePointRight(PLACES).longValueExact();
    }
}
