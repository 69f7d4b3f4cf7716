package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.stack.journey.SpotplaneApi;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A source that hangs or fails leaves the answer complete but for that source, which is named with its age. */
@ExtendWith(OneStack.class)
class SourceAwayE2E {

    private RunningStack stack;
    private SpotplaneApi api;

    @BeforeEach
    void signIn(RunningStack running) {
        stack = running;
        api = running.operatorOf("watcher");
    }

    @AfterEach
    void clearTheWeather() {
        stack.weather().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HANG", "HTML", "THROTTLE"})
    void theHostsStayWhenTheirCatalogueDoesNotAnswer(String behaviour) {
        // Given
        var hosts = await("all hosts").atMost(Duration.ofSeconds(60)).until(this::hosts, count -> count >= 120);
        // When
        stack.weather().command("rules", """
                {"provider":"netbox","behaviour":"%s"}""".formatted(behaviour));
        api.post("/v1/agents:refresh", null, "{}");
        // Then
        var source = await("the source to be named")
                .atMost(Duration.ofSeconds(90))
                .until(() -> failedSource("/v1/hosts").findFirst().orElse(null), found -> found != null);
        assertThat(source.path("source").asString()).contains("netbox");
        assertThat(source.path("ageSeconds").isNumber()).isTrue();
        assertThat(hosts()).isEqualTo(hosts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "runpod"})
    void thePricesOfOneMarketStayWhenItDoesNotAnswer(String market) {
        // Given
        var before = await("its offers").atMost(Duration.ofSeconds(60)).until(() -> offers(market), count -> count > 0);
        // When
        stack.weather().command("rules", """
                {"provider":"%s","behaviour":"ERROR","status":500,"code":"InternalError","message":"injected"}""".formatted(market));
        // Then
        var source = await("the market to be named")
                .atMost(Duration.ofSeconds(120))
                .until(() -> failedSource("/v1/offerings?gpu=L40S").findFirst().orElse(null), found -> found != null);
        assertThat(source.path("source").asString()).isEqualTo(market);
        assertThat(offers(market)).isEqualTo(before);
    }

    private Stream<JsonNode> failedSource(String path) {
        return StreamSupport.stream(
                        api.get(path).expect(200).body().path("sources").spliterator(), false)
                .filter(source -> source.path("error").isString());
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
