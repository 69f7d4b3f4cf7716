package io.spotplane.pricing;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.pricing.testing.FakeAuctions;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** A service that nobody asked anything but prices exposes all that its dashboard looks at: what has not happened yet stands at zero. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spotplane.pricing.markets.hall.every=1s")
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class DashboardIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path DASHBOARD = Path.of("../observability/grafana/dashboards/pricing.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:spotplane|http_server)_[a-z_]+[a-z]\\b");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^([a-z_]+)[{ ]");

    @TestConfiguration(proxyBeanMethods = false)
    static class Hall {

        @Bean
        FakeMarket hallMarket() {
            return new FakeMarket("hall")
                    .sells(
                            offering("hall", "one").at("0.10"),
                            offering("hall", "free").at("0"));
        }

        @Bean
        FakeAuctions hallAuctions() {
            return new FakeAuctions("hall");
        }
    }

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    @Test
    void everyPanelHasItsMetricFromTheStart() throws IOException {
        // Given
        var wanted = names(METRIC.matcher(Files.readString(DASHBOARD)).results().map(MatchResult::group));
        assertThat(wanted).isNotEmpty();
        // When
        var api = new PricingApi(port, tokens);
        await().atMost(SOON).until(() -> api.status("/v1/offerings") == 200);
        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(exposed(api)).containsAll(wanted));
    }

    private static Set<String> exposed(PricingApi api) {
        var scraped = Objects.requireNonNull(api.anonymous()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        return names(EXPOSED.matcher(scraped).results().map(found -> found.group(1)));
    }

    private static Set<String> names(Stream<String> found) {
        return found.collect(Collectors.toSet());
    }
}
