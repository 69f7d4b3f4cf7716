package io.spotplane.provisioning.placement;

import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.offering.CoolDowns;
import io.spotplane.provisioning.offering.Offerings;
import java.time.InstantSource;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Gathers what can be bought for a request. */
public final class Markets {

    private final Offerings offerings;
    private final CoolDowns coolDowns;
    private final Set<String> launchable;
    private final InstantSource clock;

    public Markets(Offerings offerings, CoolDowns coolDowns, Set<String> launchable, InstantSource clock) {
        this.offerings = offerings;
        this.coolDowns = coolDowns;
        this.launchable = Set.copyOf(launchable);
        this.clock = clock;
    }

    /** What is known now of the market for {@code wanted}. */
    public Mono<Market> marketFor(Wanted wanted) {
        return Mono.zip(
                offerings.of(wanted.shape(), launchable).collectList(),
                coolDowns.active(clock.instant()).collectList(),
                (forSale, resting) -> new Market(forSale, resting, launchable));
    }
}
