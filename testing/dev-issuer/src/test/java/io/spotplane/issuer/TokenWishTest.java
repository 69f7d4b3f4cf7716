package io.spotplane.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class TokenWishTest {

    @Test
    void whoWishesNothingIsAnOperatorOfTheDemoTenantForAnHour() {
        assertThat(TokenWish.from(Map.of())).isEqualTo(new TokenWish("demo", "operator", Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant, ACME",
        "tenant, ''",
        "tenant, a/b",
        "tenant, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "role, root",
        "role, ''",
        "expires_in, 0",
        "expires_in, -1",
        "expires_in, 3601",
        "expires_in, 1h",
        "expires_in, 99999999999"
    })
    void refusesWhatNoServiceWouldAccept(String field, String value) {
        assertThatThrownBy(() -> TokenWish.from(Map.of(field, value)))
                .isInstanceOfSatisfying(OAuth2AuthenticationException.class, fault -> {
                    assertThat(fault.getError().getErrorCode()).isEqualTo("invalid_request");
                    assertThat(fault.getError().getDescription()).startsWith(field);
                });
    }

    @Test
    void refusesTwoTenants() {
        assertThatThrownBy(() -> TokenWish.from(Map.of("tenant", new String[] {"a", "b"})))
                .isInstanceOf(OAuth2AuthenticationException.class);
    }
}
