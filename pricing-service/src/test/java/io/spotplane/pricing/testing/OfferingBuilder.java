package io.spotplane.pricing.testing;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Offerings to order: {@code offering("aws", "g6.xlarge").gpu("L4", 1).at("0.30")}. */
public final class OfferingBuilder {

    public static final Instant OBSERVED = Instant.parse("2026-01-21T10:00:00Z");

    private final String provider;
    private final String type;
    private String region = "us-east-1";
    private @Nullable Gpu gpu;
    private CapacityType capacityType = CapacityType.SPOT;
    private int vcpu = 4;
    private long memoryMiB = 16_384;
    private Availability availability = Availability.UNKNOWN;
    private Instant observedAt = OBSERVED;
    private @Nullable HourlyPrice billed;
    private @Nullable Confidence confidence;
    private @Nullable BidRules bidRules;

    private OfferingBuilder(String provider, String type) {
        this.provider = provider;
        this.type = type;
    }

    public static OfferingBuilder offering(String provider, String type) {
        return new OfferingBuilder(provider, type);
    }

    public static Map<String, Offering> byId(Offering... offerings) {
        var byId = new LinkedHashMap<String, Offering>();
        Arrays.stream(offerings).forEach(offering -> byId.put(offering.id(), offering));
        return byId;
    }

    public OfferingBuilder region(String name) {
        region = name;
        return this;
    }

    public OfferingBuilder gpu(String model, int count) {
        gpu = new Gpu(model, count, 24);
        return this;
    }

    public OfferingBuilder onDemand() {
        capacityType = CapacityType.ON_DEMAND;
        return this;
    }

    public OfferingBuilder size(int cpus, long mebibytes) {
        vcpu = cpus;
        memoryMiB = mebibytes;
        return this;
    }

    public OfferingBuilder available(Availability hint) {
        availability = hint;
        return this;
    }

    public OfferingBuilder observed(Instant at) {
        observedAt = at;
        return this;
    }

    public OfferingBuilder billed(String usd) {
        billed = HourlyPrice.usd(usd);
        return this;
    }

    public OfferingBuilder confidence(Confidence worth) {
        confidence = worth;
        return this;
    }

    public OfferingBuilder bids(BidRules rules) {
        bidRules = rules;
        return this;
    }

    public Offering at(String usd) {
        return at(HourlyPrice.usd(usd));
    }

    public Offering at(HourlyPrice price) {
        return new Offering(
                Offering.idOf(provider, region, null, type, gpu == null ? 0 : gpu.count(), capacityType),
                provider,
                region,
                null,
                type,
                vcpu,
                memoryMiB,
                gpu,
                capacityType,
                price,
                billed == null ? price : billed,
                availability,
                "TestPrices",
                observedAt,
                observedAt,
                confidence != null || availability == Availability.UNKNOWN ? confidence : Confidence.HINTED,
                bidRules);
    }
}
