package io.spotplane.pricing.recommendation;

import static io.spotplane.pricing.recommendation.Auctions.auctioned;
import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.pricing.recommendation.exact.WireCertificateCheck;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.testing.Infrastructure;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recommendations as their users meet them: HTTP, on real PostgreSQL, Redis and Kafka. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spotplane.pricing.markets.auctions.every=1s")
@Infrastructure({POSTGRES, REDIS, KAFKA})
@LocalIssuer
class RecommendationIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/v1/recommendations";
    private static final String FIVE_NODES = """
            {"nodes":5,"perNode":{"leastVcpu":4},"risk":"MED","spread":{"leftPercentWithoutAnyRegion":40},
             "budget":{"per":"HOUR","most":{"amount":"0.25","currency":"USD"}}}""";

    @TestConfiguration(proxyBeanMethods = false)
    static class Markets {

        @Bean
        FakeMarket auctions() {
            return new FakeMarket("auctions")
                    .sells(
                            auctioned("east", "gp.vs1.medium-e", 2, 4, "0.005"),
                            auctioned("east", "gp.vs1.large-e", 4, 15, "0.010"),
                            auctioned("east", "gp.vs1.xlarge-e", 8, 30, "0.025"),
                            auctioned("west", "gp.vs1.large-w", 4, 15, "0.012"),
                            auctioned("west", "gp.vs1.xlarge-w", 8, 30, "0.022"),
                            auctioned("north", "gp.vs2.large-n", 4, 16, "0.040"));
        }
    }

    @Autowired
    TestTokens tokens;

    @Autowired
    Recommendations recommendations;

    @LocalServerPort
    int port;

    private WebTestClient client;

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/v1/offerings", tokens.viewerOf("acme"), 200)
                                .path("items")
                                .size()
                        == 6);
    }

    @Test
    void recommendsTheCheapestPlanAndProvesIt() {
        // When
        var made = post(FIVE_NODES, 201);
        // Then
        var optimum = made.path("optimum");
        assertThat(optimum.path("status").asString()).isEqualTo("OPTIMAL");
        assertThat(optimum.path("gap").path("amount").asString()).isEqualTo("0.000000");
        assertThat(optimum.path("plan").path("purchases").valueStream())
                .extracting(
                        purchase -> purchase.path("offeringId").asString(),
                        purchase -> purchase.path("nodes").asInt())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("auctions:east:-:gp.vs1.large-e:spot", 3),
                        org.assertj.core.groups.Tuple.tuple("auctions:west:-:gp.vs1.large-w:spot", 2));
        assertThat(optimum.path("plan").path("billed"))
                .hasToString("{\"amount\":\"0.054000\",\"currency\":\"USD\",\"per\":\"hour\"}");
        assertThat(made.path("scenarios")).hasSize(3);
        assertThat(made.path("assumptions").path("monthHours").asInt()).isEqualTo(730);
        assertThat(made.path("sources").path(0).path("source").asString()).isEqualTo("auctions");
        // And
        var certificate = get(made.path("links").path("certificate").asString(), tokens.viewerOf("acme"), 200);
        assertThat(WireCertificateCheck.leastCost(certificate))
                .isEqualTo(certificate.path("objective").bigIntegerValue());
    }

    @Test
    void keepsTheDecisionForItsTenantOnly() {
        // Given
        var made = post(FIVE_NODES, 201);
        var self = made.path("links").path("self").asString();
        // When
        var read = get(self, tokens.viewerOf("acme"), 200);
        // Then
        assertThat(read).isEqualTo(made);
        for (var path : List.of(self, self + "/candidates", self + "/certificate")) {
            assertThat(get(path, tokens.viewerOf("globex"), 404).path("code").asString())
                    .isEqualTo("NOT_FOUND");
        }
        get(PATH + "/" + UUID.randomUUID(), tokens.viewerOf("acme"), 404);
        get(PATH + "/nonsense", tokens.viewerOf("acme"), 404);
    }

    @Test
    void tellsOfEveryOfferingWhatBecameOfItPageByPage() {
        // Given
        var candidates = post(FIVE_NODES, 201).path("links").path("candidates").asString();
        // When
        var first = get(candidates + "?pageSize=4", tokens.viewerOf("acme"), 200);
        var token = first.path("nextPageToken").asString();
        var second = get(candidates + "?pageSize=4&pageToken=" + token, tokens.viewerOf("acme"), 200);
        // Then
        assertThat(first.path("items")).hasSize(4);
        assertThat(second.path("items")).hasSize(2);
        assertThat(second.path("nextPageToken").isNull()).isTrue();
        var small = get(candidates + "?reason=TOO_FEW_VCPUS", tokens.viewerOf("acme"), 200)
                .path("items");
        assertThat(small).hasSize(1);
        assertThat(small.path(0).path("number").asString()).isEqualTo("2");
        get(candidates + "?reason=TOO_FEW_VCPUS&pageToken=" + token, tokens.viewerOf("acme"), 400);
        get(candidates + "?reason=NICE", tokens.viewerOf("acme"), 400);
        get(candidates + "?pageSize=0", tokens.viewerOf("acme"), 400);
    }

    @Test
    void saysWhatMustGiveWhenThereIsNoPlan() {
        // When
        var made = post("""
                {"nodes":20,"budget":{"most":{"amount":"0.20","currency":"USD"}},"spread":{"mostPercentInRegion":50},
                 "perNode":{"leastVcpu":4},"strategies":["OPTIMUM"]}""", 201);
        // Then
        var optimum = made.path("optimum");
        assertThat(optimum.path("status").asString()).isEqualTo("INFEASIBLE");
        var budget = optimum.path("infeasible").path("loosened").path(0);
        assertThat(budget.path("limit").asString()).isEqualTo("BUDGET_MOST");
        assertThat(budget.path("needed").asString()).isEqualTo("0.220000");
        assertThat(budget.path("difference").asString()).isEqualTo("0.020000");
        assertThat(made.path("scenarios")).isEmpty();
        var certificate = get(made.path("links").path("certificate").asString(), tokens.viewerOf("acme"), 200);
        assertThat(WireCertificateCheck.leastCost(certificate)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/nodes",
                "{'nodes':1000000000000}|/nodes",
                "{'nodes':'five'}|/nodes",
                "{'nodes':1.5}|/nodes",
                "{'nodes':5,'node':6}|/node",
                "{'nodes':5,'risk':'NONE'}|/risk",
                "{'nodes':5,'gpu':{'models':['GTX-NEVER-1']}}|/gpu/models/0",
                "{'nodes':5,'budget':{'most':{'amount':'-1','currency':'USD'}}}|/budget/most",
                "{'nodes':5,'budget':{'most':{'amount':'1e12','currency':'USD'}}}|/budget/most",
                "{'nodes':5,'budget':{'most':{'amount':1,'currency':'USD'}}}|/budget/most/amount",
                "{'nodes':5,'restart':'soon'}|/restart",
            })
    void refusesWhatIsWrongByItsField(String body, String pointer) {
        var problem = post(body.replace('\'', '"'), 400);
        assertThat(problem.path("errors").path(0).path("pointer").asString())
                .as(problem.toString())
                .isEqualTo(pointer);
    }

    @Test
    void wantsAllowance() {
        client.post()
                .uri(PATH)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(FIVE_NODES)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.post()
                .uri(PATH)
                .headers(tokens.viewerOf("acme"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(FIVE_NODES)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void forgetsWhatNeedNotBeKept() {
        // Given
        var self = post(FIVE_NODES, 201).path("links").path("self").asString();
        // When
        recommendations.forget(Instant.now().plus(Duration.ofDays(89))).block();
        get(self, tokens.viewerOf("acme"), 200);
        recommendations.forget(Instant.now().plus(Duration.ofDays(91))).block();
        // Then
        get(self, tokens.viewerOf("acme"), 404);
    }

    private JsonNode post(String body, int status) {
        var answer = client.post()
                .uri(PATH)
                .headers(tokens.operatorOf("acme"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
        assertThat(answer.getStatus().value())
                .as(() -> new String(answer.getResponseBody(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(status);
        return JSON.readTree(answer.getResponseBody());
    }

    private JsonNode get(String uri, Consumer<HttpHeaders> token, int status) {
        var answer =
                client.get().uri(uri).headers(token).exchange().expectBody().returnResult();
        assertThat(answer.getStatus().value()).as(uri).isEqualTo(status);
        return JSON.readTree(answer.getResponseBody());
    }
}
