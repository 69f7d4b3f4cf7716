package io.spotplane.pricing.risk.observed;

import static io.spotplane.pricing.risk.observed.Events.event;
import static io.spotplane.pricing.risk.observed.Events.noticed;
import static io.spotplane.pricing.risk.observed.Events.turned;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Topics;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.kafka.EventCodec;
import io.spotplane.pricing.PricingService;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.Process;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;

/** From the events of our machines to the answers, on real PostgreSQL and Kafka. */
@SpringBootTest(
        classes = {PricingService.class, RiskIT.Market.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.pricing.markets.harbour.every=1s",
            "spotplane.pricing.markets.harbour.timeout=500ms",
            "spotplane.pricing.risk.refresh=200ms",
            "spotplane.pricing.risk.calibrate=1s"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RiskIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Offering SPOT = offering("harbour", "l4").gpu("L4", 1).at("0.30");
    private static final Offering OTHER =
            offering("harbour", "h100").gpu("H100-SXM", 8).at("16.00");
    private static final Offering ON_DEMAND =
            offering("harbour", "cpu").onDemand().at("0.05");

    @TestConfiguration(proxyBeanMethods = false)
    static class Market {

        @Bean
        FakeMarket harbour() {
            return new FakeMarket("harbour").sells(SPOT, OTHER, ON_DEMAND);
        }
    }

    @Autowired
    TestTokens tokens;

    @Autowired
    EventCodec codec;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    R2dbcObservations observations;

    @Autowired
    LearnRisk risk;

    @LocalServerPort
    int port;

    private final Instant start = Instant.now().minus(Duration.ofHours(8)).truncatedTo(ChronoUnit.MILLIS);
    private final String machine = UUID.randomUUID().toString();
    private PricingApi api;

    @BeforeAll
    void topicsAreThere(KafkaServer server) {
        server.create(new NewTopic(Topics.INSTANCES, 3, (short) 1), new NewTopic(Topics.INTERRUPTIONS, 3, (short) 1));
    }

    @BeforeEach
    void connect() {
        api = new PricingApi(port, tokens);
        await().atMost(SOON).until(() -> api.ids("/v1/offerings").size() == 3);
    }

    @Test
    void countsALifeOnceThoughNoticeDrainAndRepeatsTellOfIt() {
        // Given
        var pool = newPool();
        var notice = event(noticed(pool.zone() + machine, at(3)));
        // When
        publish(event(turn(pool, InstancePhase.BOOTING, null, 0)));
        publish(notice);
        publish(notice);
        publish(event(turn(pool, InstancePhase.DRAINING, "INTERRUPTED", 3)));
        publish(event(turn(pool, InstancePhase.LOST, "RECLAIMED", 3.1)));
        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(seen(Process.RECLAIM, pool).ends()).isCloseTo(1, within(0.02)));
        publish(notice);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(seen(Process.RECLAIM, pool).ends()).isCloseTo(1, within(0.02)));
        assertThat(seen(Process.RECLAIM, pool).hours()).isCloseTo(3, within(0.2));
    }

    @Test
    void aMachineGivenBackCountsAsHoursWithoutAReclaim() {
        // Given
        var pool = newPool();
        // When
        publish(event(turn(pool, InstancePhase.READY, null, 1)));
        publish(event(turn(pool, InstancePhase.DRAINING, "REQUEST_DELETED", 5)));
        publish(event(turn(pool, InstancePhase.TERMINATED, null, 6)));
        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(seen(Process.RECLAIM, pool).hours()).isCloseTo(4, within(0.1)));
        assertThat(seen(Process.RECLAIM, pool).ends()).isZero();
    }

    @Test
    void aMachineThatStillRunsCountsAsItRuns() {
        // Given
        var pool = newPool();
        // When
        publish(event(turn(pool, InstancePhase.BOOTING, null, 6)));
        // Then
        await().atMost(SOON).untilAsserted(() -> {
            var believed =
                    risk.belief().seen().getOrDefault(Process.RECLAIM, Map.of()).get(pool);
            assertThat(believed).isNotNull();
            assertThat(believed.hours()).isCloseTo(2, within(0.2));
        });
        assertThat(risk.survival(pool, Duration.ZERO, Duration.ofHours(1)).basis())
                .contains("of this pool");
    }

    @Test
    void learnsHowLongAPoolStaysOutFromItsRefusals() {
        // Given
        var pool = newPool();
        // When
        publish(event(turned("refused-1", pool, CapacityType.SPOT, InstancePhase.FAILED, "NO_CAPACITY", at(1))));
        await().atMost(SOON)
                .until(() -> observations.outage(pool).blockOptional().isPresent());
        publish(event(turned("refused-2", pool, CapacityType.SPOT, InstancePhase.FAILED, "NO_CAPACITY", at(2))));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(seen(Process.RETURN, pool).hours()).isCloseTo(1, within(0.05)));
        publish(event(turn(pool, InstancePhase.BOOTING, null, 3)));
        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(seen(Process.RETURN, pool).ends()).isCloseTo(1, within(0.02)));
        assertThat(seen(Process.RETURN, pool).hours()).isCloseTo(1.5, within(0.05));
        assertThat(observations.outage(pool).blockOptional()).isEmpty();
    }

    @Test
    void survivesWhatIsNotAnEvent() {
        // Given
        var pool = newPool();
        // When
        kafka.send(Topics.INSTANCES, machine, "nonsense".getBytes(UTF_8)).join();
        publish(event(turn(pool, InstancePhase.BOOTING, null, 0)));
        publish(event(turn(pool, InstancePhase.LOST, "RECLAIMED", 1)));
        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(seen(Process.RECLAIM, pool).ends()).isCloseTo(1, within(0.02)));
    }

    @Test
    void tellsTheChanceToLiveOnWithWhatItRestsOn() {
        // When
        var young = api.get("/v1/risk/survival?offering=" + SPOT.id() + "&horizon=PT6H");
        var old = api.get("/v1/risk/survival?offering=" + SPOT.id() + "&age=PT48H&horizon=PT6H");
        // Then
        assertThat(young.path("low").asDouble())
                .isLessThan(young.path("probability").asDouble());
        assertThat(young.path("high").asDouble())
                .isGreaterThan(young.path("probability").asDouble());
        assertThat(old.path("probability").asDouble())
                .isGreaterThan(young.path("probability").asDouble());
        assertThat(young.path("basis").asString()).contains("no observation");
        assertThat(young.path("horizon").asString()).isEqualTo("PT6H");
    }

    @Test
    void listsPoolsByPageAndWhatIsBelievedOfUnknownOnes() {
        // Given
        var pools = List.of(newPool(), newPool(), newPool());
        for (var pool : pools) {
            publish(event(
                    turned(UUID.randomUUID().toString(), pool, CapacityType.SPOT, InstancePhase.BOOTING, null, at(1))));
        }
        var region = pools.getFirst().region();
        await().atMost(SOON)
                .until(() ->
                        api.get("/v1/risk/pools?region=" + region).path("items").size() >= 3);
        // When
        var first = api.get("/v1/risk/pools?region=" + region + "&pageSize=2");
        var token = first.path("nextPageToken").asString();
        var second = api.get("/v1/risk/pools?region=" + region + "&pageSize=2&pageToken=" + token);
        // Then
        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items").size()).isPositive();
        assertThat(second.path("items").path(0).path("pool"))
                .isNotEqualTo(first.path("items").path(1).path("pool"));
        assertThat(first.path("items").path(0).path("reclaims")).hasSize(8);
        assertThat(first.path("unknownPool").path("basis").asString()).isIn("PRIOR", "SPOT");
        assertThat(api.problem("/v1/risk/pools?pageToken=" + token)
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asString())
                .isEqualTo("OTHER_QUESTION");
    }

    @Test
    void tellsHowTwoOfferingsFailTogether() {
        // When
        var answer = api.get("/v1/risk/togetherness?offering=" + SPOT.id() + "&offering=" + OTHER.id());
        // Then
        assertThat(answer.path("lift").asDouble()).isPositive();
        assertThat(answer.path("relation").asString()).isEqualTo("OTHER_FAMILY");
    }

    @Test
    void judgesItsForecastsInNumbersAndAsAPicture() {
        // When
        var answer = api.get("/v1/risk/calibration");
        var picture = api.exchange("/v1/risk/calibration.svg");
        // Then
        assertThat(answer.path("calibration").path("forecasts").isIntegralNumber())
                .isTrue();
        assertThat(answer.path("basis").asString()).isNotEmpty();
        assertThat(picture.getStatus().value()).isEqualTo(200);
        assertThat(picture.getResponseHeaders().getContentType()).hasToString("image/svg+xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/risk/survival?offering={spot}&age=-PT1H",
                "/v1/risk/survival?offering={spot}&horizon=PT0S",
                "/v1/risk/survival?offering={spot}&horizon=P100000D",
                "/v1/risk/survival?offering={spot}&horizon=soon",
                "/v1/risk/survival",
                "/v1/risk/survival?offering={onDemand}",
                "/v1/risk/togetherness?offering={spot}",
                "/v1/risk/togetherness?offering={spot}&offering={spot}&offering={spot}",
                "/v1/risk/pools?pageSize=0",
                "/v1/risk/pools?pageToken=nonsense",
                "/v1/risk/pools?colour=red",
                "/v1/risk/calibration?colour=red"
            })
    void refusesWhatMakesNoSenseFieldByField(String question) {
        var problem = api.problem(question.replace("{spot}", SPOT.id()).replace("{onDemand}", ON_DEMAND.id()));
        assertThat(problem.path("errors").size()).isPositive();
    }

    @Test
    void knowsNothingOfAnOfferingThatNobodySells() {
        assertThat(api.status("/v1/risk/survival?offering=harbour:nowhere:-:none:spot"))
                .isEqualTo(404);
    }

    private Pool newPool() {
        return new Pool("harbour", "it-" + machine.substring(0, 8), "zone-" + UUID.randomUUID(), "l4");
    }

    private InstanceTransitioned turn(Pool pool, InstancePhase phase, @Nullable String reason, double hours) {
        return turned(pool.zone() + machine, pool, CapacityType.SPOT, phase, reason, at(hours));
    }

    private Instant at(double hours) {
        return start.plusMillis(Math.round(hours * 3_600_000));
    }

    private Exposure seen(Process process, Pool pool) {
        return observations
                .seen(Instant.now(), Duration.ofDays(90))
                .blockOptional()
                .orElseThrow()
                .getOrDefault(process, Map.of())
                .getOrDefault(pool, new Exposure());
    }

    private void publish(Event<?> event) {
        kafka.send(codec.write(event)).join();
    }
}
