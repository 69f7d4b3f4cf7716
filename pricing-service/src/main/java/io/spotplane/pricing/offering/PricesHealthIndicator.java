package io.spotplane.pricing.offering;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready when there is something to answer with: prices in memory, or at least the shared shelves to get them from. */
@Component
class PricesHealthIndicator implements HealthIndicator {

    private final Storefront storefront;

    PricesHealthIndicator(Storefront storefront) {
        this.storefront = storefront;
    }

    @Override
    public Health health() {
        var detached = storefront.detached();
        var health = detached.isEmpty() || storefront.hasPrices() ? Health.up() : Health.outOfService();
        detached.ifPresent(why -> health.withDetail("detached", why));
        return health.withDetail("offerings", storefront.size()).build();
    }
}
