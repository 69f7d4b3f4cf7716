package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.wire.Json;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RunPodTest {

    private static final Map<String, String> KEY =
            Map.of("Authorization", "Bearer key", "Content-Type", "application/json");
    private static final String RENT =
            "mutation($input: PodRentInterruptableInput!) { podRentInterruptable(input: $input) { id costPerHr desiredStatus } }";

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults()
            .withTiming(
                    new Timing(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(600), Duration.ZERO)));
    private final Wire wire = new Wire(simulator.baseUri());

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void bothInterfacesSeeThePodWhichRunsBeforeItCanBeReached() throws Exception {
        // When
        var id = rent("0.43")
                .path("data")
                .path("podRentInterruptable")
                .path("id")
                .asString();
        // Then
        await().until(() ->
                rest("GET", "/pods/" + id, "").path("status").asString().equals("RUNNING"));
        assertThat(rest("GET", "/pods/" + id, "").path("ssh").path("direct").isNull())
                .isTrue();
        await().until(() ->
                rest("GET", "/pods/" + id, "").path("ssh").path("direct").isObject());
        assertThat(graphQl("{ myself { pods { id } } }", Map.of())
                        .path("data")
                        .path("myself")
                        .path("pods")
                        .findValuesAsString("id"))
                .containsExactly(id);
    }

    @Test
    void saysNoCapacityWithStatus200AndACode() throws Exception {
        // Given
        simulator.misbehave(Rule.of(Provider.RUNPOD, "*", Behaviour.SELL_OUT).when("gpu", "L40S"));
        // When
        var answer = rent("0.43");
        // Then
        assertThat(answer.path("errors").path(0).path("extensions").path("code").asString())
                .isEqualTo("SUPPLY_CONSTRAINT");
        assertThat(answer.path("data").path("podRentInterruptable").isNull()).isTrue();
        assertThat(simulator.ledger()).isEmpty();
    }

    @Test
    void refusesABidBelowTheMinimum() throws Exception {
        assertThat(rent("0.10").path("errors").path(0).path("message").asString())
                .contains("bid");
    }

    @Test
    void anEmptyAccountRentsNothing() throws Exception {
        // Given
        simulator.setCredit(BigDecimal.ZERO);
        // Then
        assertThat(rent("0.43")
                        .path("errors")
                        .path(0)
                        .path("extensions")
                        .path("code")
                        .asString())
                .isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(send("POST", "/runpod/v2/pods", onDemand()).statusCode()).isEqualTo(402);
    }

    @Test
    void theBalanceRunsDownAndAtZeroPodsStop() throws Exception {
        // Given
        simulator.setCredit(BigDecimal.ONE);
        var id = rest("POST", "/pods", onDemand()).path("id").asString();
        // When
        simulator.advance(Duration.ofHours(2));
        // Then
        assertThat(rest("GET", "/pods", "").path("pods").path(0).path("status").asString())
                .isEqualTo("EXITED");
        assertThat(simulator.ledger())
                .singleElement()
                .satisfies(line -> assertThat(line.endedBy()).isEqualTo("balance"));
        assertThat(id).isNotEmpty();
    }

    @Test
    void aReclaimedPodIsJustExited() throws Exception {
        // Given
        var id = rent("0.43")
                .path("data")
                .path("podRentInterruptable")
                .path("id")
                .asString();
        // When
        simulator.reclaim(Provider.RUNPOD, id, false, Duration.ZERO, 1);
        // Then
        assertThat(rest("GET", "/pods/" + id, "").path("status").asString()).isEqualTo("EXITED");
        assertThat(send("DELETE", "/runpod/v2/pods/" + id, "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/runpod/v2/pods/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void unknownFieldsAndMissingKeysAreProblems() throws Exception {
        assertThat(send("POST", "/runpod/v2/pods", "{\"colour\":1}").statusCode())
                .isEqualTo(422);
        assertThat(wire.send("GET", "/runpod/v2/pods", "", Map.of()).statusCode())
                .isEqualTo(401);
    }

    private static String onDemand() {
        return "{\"name\":\"a\",\"image\":\"i\",\"gpu\":{\"id\":\"NVIDIA L40S\",\"count\":1},\"cloud\":\"SECURE\"}";
    }

    private JsonNode rent(String bid) throws Exception {
        return graphQl(
                RENT,
                Map.of(
                        "input",
                        Map.of(
                                "name",
                                "job",
                                "gpuTypeId",
                                "NVIDIA L40S",
                                "gpuCount",
                                1,
                                "cloudType",
                                "SECURE",
                                "bidPerGpu",
                                new BigDecimal(bid))));
    }

    private JsonNode graphQl(String query, Map<String, Object> variables) throws Exception {
        var answer = send("POST", "/runpod/graphql", Json.write(Map.of("query", query, "variables", variables)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Wire.json(answer);
    }

    private JsonNode rest(String method, String path, String body) throws Exception {
        return Wire.json(send(method, "/runpod/v2" + path, body));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return wire.send(method, path, body, KEY);
    }
}
