package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RedactionTest {

    private final Redaction redaction = Redaction.of(Secret.of("k3y/with+signs"), Secret.of("k3y"));

    @Test
    void takesEverySpellingOfASecretOutOfAProvidersWords() {
        assertThat(redaction.clean("bad key k3y/with+signs in ?api_key=k3y%2Fwith%2Bsigns or k3y"))
                .isEqualTo("bad key *** in ?api_key=*** or ***");
    }

    @Test
    void makesOneShortLineOfAPage() {
        assertThat(redaction.clean("<html>\r\n<body>" + "x".repeat(1000)))
                .hasSize(300)
                .startsWith("<html> <body>xxx");
        assertThat(redaction.clean(null)).isEmpty();
    }

    @Test
    void aSecretDoesNotPrintAndBindsFromText() {
        // Given
        var source = new MapConfigurationPropertySource(Map.of("it.key", "k3y"));
        // When
        var bound = new Binder(source).bind("it", Holder.class).get();
        // Then
        assertThat(bound).hasToString("Holder[key=***]");
        assertThat(bound.key().matches("k3y")).isTrue();
        assertThat(bound.key().matches("k3z")).isFalse();
    }

    @Test
    void aBlankSecretIsRefused() {
        assertThatThrownBy(() -> Secret.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    record Holder(Secret key) {}
}
