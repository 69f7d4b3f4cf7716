package io.spotplane.pricing;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.alert.BidOutlook;
import io.spotplane.pricing.recommendation.BidSurvival;
import io.spotplane.pricing.testing.FakeAuctions;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.Ladder;
import io.spotplane.pricing.testing.PricingApi;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;

/** Bids over HTTP, from auctions that a provider told and the service collected, kept and replayed. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.pricing.markets.hall.every=1s",
            "spotplane.pricing.auctions.every=1s",
            "spotplane.pricing.auctions.reload=200ms"
        })
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class BidsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Offering REPLAYED =
            offering("hall", "gp.vs1.large-iad").bids(Ladder.OF_JULY).at("0.012");
    private static final Offering DISTRIBUTED =
            offering("hall", "gp.vs1.large-dfw").bids(Ladder.OF_JULY).at("0.010");
    private static final Offering FIXED = offering("hall", "fixed").at("0.30");
    private static final Offering FIXED_TWIN =
            offering("hall", "fixed").onDemand().at("0.70");

    @TestConfiguration(proxyBeanMethods = false)
    static class Hall {

        @Bean
        FakeMarket hallMarket() {
            return new FakeMarket("hall").sells(REPLAYED, DISTRIBUTED, FIXED, FIXED_TWIN);
        }

        /** Forty days at 0.012, of every fifth day six hours at 0.050. */
        @Bean
        FakeAuctions hallAuctions() {
            var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
            var auctions = new FakeAuctions("hall").distributed(DISTRIBUTED, "0.011", "0.031", "0.081");
            for (var hour = 40 * 24; hour >= 0; hour--) {
                var dear = hour > 6 && hour % 120 < 6;
                auctions.hammered(REPLAYED, now.minus(Duration.ofHours(hour)), dear ? "0.050" : "0.012");
            }
            return auctions;
        }
    }

    @Autowired
    TestTokens tokens;

    @Autowired
    BidSurvival estimates;

    @Autowired
    BidOutlook outlook;

    @LocalServerPort
    int port;

    private PricingApi api;

    @BeforeEach
    void collected() {
        api = new PricingApi(port, tokens);
        await().atMost(SOON).until(() -> api.status("/v1/bids?offering=" + REPLAYED.id()) == 200);
        await().atMost(SOON)
                .until(() -> api.get("/v1/bids?offering=" + REPLAYED.id())
                                .path("method")
                                .asString()
                                .equals("REPLAY")
                        && api.get("/v1/bids?offering=" + DISTRIBUTED.id())
                                .path("method")
                                .asString()
                                .equals("PERCENTILES"));
    }

    @Test
    void choosesByReplayWithTheWholeTableBehindIt() {
        // When
        var answer = api.get("/v1/bids?offering=" + REPLAYED.id() + "&strategy=CONSERVATIVE");
        // Then
        var chosen = answer.path("chosen");
        assertThat(chosen.path("bid")).hasToString("{\"amount\":\"0.060\",\"currency\":\"USD\",\"per\":\"hour\"}");
        assertThat(chosen.path("shareOfTimeHeld").asDouble()).isEqualTo(1);
        assertThat(chosen.path("meanPaid").path("amount").asString()).startsWith("0.013");
        assertThat(answer.path("wanted").path("survival").asDouble()).isEqualTo(0.99);
        assertThat(answer.path("wanted").path("horizon").asString()).isEqualTo("PT24H");
        assertThat(answer.path("history").path("source").asString()).isEqualTo("AUCTION_HISTORY");
        assertThat(answer.path("history").path("knownSeconds").asLong())
                .isGreaterThan(Duration.ofDays(39).toSeconds());
        assertThat(answer.path("formerRules").size()).isEqualTo(6);
        assertThat(answer.path("rungs").path(1).path("interruptionsPerDay").asDouble())
                .isBetween(0.15, 0.25);
        System.out.println(answer.toPrettyString());
    }

    @Test
    void choosesByPercentilesWhereNothingElseIsPublished() {
        // When
        var answer = api.get("/v1/bids?offering=" + DISTRIBUTED.id() + "&survival=0.99");
        // Then
        assertThat(answer.path("chosen").path("bid").path("amount").asString()).isEqualTo("0.100");
        assertThat(answer.path("percentiles").path("p80").path("amount").asString())
                .isEqualTo("0.081");
        assertThat(answer.path("chosen").path("shareOfTimeHeld").isMissingNode()
                        || answer.path("chosen").path("shareOfTimeHeld").isNull())
                .isTrue();
    }

    @Test
    void drawsThePastWithTheBidsAcross() {
        // When
        var answer = api.exchange("/v1/bids/" + REPLAYED.id() + "/replay.svg");
        // Then
        var picture = new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8);
        assertThat(answer.getResponseHeaders().getContentType()).hasToString("image/svg+xml;charset=UTF-8");
        assertThat(picture).startsWith("<svg").contains("conservative: 0.060").endsWith("</svg>\n");
    }

    @Test
    void saysWhatToDoWhereNothingIsBid() {
        // When
        var answer = api.exchange("/v1/bids?offering=" + FIXED.id());
        // Then
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(new String(Objects.requireNonNull(answer.getResponseBody()), StandardCharsets.UTF_8))
                .contains("STATE_CONFLICT")
                .contains("0.70");
    }

    @Test
    void doesNotKnowWhatNobodySells() {
        assertThat(api.status("/v1/bids?offering=hall:us-east-1:-:nothing:spot"))
                .isEqualTo(404);
        assertThat(api.status("/v1/bids/nonsense/replay.svg")).isEqualTo(404);
    }

    @Test
    void drawsWhatOurOwnShelvesShowedWhereNothingElseIsPublished() {
        await().atMost(SOON).until(() -> api.status("/v1/bids/" + DISTRIBUTED.id() + "/replay.svg") == 200);
    }

    @ParameterizedTest
    @CsvSource({
        "survival=NaN, query:survival",
        "survival=1.5, query:survival",
        "survival=-0.1, query:survival",
        "survival=0.9&strategy=BALANCED, query:survival",
        "strategy=RECKLESS, query:strategy",
        "horizon=PT0S, query:horizon",
        "horizon=-PT24H, query:horizon",
        "horizon=P5000D, query:horizon",
        "horizon=tomorrow, query:horizon",
        "maxBid=0, query:maxBid",
        "maxBid=-1, query:maxBid",
        "maxBid=1000000000000, query:maxBid",
        "ties=MAYBE, query:ties",
        "bid=1, query:bid"
    })
    void refusesWhatMakesNoSense(String parameters, String pointer) {
        // When
        var problem = api.problem("/v1/bids?offering=" + REPLAYED.id() + "&" + parameters);
        // Then
        assertThat(problem.path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void demandsAnOffering() {
        assertThat(api.problem("/v1/bids")
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asString())
                .isEqualTo("query:offering");
    }

    @Test
    void tellsOtherDecisionsHowLongABidMayLast() {
        // When
        var day = Duration.ofHours(24);
        var high = estimates.survival(REPLAYED.id(), new BigDecimal("0.06"), day);
        var low = estimates.survival(REPLAYED.id(), new BigDecimal("0.02"), day);
        var ends =
                outlook.endsWithin(REPLAYED.id(), new BigDecimal("0.02"), day).orElseThrow();
        // Then
        assertThat(high.orElseThrow()).isGreaterThan(0.98);
        assertThat(low.orElseThrow()).isBetween(0.6, 0.9);
        assertThat(ends.probability() + low.orElseThrow()).isEqualTo(1);
        assertThat(ends.basis()).contains("replayed");
        assertThat(estimates.survival(REPLAYED.id(), new BigDecimal("0.01"), day))
                .hasValue(0);
        assertThat(estimates.survival(FIXED.id(), BigDecimal.ONE, day)).isEmpty();
    }
}
