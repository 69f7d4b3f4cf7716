package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final String PLAIN = "/catalogue/gcp/vms.csv";

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    private final Wire wire = new Wire(simulator.baseUri());

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void thePackedListIsThePlainOne() throws Exception {
        // When
        var packed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(simulator.baseUri().resolve(PLAIN + ".gz"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        // Then
        var unpacked = new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes());
        assertThat(unpacked)
                .isEqualTo(get(Map.of()).body())
                .startsWith("InstanceType,")
                .hasLineCount(488);
    }

    @Test
    void anUnchangedListIsNotSentAgain() throws Exception {
        // Given
        var etag = get(Map.of()).headers().firstValue("ETag").orElseThrow();
        assertThat(get(Map.of("If-None-Match", etag)).statusCode()).isEqualTo(304);
        // When
        simulator.setPrice(Provider.CATALOGUE, "g2-standard-4", "us-central1", new BigDecimal("0.123"));
        // Then
        assertThat(get(Map.of("If-None-Match", etag)).body())
                .contains("g2-standard-4,4,16,L4,1,,us-central1,,0.706832,0.123\n");
    }

    @Test
    void aFlappingListAlternates() throws Exception {
        // Given
        var honest = get(Map.of()).body();
        simulator.misbehave(Rule.of(Provider.CATALOGUE, "*", Behaviour.FLAP));
        // When
        var first = get(Map.of()).body();
        var second = get(Map.of()).body();
        // Then
        assertThat(first).isNotEqualTo(honest);
        assertThat(second).isEqualTo(honest);
    }

    @Test
    void otherCloudsHaveNone() throws Exception {
        assertThat(wire.send("GET", "/catalogue/azure/vms.csv", "", Map.of()).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> get(Map<String, String> headers) throws Exception {
        return wire.send("GET", PLAIN, "", headers);
    }
}
