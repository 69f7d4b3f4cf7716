package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Offerings of a market of auctions on the ladder of July 2026, and the same on demand. */
final class Auctions {

    static final BidRules LADDER = new BidRules(
            new BigDecimal("0.01"),
            3,
            List.of(step("0.01", "0.01"), step("0.04", "0.02"), step("0.10", "0.03"), step("0.20", "0.05")),
            LocalDate.parse("2026-07-01"));

    private Auctions() {}

    private static BidRules.Step step(String from, String add) {
        return new BidRules.Step(new BigDecimal(from), new BigDecimal(add));
    }

    static Offering auctioned(String region, String type, int vcpu, int memoryGiB, String price) {
        return offering(region, type, vcpu, memoryGiB, price, CapacityType.SPOT);
    }

    static Offering onDemand(String region, String type, int vcpu, int memoryGiB, String price) {
        return offering(region, type, vcpu, memoryGiB, price, CapacityType.ON_DEMAND);
    }

    private static Offering offering(
            String region, String type, int vcpu, int memoryGiB, String price, CapacityType capacity) {
        return new Offering(
                Offering.idOf("auctions", region, null, type, 0, capacity),
                "auctions",
                region,
                null,
                type,
                vcpu,
                memoryGiB * 1024L,
                null,
                capacity,
                HourlyPrice.usd(price),
                HourlyPrice.usd(price),
                Availability.UNKNOWN,
                "TestAuctions",
                Instant.EPOCH,
                Instant.EPOCH,
                Confidence.COUNTED,
                capacity == CapacityType.SPOT ? LADDER : null);
    }
}
