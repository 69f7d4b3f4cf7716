package io.spotplane.provisioning.reconcile;

import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.placement.PlacementSettings;
import java.math.BigDecimal;
import java.time.Duration;

/** Settings that tests of this package start from: the defaults. */
final class Rules {

    static final Duration WINDOW = Duration.ofSeconds(60);

    static final AccountSettings ACCOUNT = new AccountSettings(
            "test",
            WINDOW,
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30));

    static final PlacementSettings PLACEMENT = new PlacementSettings(
            Duration.ofMinutes(10),
            new BigDecimal("1.5"),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofHours(24));

    private Rules() {}
}
