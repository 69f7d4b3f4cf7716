package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.spotplane.simulator.wire.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {

    private static final Map<String, String> SIGNED = Map.of(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=k/20261121/us-east-1/ec2/aws4_request, SignedHeaders=h, Signature=s");
    private static final String RUN =
            "Action=RunInstances&MinCount=1&MaxCount=1&ImageId=ami-1&InstanceType=g6e.xlarge&InstanceMarketOptions.MarketType=spot";

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    private final Wire wire = new Wire(simulator.baseUri());

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules    | {\"behaviour\":\"HANG\"}",
                "rules    | {\"provider\":\"azure\",\"behaviour\":\"HANG\"}",
                "rules    | {\"provider\":\"aws\",\"behaviour\":\"DANCE\"}",
                "rules    | {\"provider\":\"aws\",\"behaviour\":\"HANG\",\"colour\":\"red\"}",
                "rules    | {\"provider\":\"aws\",\"behaviour\":\"HANG\",\"match\":{\"colour\":\"red\"}}",
                "rules    | not json",
                "reclaims | {\"provider\":\"aws\",\"instanceId\":\"i-none\"}",
                "credit   | {\"provider\":\"runpod\"}",
                "clock    | {\"advanceSeconds\":-1}",
            })
    void badOrdersAreRefusedWithAReason(String what, String body) throws Exception {
        // When
        var answer = wire.send("POST", "/_control/" + what.strip(), body.strip(), Map.of());
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Wire.json(answer).path("error").asString()).isNotBlank();
    }

    @Test
    void aRuleCanBeUsedUpSeenAndTakenBack() throws Exception {
        // Given
        var id = Wire.json(wire.send(
                        "POST",
                        "/_control/rules",
                        "{\"provider\":\"aws\",\"operation\":\"RunInstances\",\"behaviour\":\"THROTTLE\",\"times\":1}",
                        Map.of()))
                .path("id")
                .asString();
        // When
        var throttled = wire.send("POST", "/ec2/", RUN, SIGNED);
        var served = wire.send("POST", "/ec2/", RUN, SIGNED);
        // Then
        assertThat(throttled.statusCode()).isEqualTo(503);
        assertThat(throttled.body()).contains("RequestLimitExceeded");
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(Wire.json(wire.send("GET", "/_control/rules", "", Map.of()))
                        .path(0)
                        .path("used")
                        .asInt())
                .isEqualTo(1);
        assertThat(wire.send("DELETE", "/_control/rules/" + id, "", Map.of()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theWarningIsPushedAsEventBridgeDoesWithItsKey() throws Exception {
        // Given
        List<String> pushed = new CopyOnWriteArrayList<>();
        var target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        target.createContext("/", exchange -> {
            pushed.add(exchange.getRequestHeaders().getFirst("x-api-key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        target.start();
        wire.send(
                "POST",
                "/_control/event-target",
                Json.write(
                        Map.of("url", "http://127.0.0.1:" + target.getAddress().getPort() + "/", "key", "k-1")),
                Map.of());
        wire.send("POST", "/ec2/", RUN, SIGNED);
        var id = simulator.living().getFirst().id();
        // When
        wire.send(
                "POST",
                "/_control/reclaims",
                "{\"provider\":\"aws\",\"instanceId\":\"" + id + "\",\"duplicate\":1}",
                Map.of());
        // Then
        await().until(() -> pushed.size() == 2);
        target.stop(0);
        assertThat(pushed.getFirst())
                .startsWith("k-1 ")
                .contains("\"detail-type\":\"EC2 Spot Instance Interruption Warning\"", id);
        assertThat(pushed.get(1)).isEqualTo(pushed.getFirst());
    }

    @Test
    void withoutASignatureEc2KnowsNobody() throws Exception {
        assertThat(wire.send("POST", "/ec2/", RUN, Map.of()).body()).contains("AuthFailure");
    }
}
