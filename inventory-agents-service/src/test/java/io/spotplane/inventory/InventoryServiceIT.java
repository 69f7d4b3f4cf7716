package io.spotplane.inventory;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostObserved;
import io.spotplane.inventory.agent.RunLog;
import io.spotplane.inventory.fake.ScriptedCloud;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** The whole service on real servers, with a cloud that behaves as told. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.inventory.aggregates.every=1s",
            "spotplane.inventory.aggregates.timeout=1s",
            "spotplane.inventory.hypervisors.every=1s",
            "spotplane.inventory.hypervisors.timeout=1s",
            "spotplane.inventory.servers.every=1s",
            "spotplane.inventory.servers.timeout=5s",
            "spotplane.inventory.servers.call-timeout=500ms",
            "spotplane.inventory.gpu-use.every=1s"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
@TestInstance(Lifecycle.PER_CLASS)
class InventoryServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestConfiguration
    static class OneCloud {

        @Bean
        ScriptedCloud cloud() {
            return ScriptedCloud.of(120, 8, Schedulers.parallel());
        }
    }

    @Autowired
    private ScriptedCloud cloud;

    @Autowired
    private RunLog runs;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private EventCodec codec;

    @LocalServerPort
    private int port;

    private WebTestClient client;
    private Heard heard;

    @BeforeAll
    void listen(KafkaServer kafka) {
        heard = new Heard(kafka, codec);
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .build();
    }

    @AfterAll
    void stopListening() {
        heard.close();
    }

    @BeforeEach
    void everythingIsWellAndAnnounced() {
        cloud.be(120, 8);
        afterTwoMoreSweeps();
        await().atMost(PATIENCE)
                .until(() -> get("/v1/hosts?pageSize=200").at("/items").size() == 120);
        await().atMost(PATIENCE).until(() -> heard.of(EventType.HOST_OBSERVED).size() >= 120);
    }

    @Test
    void servesHostsWithEverySourceAndItsAge() {
        // When
        var page = get("/v1/hosts?gpuType=H100&pageSize=200");
        // Then
        assertThat(page.at("/items").size()).isEqualTo(120);
        assertThat(page.at("/items/0/hostId").asString()).isEqualTo("ca1:host-1");
        assertThat(page.at("/items/0/pool").asString()).isEqualTo("SPOT");
        assertThat(page.at("/items/0/gpuUsed").asInt()).isEqualTo(8);
        assertThat(page.at("/items/0/ageSeconds").asInt()).isLessThan(10);
        assertThat(page.at("/sources")
                        .valueStream()
                        .map(source -> source.at("/source").asString()))
                .containsExactly("ca1.aggregates", "ca1.hypervisors", "ca1.servers", "ca1.gpu-use");
        assertThat(page.at("/sources").valueStream())
                .noneMatch(source -> source.at("/stale").asBoolean());
    }

    @Test
    void servesOneHostWithItsServersAndTheTypeWithItsPools() {
        assertThat(get("/v1/hosts/ca1:host-7").at("/hosted/0/flavor").asString())
                .isEqualTo("n3-H100x8-spot");
        var type = get("/v1/gpu-types").at("/items/0");
        assertThat(type.at("/gpuType").asString()).isEqualTo("H100");
        assertThat(type.at("/pools/SPOT/gpusTotal").asInt()).isEqualTo(960);
        assertThat(type.at("/gpusFree").asInt()).isZero();
        assertThat(get("/v1/aggregates/H100").at("/items/0/hosts").size()).isEqualTo(120);
    }

    @Test
    void saysHowFastItsAgentsAreAndWhatTheyReplaced() {
        // When
        var agents = get("/v1/agents");
        // Then
        var servers = agents.at("/items/2");
        assertThat(servers.at("/name").asString()).isEqualTo("ca1.servers");
        assertThat(servers.at("/calls").asInt()).isEqualTo(120);
        assertThat(servers.at("/schedule/concurrency").asInt()).isEqualTo(50);
        assertThat(servers.at("/outcome").asString()).isEqualTo("believed");
        assertThat(agents.at("/sweep/hosts").asInt()).isEqualTo(120);
    }

    @Test
    void aSweepThatSeesTheSamePublishesNothing() {
        // Given
        var before = heard.all().size();
        // When
        afterTwoMoreSweeps();
        // Then
        assertThat(heard.all()).hasSize(before);
    }

    @Test
    void oneHostsChangePublishesOneEvent() {
        // Given
        var before = heard.all().size();
        // When
        cloud.hosts("host-7", ScriptedCloud.server("host-7", 3), ScriptedCloud.server("host-7", 2));
        // Then
        await().atMost(PATIENCE).until(() -> heard.all().size() > before);
        afterTwoMoreSweeps();
        assertThat(heard.all()).hasSize(before + 1);
        assertThat(heard.all().getLast().data()).isInstanceOfSatisfying(HostObserved.class, host -> {
            assertThat(host.hostId()).isEqualTo("ca1:host-7");
            assertThat(host.gpuUsed()).isEqualTo(5);
            assertThat(host.servers()).isEqualTo(2);
        });
    }

    @Test
    void aSourceThatHangsIsNamedWithItsAgeAndTheAnswerStaysComplete() {
        // When
        cloud.hang("hypervisors");
        // Then
        await().atMost(PATIENCE).until(() -> source(1).at("/stale").asBoolean());
        assertThat(source(1).at("/error").asString()).contains("no whole answer within PT1S");
        assertThat(source(1).at("/ageSeconds").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(source(2).at("/stale").asBoolean()).isFalse();
        assertThat(source(2).at("/error").isNull()).isTrue();
        assertThat(get("/v1/hosts?pageSize=200").at("/items").size()).isEqualTo(120);
    }

    @Test
    void aHostThatDoesNotAnswerIsNamedAndKeepsWhatItSaid() {
        // When
        cloud.hang("host-7");
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(source(2).at("/unreachable").toString()).isEqualTo("[\"host-7\"]"));
        assertThat(get("/v1/hosts/ca1:host-7").at("/gpuUsed").asInt()).isEqualTo(8);
    }

    @Test
    void aShortListIsNotBelievedUntilAnOperatorSaysSo() {
        // Given
        var before = heard.of(EventType.HOST_VANISHED).size();
        for (int n = 21; n <= 120; n++) {
            cloud.removeHost("host-" + n);
        }
        await().atMost(PATIENCE).until(() -> agent(1).at("/outcome").asString().equals("suspicious"));
        assertThat(get("/v1/hosts?pageSize=200").at("/items").size()).isEqualTo(120);
        assertThat(heard.of(EventType.HOST_VANISHED)).hasSize(before);
        // When
        client.post()
                .uri("/v1/agents/ca1.hypervisors:believe")
                .headers(tokens.operatorOf("demo"))
                .exchange()
                .expectStatus()
                .isAccepted();
        // Then
        await().atMost(PATIENCE).until(() -> heard.of(EventType.HOST_VANISHED).size() == before + 100);
        assertThat(get("/v1/hosts?pageSize=200").at("/items").size()).isEqualTo(20);
    }

    @Test
    void measuresHostsByPoolAndTheAgeOfEverySource(@Autowired MeterRegistry meters) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(meters.get("spotplane.inventory.hosts")
                            .tag("pool", "SPOT")
                            .gauge()
                            .value())
                    .isEqualTo(120);
            assertThat(meters.get("spotplane.inventory.age")
                            .tag("source", "ca1.servers")
                            .gauge()
                            .value())
                    .isLessThan(10);
        });
    }

    @Test
    void describesItselfToTheGateway() {
        client.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/v1/hosts'].get.summary")
                .isEqualTo("Hosts")
                .jsonPath("$.paths['/v1/agents:refresh'].post")
                .exists();
    }

    @Test
    void refreshIsAccepted() {
        client.post()
                .uri("/v1/agents:refresh")
                .headers(tokens.operatorOf("demo"))
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    @Test
    void refusesStrangersAndThoseWithoutPermission() {
        client.get().uri("/v1/hosts").exchange().expectStatus().isUnauthorized();
        client.get()
                .uri("/v1/hosts")
                .headers(tokens.viewerOf("demo"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        assertProblem("/v1/hosts?gpu=H100", HttpStatus.BAD_REQUEST, "query:gpu");
        assertProblem("/v1/hosts?state=sideways", HttpStatus.BAD_REQUEST, "query:state");
        assertProblem("/v1/hosts?pageToken=!!", HttpStatus.BAD_REQUEST, "query:pageToken");
        assertProblem("/v1/hosts/ca1:nobody", HttpStatus.NOT_FOUND, "ca1:nobody");
        assertProblem("/v1/aggregates/Z9000", HttpStatus.NOT_FOUND, "Z9000");
    }

    private void assertProblem(String path, HttpStatus status, String contains) {
        var body = client.get()
                .uri(path)
                .headers(tokens.operatorOf("demo"))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).contains(contains);
    }

    private JsonNode source(int index) {
        return get("/v1/hosts").at("/sources/" + index);
    }

    private JsonNode agent(int index) {
        return get("/v1/agents").at("/items/" + index);
    }

    private JsonNode get(String path) {
        return client.get()
                .uri(path)
                .headers(tokens.operatorOf("demo"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    /** Two whole rounds have begun and ended, and the announcer had its turn. */
    private void afterTwoMoreSweeps() {
        for (int n = 0; n < 2; n++) {
            var from = Instant.now();
            await().atMost(PATIENCE).until(() -> everyAgentRanAfter(from));
        }
        await().pollDelay(Duration.ofMillis(700)).atMost(PATIENCE).until(() -> true);
    }

    private boolean everyAgentRanAfter(Instant from) {
        var last = runs.lastRuns().block();
        return last.size() == 4
                && last.values().stream().allMatch(run -> run.startedAt().isAfter(from));
    }
}
