package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.ledger.LedgerLine;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A simulator that is started again on the books of an earlier one. */
class BooksTest {

    private static final Timing AT_ONCE = new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final Map<String, String> SIGNED = Map.of(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0",
            "Content-Type",
            "application/x-www-form-urlencoded");

    @TempDir
    Path directory;

    @Test
    void machinesLiveOnAndAClientTokenIsRemembered() throws Exception {
        // Given
        String pod;
        String instance;
        try (var before = world()) {
            pod = rent(before);
            run(before, "token-1");
            instance = idOf(before, Provider.AWS);
        }
        // When
        try (var after = world()) {
            run(after, "token-1");
            var second = rent(after);
            // Then
            assertThat(after.living()).extracting(LedgerLine::id).containsExactlyInAnyOrder(instance, pod, second);
            assertThat(second).isNotEqualTo(pod);
        }
    }

    @Test
    void whatEndedStaysEndedAndTheCreditIsWhatItWas() throws Exception {
        // Given
        try (var before = world()) {
            rent(before);
            before.setCredit(new BigDecimal("7.00"));
            before.reclaim(Provider.RUNPOD, idOf(before, Provider.RUNPOD), false, Duration.ZERO, 1);
            run(before, "token-1");
            terminate(before, idOf(before, Provider.AWS));
        }
        // When
        try (var after = world()) {
            // Then
            assertThat(after.living()).isEmpty();
            assertThat(after.ledger()).extracting(LedgerLine::endedBy).containsExactlyInAnyOrder("user", "reclaim");
            assertThat(balance(after)).isBetween(new BigDecimal("6.99"), new BigDecimal("7.00"));
        }
    }

    private ProviderSimulator world() {
        return ProviderSimulator.start(
                SimulatorSettings.defaults().withTiming(AT_ONCE).withBooks(directory.resolve("books")));
    }

    private static String idOf(ProviderSimulator simulator, Provider provider) {
        return simulator.ledger().stream()
                .filter(line -> line.provider() == provider)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void run(ProviderSimulator simulator, String token) throws Exception {
        ec2(
                simulator,
                "Action=RunInstances&Version=2016-11-15&ImageId=ami-1&InstanceType=g6e.xlarge&MinCount=1&MaxCount=1"
                        + "&InstanceMarketOptions.MarketType=spot&ClientToken=" + token);
    }

    private static void terminate(ProviderSimulator simulator, String id) throws Exception {
        ec2(simulator, "Action=TerminateInstances&Version=2016-11-15&InstanceId.1=" + id);
    }

    private static void ec2(ProviderSimulator simulator, String form) throws Exception {
        var answer = new Wire(simulator.baseUri()).send("POST", "/ec2", form, SIGNED);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String rent(ProviderSimulator simulator) throws Exception {
        return graphQl(simulator, """
                {"query":"mutation { podRentInterruptable(input: {gpuTypeId: \\"NVIDIA L40S\\", cloudType: SECURE, gpuCount: 1, bidPerGpu: 0.43, name: \\"p\\", imageName: \\"i\\"}) { id } }"}""").findValue("id").asString();
    }

    private static BigDecimal balance(ProviderSimulator simulator) throws Exception {
        return graphQl(simulator, "{\"query\":\"{ myself { clientBalance } }\"}")
                .findValue("clientBalance")
                .decimalValue();
    }

    private static JsonNode graphQl(ProviderSimulator simulator, String body) throws Exception {
        var answer = new Wire(simulator.baseUri())
                .send(
                        "POST",
                        "/runpod/graphql",
                        body,
                        Map.of("Authorization", "Bearer key", "Content-Type", "application/json"));
        var json = Wire.json(answer);
        assertThat(json.has("errors")).as(answer.body()).isFalse();
        return json;
    }
}
