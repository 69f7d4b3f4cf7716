package io.spotplane.providers.openstack;

import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.web.util.UriComponentsBuilder;

/** A token and the Nova that it opens. Spent some time before it expires, or as soon as Nova refuses it. */
final class Session {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

    private final Secret token;
    private final URI nova;
    private final Instant renewAt;
    private final AtomicBoolean refused = new AtomicBoolean();

    Session(Secret token, URI nova, Instant issuedAt, Instant expiresAt) {
        this.token = token;
        this.nova = nova;
        this.renewAt = expiresAt.minus(margin(Duration.between(issuedAt, expiresAt)));
    }

    String token() {
        return token.reveal();
    }

    /** Nova's address with {@code path} and {@code query}. */
    URI nova(NovaQuery query) {
        return query.on(UriComponentsBuilder.fromUri(nova));
    }

    void refuse() {
        refused.set(true);
    }

    boolean isSpent(InstantSource clock) {
        return refused.get() || !clock.instant().isBefore(renewAt);
    }

    /** A tenth of the token's life, at most a minute: long enough for the call that it is taken for. */
    private static Duration margin(Duration life) {
        var tenth = life.dividedBy(10);
        return tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
    }
}
