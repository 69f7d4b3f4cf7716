package io.spotplane.contracts.vocabulary;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that is for sale now: one machine type of one provider at one place in one capacity type, with its price.
 *
 * @param id {@code provider:region:zone:type:capacity}, characters {@code [A-Za-z0-9._:-]} only; stable over time
 * @param provider the provider's short name, such as {@code aws}
 * @param region the provider's region or data centre; {@code any} where the provider places by itself
 * @param zone the provider's zone or tier ({@code us-east-1a}, {@code secure}); null where there is none
 * @param instanceType the provider's own name of the type, exactly as its API wants it back
 * @param vcpu virtual CPUs of the machine; 0 when the provider does not say
 * @param memoryMiB memory of the machine; 0 when the provider does not say
 * @param gpu its GPUs; null for a machine without
 * @param capacityType spot or on demand
 * @param price the market price
 * @param billedPrice what will be billed: max(market price, reserve)
 * @param availability the provider's stock hint
 * @param source how the price was learnt, such as {@code DescribeSpotPriceHistory}
 * @param observedAt when the provider says that the price became so
 * @param receivedAt when Spotplane last saw it confirmed
 * @param availabilityConfidence how much {@code availability} is worth; null when nobody said anything about stock
 * @param bidRules which bids its market accepts; null where nothing is bid
 */
public record Offering(
        String id,
        String provider,
        String region,
        @Nullable String zone,
        String instanceType,
        int vcpu,
        long memoryMiB,
        @Nullable Gpu gpu,
        CapacityType capacityType,
        HourlyPrice price,
        HourlyPrice billedPrice,
        Availability availability,
        String source,
        Instant observedAt,
        Instant receivedAt,
        @Nullable Confidence availabilityConfidence,
        @Nullable BidRules bidRules) {

    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9._-]+");

    /** An offering at a stated price, of whose stock nothing is known but perhaps a hint. */
    public Offering(
            String id,
            String provider,
            String region,
            @Nullable String zone,
            String instanceType,
            int vcpu,
            long memoryMiB,
            @Nullable Gpu gpu,
            CapacityType capacityType,
            HourlyPrice price,
            HourlyPrice billedPrice,
            Availability availability,
            String source,
            Instant observedAt,
            Instant receivedAt) {
        this(
                id,
                provider,
                region,
                zone,
                instanceType,
                vcpu,
                memoryMiB,
                gpu,
                capacityType,
                price,
                billedPrice,
                availability,
                source,
                observedAt,
                receivedAt,
                availability == Availability.UNKNOWN ? null : Confidence.HINTED,
                null);
    }

    /** The id of an offering with these coordinates; other characters than {@code [A-Za-z0-9._-]} become {@code -}. */
    public static String idOf(
            String provider,
            String region,
            @Nullable String zone,
            String instanceType,
            int gpuCount,
            CapacityType type) {
        var machine = gpuCount > 0 ? instanceType + ".x" + gpuCount : instanceType;
        return String.join(
                ":",
                plain(provider),
                plain(region),
                zone == null ? "-" : plain(zone),
                plain(machine),
                type.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static String plain(String text) {
        return NOT_PLAIN.matcher(text).replaceAll("-");
    }
}
