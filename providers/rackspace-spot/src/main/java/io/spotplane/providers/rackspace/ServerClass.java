package io.spotplane.providers.rackspace;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.providers.support.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A server class as the API shows it. */
record ServerClass(JsonNode metadata, JsonNode spec, JsonNode status) {

    private static final Pattern GO_DURATION = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,6})s)?");
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int DECIMALS = 6;

    static ServerClass of(JsonNode item) {
        return new ServerClass(item.path("metadata"), item.path("spec"), item.path("status"));
    }

    /** What orders name it by. */
    String name() {
        return Documents.text(metadata.path("name"));
    }

    String region() {
        return Documents.text(spec.path("region"));
    }

    String displayName() {
        return Documents.text(spec.path("displayName"));
    }

    String category() {
        return Documents.text(spec.path("category"));
    }

    JsonNode resources() {
        return spec.path("resources");
    }

    /** What the auction shows. */
    Quoted marketPrice() {
        return Documents.price(status.path("spotPricing").path("marketPricePerHour"));
    }

    /** What its winners are billed at this moment. */
    Quoted hammerPrice() {
        return Documents.price(status.path("spotPricing").path("hammerPricePerHour"));
    }

    /** The least bid that is accepted. */
    Optional<BigDecimal> minimumBid() {
        return Documents.price(spec.path("minBidPricePerHour")) instanceof Quoted.Amount(var amount)
                        && amount.signum() > 0
                ? Optional.of(amount)
                : Optional.empty();
    }

    /** What an hour costs on demand; the API may state it for another interval. */
    Quoted onDemandPrice() {
        var pricing = spec.path("onDemandPricing");
        return Documents.price(pricing.path("cost")) instanceof Quoted.Amount(var cost)
                ? perHour(cost, Documents.text(pricing.path("interval")))
                : Documents.price(pricing.path("cost"));
    }

    private static Quoted perHour(BigDecimal cost, String interval) {
        var seconds = interval.isEmpty() ? SECONDS_PER_HOUR : seconds(interval);
        return seconds <= 0
                ? new Quoted.Flawed(Quoted.Flaw.NOT_A_NUMBER)
                : Quoted.of(cost.multiply(BigDecimal.valueOf(SECONDS_PER_HOUR))
                        .divide(BigDecimal.valueOf(seconds), DECIMALS, RoundingMode.HALF_UP));
    }

    private static long seconds(String interval) {
        var parts = GO_DURATION.matcher(interval);
        return parts.matches()
                ? number(parts.group(1)) * SECONDS_PER_HOUR
                        + number(parts.group(2)) * SECONDS_PER_MINUTE
                        + number(parts.group(3))
                : 0;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /**
     * Its stock, from the counts. A class whose servers are all taken is not sold out as spot: a higher bid takes one from the lowest bidder; so is one without any
     * servers. On demand, what is not free is not to be had.
     */
    Availability availability(CapacityType capacityType) {
        var free = Documents.count(status.path("available"));
        var all = Documents.count(status.path("capacity"));
        return free.isEmpty() || all.isEmpty()
                ? Availability.UNKNOWN
                : availability(free.get(), all.get(), capacityType);
    }

    private static Availability availability(int free, int all, CapacityType capacityType) {
        if (all == 0) {
            return Availability.NONE;
        }
        if (free == 0) {
            return capacityType == CapacityType.SPOT ? Availability.LOW : Availability.NONE;
        }
        if (free * 10 < all) {
            return Availability.LOW;
        }
        return free * 2 < all ? Availability.MEDIUM : Availability.HIGH;
    }
}
