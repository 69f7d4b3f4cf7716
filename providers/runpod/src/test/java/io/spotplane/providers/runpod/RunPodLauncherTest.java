package io.spotplane.providers.runpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only RunPod does: a look at price and balance before the order, and a bid that is paid. */
class RunPodLauncherTest {

    private static final String RICH = account("100.0", "0", "80");
    private static final String RENTED = "{\"data\":{\"podRentInterruptable\":{\"id\":\"pod1\"}}}";

    private final ScriptedRunPod runPod = new ScriptedRunPod();

    @AfterEach
    void close() {
        runPod.close();
    }

    @Test
    void bidsWhatIsAskedAndNotWhatIsAllowed() {
        // Given
        runPod.on("query Quote", 200, RICH).on("mutation Rent", 200, RENTED);
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertThat(outcome).isEqualTo(new Accepted(new ProviderInstanceId("any", "pod1")));
        assertThat(runPod.requests("mutation Rent"))
                .singleElement()
                .asString()
                .contains("\"bidPerGpu\":0.22")
                .contains("\"gpuCount\":2")
                .contains("\"cloudType\":\"SECURE\"")
                .contains("\"name\":\"plane--sp-abcdefghijklmnopqrstuvwx--spot\"");
    }

    @Test
    void sendsNoOrderThatWouldCostMoreThanAllowed() {
        // Given
        runPod.on("query Quote", 200, RICH);
        // When
        var spot = launch(CapacityType.SPOT, "0.43");
        var onDemand = launch(CapacityType.ON_DEMAND, "0.79");
        // Then
        assertIsDeclined(spot, Refusal.PRICE_TOO_LOW);
        assertIsDeclined(onDemand, Refusal.PRICE_TOO_LOW);
        assertNothingWasOrdered();
    }

    @Test
    void sendsNoOrderThatTheAccountCannotPayForAnHour() {
        // Given
        runPod.on("query Quote", 200, account("0.43", "0", "80"));
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.INSUFFICIENT_FUNDS);
        assertNothingWasOrdered();
    }

    @Test
    void sendsNoOrderBeyondTheAccountsSpendLimit() {
        // Given
        runPod.on("query Quote", 200, account("1000", "79.8", "80"));
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.QUOTA);
        assertNothingWasOrdered();
    }

    @Test
    void sendsNoOrderWhenItCouldNotAsk() {
        // Given
        runPod.on("query Quote", 500, "<html>");
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.TRANSIENT);
        assertNothingWasOrdered();
    }

    @Test
    void aRefusedQuestionKeepsItsReason() {
        // Given
        runPod.on("query Quote", 401, "{\"errors\":[{\"message\":\"Unauthorized\"}]}");
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.AUTH);
    }

    @Test
    void aMarketWithoutAPriceHasNoCapacity() {
        // Given
        runPod.on("query Quote", 200, RICH.replace("0.22", "null"));
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.NO_CAPACITY);
        assertNothingWasOrdered();
    }

    @Test
    void nullWithoutAnErrorIsNoCapacity() {
        // Given
        runPod.on("query Quote", 200, RICH).on("mutation Rent", 200, "{\"data\":{\"podRentInterruptable\":null}}");
        // When
        var outcome = launch(CapacityType.SPOT, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.NO_CAPACITY);
    }

    @Test
    void rentsOnDemandByRest() {
        // Given
        runPod.on("query Quote", 200, RICH)
                .on("POST /v2/pods", 201, "{\"id\":\"pod2\",\"status\":\"PROVISIONING\",\"unheardOf\":{}}");
        // When
        var outcome = launch(CapacityType.ON_DEMAND, "0.80");
        // Then
        assertThat(outcome).isEqualTo(new Accepted(new ProviderInstanceId("any", "pod2")));
        assertThat(runPod.requests("POST /v2/pods"))
                .singleElement()
                .asString()
                .contains("\"gpu\":{\"id\":\"NVIDIA L4\",\"count\":2}")
                .contains("\"cloud\":\"SECURE\"")
                .contains("\"name\":\"plane--sp-abcdefghijklmnopqrstuvwx\"");
    }

    @Test
    void anOfferOfAnotherProviderIsInvalid() {
        // Given
        var foreign = new Offering(
                "moon:base::rover:spot",
                "moon",
                "base",
                null,
                "rover",
                1,
                1024,
                null,
                CapacityType.SPOT,
                HourlyPrice.usd("1"),
                HourlyPrice.usd("1"),
                Availability.UNKNOWN,
                "test",
                Instant.EPOCH,
                Instant.EPOCH);
        // When
        var outcome = launch(foreign, "5.00");
        // Then
        assertIsDeclined(outcome, Refusal.INVALID);
    }

    private LaunchOutcome launch(CapacityType capacity, String maxPrice) {
        var price = HourlyPrice.usd("0.44");
        return launch(
                new Offering(
                        "runpod:any:secure:NVIDIA-L4.x2:spot",
                        "runpod",
                        "any",
                        "secure",
                        "NVIDIA L4",
                        8,
                        1024,
                        new Gpu("L4", 2, 24),
                        capacity,
                        price,
                        price,
                        Availability.HIGH,
                        "test",
                        Instant.EPOCH,
                        Instant.EPOCH),
                maxPrice);
    }

    private LaunchOutcome launch(Offering offering, String maxPrice) {
        var order = new LaunchOrder(
                new LaunchToken("sp-abcdefghijklmnopqrstuvwx"),
                offering,
                HourlyPrice.usd(maxPrice),
                null,
                "plane",
                Map.of());
        return runPod.account().launcher().launch(order).block(Duration.ofSeconds(10));
    }

    private static void assertIsDeclined(LaunchOutcome outcome, Refusal refusal) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Declined.class,
                        declined -> assertThat(declined.refusal()).isEqualTo(refusal));
    }

    private void assertNothingWasOrdered() {
        assertThat(runPod.requests("mutation Rent")).isEmpty();
        assertThat(runPod.requests("POST /v2/pods")).isEmpty();
    }

    private static String account(String balance, String spend, String limit) {
        return """
                {"data":{"myself":{"clientBalance":%s,"currentSpendPerHr":%s,"spendLimit":%s},
                 "gpuTypes":[{"id":"NVIDIA L4","lowestPrice":{"minimumBidPrice":0.22,"uninterruptablePrice":0.40}}]}}
                """.formatted(balance, spend, limit);
    }
}
