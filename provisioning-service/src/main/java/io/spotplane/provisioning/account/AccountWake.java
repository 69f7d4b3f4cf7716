package io.spotplane.provisioning.account;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Has an account looked at sooner than its turn. */
@FunctionalInterface
public interface AccountWake {

    /** The account at {@code provider} is due after {@code delay}, or when it was due anyway if that is sooner. */
    Mono<Void> lookWithin(String provider, Duration delay);
}
