package io.spotplane.pricing.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceJsonTest {

    @Test
    void readsWhatThePublicTracesLookLike() {
        // When
        var trace = read("{\"metadata\":{\"gap_seconds\":195,\"zone\":\"us-west-2a\"},\"data\":[1,1,0,16]}");
        // Then
        assertThat(trace.tick()).isEqualTo(Duration.ofSeconds(195));
        assertThat(trace.nodes()).containsExactly(1, 1, 0, 16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{\"data\":[1]}",
                "{\"metadata\":{\"gap_seconds\":0},\"data\":[1]}",
                "{\"metadata\":{\"gap_seconds\":\"195\"},\"data\":[1]}",
                "{\"metadata\":{\"gap_seconds\":1e12},\"data\":[1]}",
                "{\"metadata\":{\"gap_seconds\":195}}",
                "{\"metadata\":{\"gap_seconds\":195},\"data\":[]}",
                "{\"metadata\":{\"gap_seconds\":195},\"data\":[1,-1]}",
                "{\"metadata\":{\"gap_seconds\":195},\"data\":[0.5]}",
                "{\"metadata\":{\"gap_seconds\":195},\"data\":[null]}",
                "{\"metadata\":{\"gap_seconds\":195},\"data\":[3000000000]}"
            })
    void refusesWhatIsNotATrace(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhereItIsWrong() {
        assertThatThrownBy(() -> read("{\"metadata\":{\"gap_seconds\":195},\"data\":[1,1,-4]}"))
                .hasMessage("data[2] is -4, expected a whole number of machines, 0 or more");
    }

    private static AvailabilityTrace read(String json) {
        return TraceJson.read("a trace", json.getBytes(UTF_8));
    }
}
