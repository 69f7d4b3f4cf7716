package io.spotplane.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;

/** The edges of time, which a test over HTTP cannot hit exactly. */
class AccessTokenRulesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String ISSUER = "https://issuer.example";

    @Test
    void anExpiredTokenIsGoodForLessThanAMinute() {
        assertThat(breaches(token -> token.expiresAt(NOW.minusSeconds(59)))).isEmpty();
        assertThat(breaches(token -> token.expiresAt(NOW.minusSeconds(60))))
                .containsExactly("it has expired or never expires (exp)");
    }

    @Test
    void aTokenFromTheFutureIsGoodWithinAMinute() {
        assertThat(breaches(token -> token.notBefore(NOW.plusSeconds(60)))).isEmpty();
        assertThat(breaches(token -> token.notBefore(NOW.plusSeconds(61))))
                .containsExactly("it is not valid yet (nbf, iat)");
        assertThat(breaches(token -> token.issuedAt(NOW.plusSeconds(61))))
                .containsExactly("it is not valid yet (nbf, iat)");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(breaches(token -> token.issuer("https://evil.example").subject(" ")))
                .hasSize(2);
    }

    private static List<String> breaches(Consumer<Jwt.Builder> change) {
        var token = Jwt.withTokenValue("x")
                .header("typ", "at+jwt")
                .issuer(ISSUER)
                .audience(List.of("spotplane"))
                .subject("someone")
                .claim("tenant", "acme")
                .issuedAt(NOW.minusSeconds(600))
                .expiresAt(NOW.plusSeconds(600));
        change.accept(token);
        return AccessTokenRules.of(ISSUER, List.of("spotplane"), Clock.fixed(NOW, ZoneOffset.UTC))
                .validate(token.build())
                .getErrors()
                .stream()
                .map(OAuth2Error::getDescription)
                .toList();
    }
}
