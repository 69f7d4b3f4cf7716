package io.spotplane.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class SigningKeysTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final FakeIssuer issuer = new FakeIssuer();
    private final SigningKeys keys = new SigningKeys(issuer.download(), time);

    @Test
    void fetchesNothingBeforeTheFirstToken() {
        assertThat(issuer.downloads).isZero();
    }

    @Test
    void fetchesOnceForManyTokensOfAKnownKey() {
        // Given
        issuer.publish("a");
        // When
        for (int i = 0; i < 10; i++) {
            expect("a", 1);
        }
        // Then
        assertThat(issuer.downloads).isEqualTo(1);
    }

    @Test
    void looksAgainForAnUnknownKeyAtMostOnceInThirtySeconds() {
        // Given
        issuer.publish("a");
        expect("a", 1);
        // When
        for (int i = 0; i < 100; i++) {
            expect("unknown" + i, 0);
        }
        // Then
        assertThat(issuer.downloads).isEqualTo(2);
    }

    @Test
    void findsAKeyThatTheIssuerAddedLater() {
        // Given
        issuer.publish("a");
        expect("a", 1);
        expect("b", 0);
        // When
        issuer.publish("b");
        time.advanceTimeBy(SigningKeys.AT_MOST_EVERY.plusSeconds(1));
        // Then
        expect("b", 1);
    }

    @Test
    void worksOnWithTheLastGoodKeysWhileTheIssuerIsAway() {
        // Given
        issuer.publish("a");
        expect("a", 1);
        // When
        issuer.away = true;
        time.advanceTimeBy(SigningKeys.USUAL_LIFE.plusSeconds(1));
        // Then
        expect("a", 1);
    }

    @Test
    void failsWhenThereNeverWereKeysAndRecoversByItself() {
        // Given
        issuer.away = true;
        StepVerifier.create(keys.apply(token("a"))).expectErrorMessage("away").verify(Duration.ofSeconds(5));
        // When
        issuer.away = false;
        issuer.publish("a");
        time.advanceTimeBy(Duration.ofSeconds(2));
        // Then
        expect("a", 1);
    }

    private void expect(String keyId, int found) {
        StepVerifier.create(keys.apply(token(keyId)).map(JWK::getKeyID))
                .expectNextCount(found)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    private static SignedJWT token(String keyId) {
        return new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), new JWTClaimsSet.Builder().build());
    }

    /** Remembers how often it was asked. */
    private static final class FakeIssuer {

        private static final RSAKey KEY = generate();

        private JWKSet published = new JWKSet();
        private boolean away;
        private int downloads;

        void publish(String keyId) {
            published = new JWKSet(
                    new RSAKey.Builder(KEY.toPublicJWK()).keyID(keyId).build());
        }

        Mono<JWKSet> download() {
            return Mono.fromCallable(() -> {
                downloads++;
                if (away) {
                    throw new IllegalStateException("away");
                }
                return published;
            });
        }

        private static RSAKey generate() {
            try {
                return new RSAKeyGenerator(2048).generate();
            } catch (com.nimbusds.jose.JOSEException fault) {
                throw new IllegalStateException(fault);
            }
        }
    }
}
