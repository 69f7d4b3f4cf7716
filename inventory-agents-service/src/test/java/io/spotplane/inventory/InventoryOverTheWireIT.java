package io.spotplane.inventory;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.kafka.EventCodec;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.datacentre.DataCentre;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** The whole service with its real adapters, over the wire to a simulated data centre of 120 hosts. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.inventory.aggregates.every=1s",
            "spotplane.inventory.hypervisors.every=1s",
            "spotplane.inventory.hypervisors.timeout=2s",
            "spotplane.inventory.servers.every=1s",
            "spotplane.inventory.servers.call-timeout=1s",
            "spotplane.inventory.gpu-use.every=1s",
            "spotplane.inventory.devices.every=1s",
            "spotplane.providers.openstack.source=ca1",
            "spotplane.providers.openstack.username=svc",
            "spotplane.providers.openstack.password=of-the-simulator",
            "spotplane.providers.openstack.project-name=admin",
            "spotplane.providers.netbox.token=0123456789abcdef0123456789abcdef01234567"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class InventoryOverTheWireIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ProviderSimulator SIMULATOR = ProviderSimulator.start(SimulatorSettings.defaults());

    @Autowired
    private TestTokens tokens;

    @Autowired
    private EventCodec codec;

    @LocalServerPort
    private int port;

    private WebTestClient client;
    private Heard heard;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("spotplane.providers.openstack.auth-url", () -> SIMULATOR.baseUri() + "/keystone/v3");
        registry.add("spotplane.providers.netbox.base-url", () -> SIMULATOR.baseUri() + "/netbox/api");
    }

    @BeforeEach
    void listen(KafkaServer kafka) {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .build();
        heard = new Heard(kafka, codec);
        await().atMost(PATIENCE).until(() -> announcedHosts().containsAll(hostIds()));
    }

    @AfterEach
    void behaveAgain() {
        heard.close();
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void everyHostIsServedAsTheDataCentreHasIt() {
        // Given
        var host = SIMULATOR.dataCentre().hosts().getFirst();
        // When
        var page = get("/v1/hosts?pageSize=200");
        var one = get("/v1/hosts/ca1:" + host.name());
        // Then
        assertThat(page.at("/items").size()).isEqualTo(120);
        assertThat(one.at("/site").asString()).isEqualTo(host.site());
        assertThat(one.at("/owner").asString()).isEqualTo(host.owner());
        assertThat(one.at("/servers").asInt()).isEqualTo(host.servers().size());
        assertThat(one.at("/hosted").size()).isEqualTo(host.servers().size());
        assertThat(one.at("/gpuUsed").asInt())
                .isEqualTo(host.servers().stream()
                        .mapToInt(DataCentre.Server::gpus)
                        .sum());
    }

    @Test
    void theTypesAddUpToTheDataCentre() {
        // When
        var types = get("/v1/gpu-types").at("/items");
        // Then
        assertThat(types.valueStream()
                        .mapToInt(type -> type.at("/hosts").asInt())
                        .sum())
                .isEqualTo(120);
        assertThat(types.valueStream()
                        .flatMap(type -> type.at("/pools").valueStream())
                        .mapToInt(pool -> pool.at("/hosts").asInt())
                        .sum())
                .as("every host in one pool")
                .isEqualTo(120);
        assertThat(get("/v1/aggregates/H100").at("/items").size()).isPositive();
    }

    @Test
    void aHostThatIsMovedIsAnnouncedOnceWithItsOldAndNewAggregate() {
        // Given
        var moved = hostIn("H100-n3-spot");
        var before = heard.all().size();
        // When
        SIMULATOR.dataCentre().move(moved, "H100-n3");
        // Then
        await().atMost(PATIENCE).until(() -> heard.all().size() >= before + 3);
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(heard.all().stream().skip(before))
                .extracting(Event::type)
                .containsExactlyInAnyOrder(
                        EventType.AGGREGATE_OBSERVED, EventType.AGGREGATE_OBSERVED, EventType.HOST_OBSERVED);
        assertThat(get("/v1/hosts/ca1:" + moved).at("/pool").asString()).isEqualTo("ON_DEMAND");
    }

    @Test
    void oneSourceThatHangsIsNamedAndTheRestGoesOn() {
        // When
        SIMULATOR.misbehave(Rule.of(Provider.NETBOX, "*", Behaviour.HANG));
        SIMULATOR.misbehave(Rule.of(Provider.OPENSTACK, "GET os-hypervisors/detail", Behaviour.HANG));
        // Then
        await().atMost(PATIENCE)
                .until(() -> source("ca1.hypervisors").at("/stale").asBoolean());
        var answer = get("/v1/hosts?pageSize=200");
        assertThat(answer.at("/items").size()).isEqualTo(120);
        assertThat(answer.at("/items/0/site").isNull()).isFalse();
        assertThat(source("ca1.hypervisors").at("/error").asString()).isNotBlank();
        assertThat(source("ca1.hypervisors").at("/ageSeconds").asInt()).isPositive();
        assertThat(source("ca1.servers").at("/stale").asBoolean()).isFalse();
        assertThat(source("ca1.aggregates").at("/error").isNull()).isTrue();
    }

    @Test
    void badListsMakeNothingVanish() {
        // Given
        var vanished = heard.of(EventType.HOST_VANISHED).size();
        // When
        SIMULATOR.misbehave(Rule.of(Provider.OPENSTACK, "GET os-hypervisors/detail", Behaviour.EMPTY_LIST));
        SIMULATOR.misbehave(Rule.of(Provider.OPENSTACK, "GET os-aggregates", Behaviour.EMPTY_LIST));
        SIMULATOR.misbehave(Rule.of(Provider.NETBOX, "*", Behaviour.EMPTY_LIST));
        // Then
        await().atMost(PATIENCE)
                .until(() -> outcome("ca1.hypervisors").equals("suspicious")
                        && outcome("ca1.aggregates").equals("suspicious")
                        && outcome("netbox.devices").equals("suspicious"));
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(get("/v1/hosts?pageSize=200").at("/items").size()).isEqualTo(120);
        assertThat(heard.of(EventType.HOST_VANISHED)).hasSize(vanished);
    }

    @Test
    void theAgentsSayWhatTheyGained() {
        // When
        await().atMost(PATIENCE).until(() -> outcome("ca1.servers").equals("believed"));
        // Then
        var servers = agent("ca1.servers");
        assertThat(servers.at("/calls").asInt()).isEqualTo(120);
        assertThat(servers.at("/serialMs").asLong()).isPositive();
        assertThat(get("/v1/agents").at("/sweep/hosts").asInt()).isEqualTo(120);
    }

    private String hostIn(String pool) {
        return SIMULATOR.dataCentre().pools().stream()
                .filter(each -> each.name().equals(pool))
                .findFirst()
                .orElseThrow()
                .hosts()
                .getFirst();
    }

    private Set<String> announcedHosts() {
        return heard.of(EventType.HOST_OBSERVED).stream().map(Event::subject).collect(Collectors.toSet());
    }

    private static List<String> hostIds() {
        return SIMULATOR.dataCentre().hosts().stream()
                .map(host -> "ca1:" + host.name())
                .toList();
    }

    private String outcome(String agent) {
        return agent(agent).at("/outcome").asString();
    }

    private JsonNode agent(String name) {
        return named(get("/v1/agents").at("/items"), "/name", name);
    }

    private JsonNode source(String name) {
        return named(get("/v1/hosts").at("/sources"), "/source", name);
    }

    private static JsonNode named(JsonNode list, String pointer, String name) {
        return list.valueStream()
                .filter(item -> item.at(pointer).asString().equals(name))
                .findFirst()
                .orElseThrow();
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
}
