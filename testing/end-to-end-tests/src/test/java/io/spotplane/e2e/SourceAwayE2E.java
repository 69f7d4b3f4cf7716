package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.stack.journey.SpotplaneApi;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A source that hangs or fails leaves the answer complete but for that source, which is named with its age. */
@ExtendWith(OneStack.class)
class SourceAwayE2E {

    /** Rounds are up to 30 s apart, and a source that hangs is given up after up to 60 s. */
    private static final Duration LONG = Duration.ofSeconds(150);

    private RunningStack stack;
    private SpotplaneApi api;

    @BeforeEach
    void allIsWell(RunningStack running) {
        stack = running;
        api = running.operatorOf("watcher");
        await("every source to answer")
                .atMost(LONG)
                .until(() -> failed("/v1/hosts").isEmpty()
                        && failed("/v1/offerings?gpu=L40S").isEmpty()
                        && hosts() >= 120
                        && offers("aws") > 0
                        && offers("runpod") > 0);
    }

    @AfterEach
    void clearTheWeather() {
        stack.weather().clear();
    }

    @ParameterizedTest
    @CsvSource({"netbox, HANG", "netbox, HTML", "openstack, HANG", "openstack, ERROR"})
    void theHostsStayWhenOneOfTheirSourcesDoesNotAnswer(String provider, String behaviour) {
        // Given
        var hosts = hosts();
        // When
        stack.weather().command("rules", """
                {"provider":"%s","behaviour":"%s","status":500}""".formatted(provider, behaviour));
        api.post("/v1/agents:refresh", null, "{}");
        // Then
        await("a source to be named")
                .atMost(LONG)
                .until(() -> !failed("/v1/hosts").isEmpty());
        assertThat(failed("/v1/hosts"))
                .allSatisfy(source -> assertThat(isOf(source.path("source").asString(), provider))
                        .as("%s", source)
                        .isTrue())
                .allSatisfy(SourceAwayE2E::hasAnAge);
        assertThat(hosts()).isEqualTo(hosts);
    }

    @ParameterizedTest
    @CsvSource({"aws, ERROR", "aws, HANG", "runpod, HTML", "runpod, HANG"})
    void thePricesOfOneMarketStayWhenItDoesNotAnswer(String market, String behaviour) {
        // Given
        var before = offers(market);
        // When
        stack.weather().command("rules", """
                {"provider":"%s","behaviour":"%s","status":500,"code":"InternalError","message":"injected"}""".formatted(market, behaviour));
        // Then
        await("the market to be named, and no other")
                .atMost(LONG)
                .until(() -> names(failed("/v1/offerings?gpu=L40S")).equals(Set.of(market)));
        assertThat(failed("/v1/offerings?gpu=L40S")).allSatisfy(SourceAwayE2E::hasAnAge);
        assertThat(offers(market)).isEqualTo(before);
    }

    /** The last good data are in Redis, not in the memory of the process that collected them. */
    @Test
    void theLastGoodHostsOutliveTheServiceThatSawThem() throws Exception {
        // Given
        var hosts = hosts();
        stack.weather().command("rules", """
                {"provider":"openstack","behaviour":"HANG"}""");
        // When
        stack.processes().kill("inventory-agents-service");
        stack.processes().start("inventory-agents-service");
        // Then
        await("its hosts to be told by the new process")
                .atMost(LONG)
                .ignoreExceptionsInstanceOf(SpotplaneApi.Unexpected.class)
                .until(() -> hosts() == hosts);
        await("the source to be named")
                .atMost(LONG)
                .until(() -> !failed("/v1/hosts").isEmpty());
        assertThat(hosts()).isEqualTo(hosts);
    }

    private static void hasAnAge(JsonNode source) {
        assertThat(source.path("asOf").isString()).as("%s", source).isTrue();
        assertThat(source.path("ageSeconds").isNumber()).as("%s", source).isTrue();
    }

    private List<JsonNode> failed(String path) {
        return sources(path).filter(source -> source.path("error").isString()).toList();
    }

    /** The data centre's OpenStack is called after its region. */
    private static boolean isOf(String source, String provider) {
        return source.startsWith(provider.equals("openstack") ? "ca1" : provider);
    }

    private Stream<JsonNode> sources(String path) {
        return StreamSupport.stream(
                api.get(path).expect(200).body().path("sources").spliterator(), false);
    }

    private static Set<String> names(List<JsonNode> sources) {
        return sources.stream().map(source -> source.path("source").asString()).collect(Collectors.toSet());
    }

    private int hosts() {
        return api.get("/v1/hosts?pageSize=200")
                .expect(200)
                .body()
                .path("items")
                .size();
    }

    private int offers(String provider) {
        return api.get("/v1/offerings?gpu=L40S&provider=" + provider + "&pageSize=200")
                .expect(200)
                .body()
                .path("items")
                .size();
    }
}
