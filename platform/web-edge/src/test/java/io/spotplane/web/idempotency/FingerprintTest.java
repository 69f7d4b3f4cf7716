package io.spotplane.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FingerprintTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Fingerprint fingerprint = new Fingerprint(JSON);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2}           | { \"b\" : 2, \"a\" : 1 }",
                "{\"a\":1.50}                | {\"a\":1.5}",
                "{\"a\":100}                 | {\"a\":1e2}",
                "{\"a\":{\"x\":1,\"y\":[1]}} | {\"a\":{\"y\":[1],\"x\":1}}"
            })
    void bodiesThatSayTheSameShareOne(String one, String other) {
        assertThat(of(one)).isEqualTo(of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}     | {\"a\":2}",
                "{\"a\":1}     | {\"a\":\"1\"}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":null}  | {}"
            })
    void bodiesThatSayDifferentThingsDoNot(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    @Test
    void theRouteCounts() {
        assertThat(fingerprint.of("POST /a", "x")).isNotEqualTo(fingerprint.of("POST /b", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "schlüssel", "\u0000"})
    void aKeyIsPrintableAscii(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(header)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aKeyHasAtMost255Characters() {
        assertThat(IdempotencyKey.of("k".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> IdempotencyKey.of("k".repeat(256))).isInstanceOf(ProblemException.class);
    }

    private byte[] of(String json) {
        return fingerprint.of("POST /v1/gpu-requests", JSON.readTree(json));
    }
}
