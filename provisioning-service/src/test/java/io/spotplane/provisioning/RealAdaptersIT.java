package io.spotplane.provisioning;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.provisioning.offering.Offerings;
import io.spotplane.provisioning.offering.Shape;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.ledger.LedgerLine;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with the real adapters, which speak the providers' true protocols to their simulator; its ledger is the witness. */
@Infrastructure({POSTGRES, KAFKA})
@LocalIssuer
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.provisioning.owner=it",
            "spotplane.provisioning.visibility-window=1s",
            "spotplane.provisioning.call-timeout=4s",
            "spotplane.provisioning.reconcile.busy-listing=300ms",
            "spotplane.provisioning.interruption.poll=1h",
            "spotplane.provisioning.placement.no-capacity-cool-down=2s",
            "spotplane.provisioning.placement.interruption-cool-down=2s"
        })
class RealAdaptersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "intake-key-of-the-test";
    private static final ProviderSimulator SIMULATOR = ProviderSimulator.start(SimulatorSettings.defaults());

    @Autowired
    List<MarketData> markets;

    @Autowired
    Offerings offerings;

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private WebTestClient client = WebTestClient.bindToServer().build();

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry registry) {
        registry.add("spotplane.providers.aws.endpoint", () -> SIMULATOR.baseUri() + "/ec2");
        registry.add("spotplane.providers.aws.regions", () -> "us-east-1");
        registry.add("spotplane.providers.aws.access-key-id", () -> "AKIASIMULATED");
        registry.add("spotplane.providers.aws.secret-access-key", () -> "secret-of-the-test");
        registry.add("spotplane.providers.aws.event-intake-key", () -> KEY);
        registry.add("spotplane.providers.aws.visibility-window", () -> "1s");
        registry.add("spotplane.providers.aws.call-timeout", () -> "3s");
        registry.add("spotplane.providers.runpod.base-url", () -> SIMULATOR.baseUri() + "/runpod");
        registry.add("spotplane.providers.runpod.api-key", () -> "key-of-the-test");
        registry.add("spotplane.providers.runpod.visibility-window", () -> "1s");
        registry.add("spotplane.providers.runpod.call-timeout", () -> "3s");
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @BeforeEach
    void sell() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        SIMULATOR.eventTarget(URI.create("http://127.0.0.1:" + port + "/v1/provider-events/aws"), KEY);
        Flux.fromIterable(markets)
                .flatMap(MarketData::sweep)
                .flatMapIterable(sweep -> sweep.offerings())
                .filter(RealAdaptersIT::isSmallL4)
                .concatMap(offerings::put)
                .blockLast(SOON);
    }

    @AfterEach
    void clear() {
        SIMULATOR.rules().clear();
        await("nothing is left").atMost(SOON).until(() -> SIMULATOR.living().isEmpty());
    }

    private static boolean isSmallL4(Offering offering) {
        Gpu gpu = offering.gpu();
        return gpu != null && gpu.model().equals("L4") && gpu.count() == 1;
    }

    @Test
    void anotherCloudTakesOverWhenTheFirstHasNothing() {
        // Given RunPod, which is cheaper, has nothing
        SIMULATOR.misbehave(Rule.of(Provider.RUNPOD, "podRentInterruptable", Behaviour.SELL_OUT));
        // When
        var id = submit("takes-over", List.of());
        // Then
        var ready = awaitPhase(id, "READY");
        assertThat(only(SIMULATOR.living()).provider()).isEqualTo(Provider.AWS);
        assertThat(ready.at("/status/instances")
                        .valueStream()
                        .map(instance -> instance.get("phase").asString()))
                .contains("FAILED", "READY");
        end(id);
    }

    @Test
    void aCheaperPriceListIsNoPlaceToBuyAt() {
        // Given
        var listed = onPriceList(Instant.now());
        offerings.put(listed).then(offerings.confirm("azure", Instant.now())).block(SOON);
        // When
        var id = submit("listed", List.of());
        // Then
        awaitPhase(id, "READY");
        assertThat(only(SIMULATOR.living()).provider()).isIn(Provider.AWS, Provider.RUNPOD);
        end(id);
        // When
        var refused = client.post()
                .uri("/v1/gpu-requests")
                .headers(tokens.operatorOf("acme"))
                .header("Idempotency-Key", "key-listed-alone")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"name":"listed-alone","gpu":{"model":"L4","count":1},"capacityType":"SPOT","providers":["azure"],
                         "maxPricePerHour":{"amount":"2.00","currency":"USD"}}""")
                .exchange()
                .expectBody(String.class)
                .returnResult();
        // Then
        assertThat(refused.getStatus().value()).isEqualTo(400);
        assertThat(refused.getResponseBody()).contains("/providers/0", "expected one of [aws, runpod]");
        // When
        var seen = offerings
                .of(Shape.gpus("L4", 1, 0), Set.of("aws"))
                .collectList()
                .block(SOON);
        // Then
        assertThat(seen)
                .filteredOn(offer -> offer.provider().equals("azure"))
                .singleElement()
                .satisfies(offer -> {
                    assertThat(offer.bidRules()).isEqualTo(listed.bidRules());
                    assertThat(offer.availabilityConfidence()).isEqualTo(Confidence.LISTED);
                });
        offerings.withdraw(listed.id()).block(SOON);
    }

    private static Offering onPriceList(Instant at) {
        return new Offering(
                "azure:eastus:-:listed.x1:spot",
                "azure",
                "eastus",
                null,
                "listed",
                8,
                32_768,
                new Gpu("L4", 1, 24),
                CapacityType.SPOT,
                HourlyPrice.usd("0.001"),
                HourlyPrice.usd("0.01"),
                Availability.UNKNOWN,
                "catalogue vms.csv",
                at,
                at,
                Confidence.LISTED,
                new BidRules(new BigDecimal("0.01"), 3, List.of(), LocalDate.of(2026, 7, 1)));
    }

    @Test
    void anAnswerThatEc2DroppedIsResolvedByTheTokenToTheSameMachine() {
        resolvesADroppedAnswer("aws", Provider.AWS, "RunInstances");
    }

    @Test
    void anAnswerThatRunPodDroppedIsResolvedByLooking() {
        resolvesADroppedAnswer("runpod", Provider.RUNPOD, "podRentInterruptable");
    }

    private void resolvesADroppedAnswer(String name, Provider provider, String operation) {
        // Given
        var madeBefore = SIMULATOR.ledger().size();
        SIMULATOR.misbehave(new Rule(provider, operation, Map.of(), Behaviour.ACT_AND_DROP, Duration.ZERO, null, 1));
        // When
        var id = submit("dropped-" + name, List.of(name));
        // Then
        awaitPhase(id, "READY");
        assertThat(SIMULATOR.ledger()).hasSize(madeBefore + 1);
        end(id);
    }

    @Test
    void aPushedNoticeIsFollowedByAReplacementBeforeTheDeadline() {
        // Given
        var id = submit("noticed", List.of("aws"));
        awaitPhase(id, "READY");
        var victim = only(SIMULATOR.living());
        // When
        SIMULATOR.reclaim(Provider.AWS, victim.id(), true, Duration.ofSeconds(120), 2);
        // Then
        await("a second machine is ready")
                .atMost(SOON)
                .until(() -> machines(id, "READY").stream().anyMatch(machine -> !machine.equals(victim.id())));
        await("the old one is proved gone")
                .atMost(SOON)
                .until(() -> machines(id, "TERMINATED").contains(victim.id()));
        assertThat(SIMULATOR.living()).hasSize(1);
        end(id);
    }

    @Test
    void aReclaimThatNobodyAnnouncedIsFoundAndReplacedAndItsShellCleared() {
        // Given
        var id = submit("reclaimed", List.of("runpod"));
        awaitPhase(id, "READY");
        var victim = only(SIMULATOR.living());
        // When
        SIMULATOR.reclaim(Provider.RUNPOD, victim.id(), false, Duration.ZERO, 1);
        // Then
        await("it is lost").atMost(SOON).until(() -> machines(id, "LOST").contains(victim.id()));
        awaitPhase(id, "READY");
        end(id);
    }

    @Test
    void anOrderThatIsAcceptedWithoutAMachineIsNeverShownRunning() {
        // Given
        SIMULATOR.misbehave(new Rule(Provider.AWS, "RunInstances", Map.of(), Behaviour.SILENT, Duration.ZERO, null, 1));
        // When
        var id = submit("silent", List.of("aws"));
        await().atMost(SOON)
                .until(() -> get("/v1/gpu-requests/" + id)
                        .at("/status/phase")
                        .asString()
                        .equals("LAUNCHING"));
        // Then
        await().during(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() -> get("/v1/gpu-requests/" + id)
                        .at("/status/phase")
                        .asString()
                        .equals("LAUNCHING"));
        end(id);
    }

    // --- steps

    private String submit(String name, List<String> providers) {
        var body = Map.of(
                "name",
                name,
                "gpu",
                Map.of("model", "L4", "count", 1),
                "capacityType",
                "SPOT",
                "providers",
                providers,
                "maxPricePerHour",
                Map.of("amount", "2.00", "currency", "USD"));
        var answer = client.post()
                .uri("/v1/gpu-requests")
                .headers(tokens.operatorOf("acme"))
                .header("Idempotency-Key", "key-" + name)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json.writeValueAsString(body))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return json.readTree(answer).get("id").asString();
    }

    private void end(String id) {
        client.delete()
                .uri("/v1/gpu-requests/" + id)
                .headers(tokens.operatorOf("acme"))
                .exchange()
                .expectStatus()
                .isAccepted();
        awaitPhase(id, "TERMINATED");
        assertThat(SIMULATOR.living()).isEmpty();
    }

    private JsonNode awaitPhase(String id, String phase) {
        await("phase " + phase)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(get("/v1/gpu-requests/" + id)
                                .at("/status/phase")
                                .asString())
                        .isEqualTo(phase));
        return get("/v1/gpu-requests/" + id);
    }

    private List<String> machines(String id, String phase) {
        Stream<JsonNode> instances = get("/v1/instances?requestId=" + id + "&phase=" + phase)
                .get("items")
                .valueStream();
        return instances
                .map(instance -> instance.path("providerInstanceId").asString(""))
                .toList();
    }

    private JsonNode get(String path) {
        return json.readTree(client.get()
                .uri(path)
                .headers(tokens.operatorOf("acme"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
    }

    private static LedgerLine only(List<LedgerLine> lines) {
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
