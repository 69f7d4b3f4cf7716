package io.spotplane.web.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The issuer's keys, fetched when first needed. A token with an unknown key id makes us look again at most once per
 * {@link #AT_MOST_EVERY}, however many such tokens arrive. While the issuer is away the last good keys go on working.
 */
final class SigningKeys implements Function<SignedJWT, Flux<JWK>> {

    static final Duration USUAL_LIFE = Duration.ofMinutes(5);
    static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final AtomicReference<@Nullable JWKSet> lastGood = new AtomicReference<>();
    private final Mono<JWKSet> usual;
    private final Mono<JWKSet> latest;

    SigningKeys(Mono<JWKSet> download, Scheduler time) {
        var remembered = download.doOnNext(lastGood::set).onErrorResume(this::lastGoodUnlessNone);
        this.usual = remembered.cache(keys -> USUAL_LIFE, fault -> AFTER_FAILURE, () -> AFTER_FAILURE, time);
        this.latest = remembered.cache(keys -> AT_MOST_EVERY, fault -> AFTER_FAILURE, () -> AFTER_FAILURE, time);
    }

    @Override
    public Flux<JWK> apply(SignedJWT token) {
        var wanted = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
        return usual.flatMapIterable(wanted::select).switchIfEmpty(latest.flatMapIterable(wanted::select));
    }

    private Mono<JWKSet> lastGoodUnlessNone(Throwable fault) {
        return Mono.justOrEmpty(lastGood.get()).switchIfEmpty(Mono.error(fault));
    }
}
