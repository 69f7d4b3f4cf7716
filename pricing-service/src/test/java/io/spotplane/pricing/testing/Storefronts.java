package io.spotplane.pricing.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.pricing.offering.Storefront;
import java.time.Clock;

/** Storefronts outside a Spring context. */
public final class Storefronts {

    private Storefronts() {}

    public static Storefront attached(MeterRegistry meters) {
        var storefront = detached(meters);
        storefront.attach();
        return storefront;
    }

    public static Storefront detached() {
        return detached(new SimpleMeterRegistry());
    }

    private static Storefront detached(MeterRegistry meters) {
        return new Storefront(Clock.systemUTC(), meters);
    }
}
