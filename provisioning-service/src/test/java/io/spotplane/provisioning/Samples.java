package io.spotplane.provisioning;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.provisioning.holding.CapacityRequest;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.LaunchTokens;
import io.spotplane.provisioning.instance.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that tests of several packages start from. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final ProviderInstanceId MACHINE = new ProviderInstanceId("eu", "i-1");

    private Samples() {}

    /** An L4 of {@code aws}, confirmed now. */
    public static Offering offering(String id, String price) {
        return offering(id, "aws", price, Availability.UNKNOWN, NOW);
    }

    public static Offering offering(
            String id, String provider, String price, Availability availability, Instant receivedAt) {
        var cost = HourlyPrice.usd(price);
        return new Offering(
                id,
                provider,
                "eu",
                null,
                "g6.xlarge",
                4,
                16_384,
                new Gpu("L4", 1, 24),
                CapacityType.SPOT,
                cost,
                cost,
                availability,
                "test",
                receivedAt,
                receivedAt);
    }

    /** So many L4, with cap and budget in dollars or null. */
    public static Wanted wanted(int instances, @Nullable String cap, @Nullable String budget) {
        return new Wanted(
                new Wanted.Gpus("L4", 1, 0),
                null,
                instances,
                null,
                cap == null ? null : HourlyPrice.usd(cap),
                budget == null ? null : Money.usd(budget),
                List.of(),
                List.of(),
                null);
    }

    /** A new request for {@code wanted}. */
    public static Holding holding(Wanted wanted) {
        return Holding.of(CapacityRequest.accept(id(1), "acme", RequestKind.GPU, "train", wanted, "me", null, NOW));
    }

    /** An intent on {@code offering}, written down now. */
    public static Instance intended(int number, Offering offering) {
        var order = new Order(LaunchTokens.of(id(number)), offering, offering.billedPrice(), null);
        return Instance.intend(id(number), id(1), "acme", order, null, NOW);
    }

    /** An intent whose order was sent now and not answered. */
    public static Instance inDoubt(int number, Offering offering) {
        var instance = intended(number, offering);
        return instance.become(((Intended) instance.state()).sending(NOW, Duration.ofSeconds(10)), NOW);
    }

    /** An instance that was ordered and became ready at once. */
    public static Instance ready(int number, Offering offering) {
        var sent = inDoubt(number, offering);
        var launching = ((Intended) sent.state()).accepted(new ProviderInstanceId("eu", "i-" + number), NOW);
        var ordered = sent.become(launching, NOW);
        var booting = launching.seenRunning(NOW);
        return ordered.become(booting, NOW).become(booting.reachable(NOW), NOW);
    }

    public static UUID id(int number) {
        return new UUID(0x7000, number);
    }
}
