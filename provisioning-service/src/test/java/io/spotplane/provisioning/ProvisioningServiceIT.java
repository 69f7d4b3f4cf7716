package io.spotplane.provisioning;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.event.CapacityRequestSubmitted.WantedGpu;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.MarketSwept;
import io.spotplane.contracts.event.OfferingRepriced;
import io.spotplane.contracts.event.Topics;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Infrastructure({POSTGRES, KAFKA})
@LocalIssuer
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spotplane.provisioning.owner=it",
            "spotplane.provisioning.visibility-window=500ms",
            "spotplane.provisioning.call-timeout=2s",
            "spotplane.provisioning.reconcile.busy-listing=200ms",
            "spotplane.provisioning.reconcile.idle-listing=500ms"
        })
class ProvisioningServiceIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    @Autowired
    HonestProvider provider;

    @Autowired
    TestTokens tokens;

    @Autowired
    KafkaServer kafka;

    @Autowired
    EventCodec codec;

    @LocalServerPort
    int port;

    private final JsonMapper json = JsonMapper.builder().build();
    private WebTestClient client = WebTestClient.bindToServer().build();

    @TestConfiguration(proxyBeanMethods = false)
    static class Providers {

        @Bean
        HonestProvider honestProvider() {
            return new HonestProvider();
        }
    }

    @BeforeEach
    void offer() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
        provider.soldOut.clear();
    }

    @Test
    void buysTheCheapestThatCanBeHadShowsWhyAndProvesItsEnd() {
        // Given
        sell(offering("cheap", "T4", "0.30"), offering("dear", "T4", "0.40"));
        provider.soldOut.add("cheap");
        // When
        var id = submit("acme", "key-journey", body("T4", "journey", 1));
        var ready = awaitPhase("acme", id, "READY");
        // Then
        assertThat(ready.at("/status/instancesReady").asInt()).isEqualTo(1);
        assertThat(ready.at("/status/instances")
                        .valueStream()
                        .map(instance -> instance.get("phase").asString()))
                .containsExactlyInAnyOrder("READY", "FAILED");
        assertThat(timeline("acme", id))
                .containsSubsequence("ACCEPTED", "CONSIDERED", "INTENDED", "REFUSED", "INTENDED", "LAUNCHED", "READY");

        delete("acme", id);
        var gone = awaitPhase("acme", id, "TERMINATED");
        assertThat(gone.at("/status/costSoFar/amount").asString()).isNotEqualTo("0");
        assertThat(provider.machines.values()).noneMatch(order -> order.tags().containsValue(id));
        assertThat(eventsOf(Topics.REQUESTS, id))
                .containsSubsequence(
                        EventType.REQUEST_ACCEPTED,
                        EventType.REQUEST_PLACED,
                        EventType.REQUEST_SETTLED,
                        EventType.REQUEST_DELETED,
                        EventType.REQUEST_TERMINATED);
    }

    @Test
    void replacesAMachineThatIsTakenBackOnceAndElsewhere() {
        // Given
        sell(offering("pool-a", "L4", "0.50"), offering("pool-b", "L4", "0.60"));
        var id = submit("acme", "key-notice", body("L4", "noticed", 1));
        var first = awaitPhase("acme", id, "READY").at("/status/instances/0");
        // When
        notice(first.get("providerInstanceId").asString());
        notice(first.get("providerInstanceId").asString());
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(instance("acme", first.get("id").asString())
                                .get("phase")
                                .asString())
                        .isEqualTo("TERMINATED"));
        var after = awaitPhase("acme", id, "READY");
        assertThat(after.at("/status/instances").size()).isEqualTo(2);
        var replaced = instance("acme", first.get("id").asString());
        var successor = instance("acme", replaced.get("replacedBy").asString());
        assertThat(successor.get("offeringId").asString()).isEqualTo("pool-b");
        assertThat(successor.get("replaces").asString())
                .isEqualTo(first.get("id").asString());
        assertThat(eventsOf(Topics.INTERRUPTIONS, first.get("id").asString()))
                .containsExactly(EventType.INTERRUPTION_NOTICED);
    }

    @Test
    void aNoticeWithTheWrongKeyIsRefused() {
        client.post()
                .uri("/v1/provider-events/honest")
                .header("x-api-key", "wrong")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("\"m\"")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.post()
                .uri("/v1/provider-events/nobody")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("\"m\"")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void theSameKeyAHundredTimesInParallelIsOneRequest() {
        // When
        var ids = Flux.range(0, 100)
                .flatMap(
                        _ -> Mono.fromCallable(this::submitWithTheSameKey).subscribeOn(Schedulers.boundedElastic()), 32)
                .collectList()
                .block(SOON);
        // Then
        assertThat(ids).hasSize(100);
        assertThat(list("crowd").get("items").size()).isEqualTo(1);
        assertThat(new HashSet<>(ids)).hasSize(1);
    }

    private String submitWithTheSameKey() {
        return submit("crowd", "same", body("H200", "crowd", 1));
    }

    @Test
    void aRequestThatNothingFitsSaysWhyAndWaits() {
        // Given
        sell(offering("dear-a40", "A40", "3.00"));
        // When
        var id = submit("acme", "key-waits", body("A40", "waits", 1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("acme", "/v1/gpu-requests/" + id)
                                .at("/status/reason")
                                .asString(""))
                        .isEqualTo("PRICE_TOO_LOW"));
        var waiting = awaitPhase("acme", id, "PLACING");
        // Then
        assertThat(waiting.at("/status/message").asString()).contains("above the price cap", "3.00");
        // When
        sell(offering("cheap-a40", "A40", "0.80"));
        // Then
        awaitPhase("acme", id, "READY");
        delete("acme", id);
        awaitPhase("acme", id, "TERMINATED");
    }

    @Test
    void aPriceThatIsTooOldIsBoughtOnOnlyAfterItsMarketConfirmsIt() {
        // Given
        var old = Instant.now().minus(Duration.ofHours(2));
        sell(at(old, offering("old-a100", "A100-80GB", "0.95")));
        var id = submit("acme", "key-stale", body("A100-80GB", "stale", 1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("acme", "/v1/gpu-requests/" + id)
                                .at("/status/reason")
                                .asString(""))
                        .isEqualTo("PRICE_STALE"));
        // When
        send(event(
                EventType.MARKET_SWEPT,
                MarketSwept.subjectOf(HonestProvider.NAME),
                Event.PLATFORM,
                new MarketSwept(HonestProvider.NAME, Instant.now(), 1)));
        // Then
        awaitPhase("acme", id, "READY");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        client.post()
                .uri("/v1/gpu-requests")
                .headers(tokens.operatorOf("acme"))
                .header("Idempotency-Key", "key-wrong")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"name":"Bad Name","gpu":{"model":"L4","count":-1},"instances":0,"providers":["nobody"],
                         "node":{"vcpu":1,"memoryMiB":1}}""")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.errors[*].pointer")
                .value(pointers -> assertThat((List<?>) pointers)
                        .asList()
                        .contains("/name", "/gpu/count", "/instances", "/providers/0", "/node"));
    }

    @Test
    void aKeyIsRequiredAndANameIsTakenOnce() {
        sell(offering("v100", "V100-16GB", "0.90"));
        client.post()
                .uri("/v1/gpu-requests")
                .headers(tokens.operatorOf("names"))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body("V100-16GB", "one-name", 1))
                .exchange()
                .expectStatus()
                .isBadRequest();
        submit("names", "key-1", body("V100-16GB", "one-name", 1));
        client.post()
                .uri("/v1/gpu-requests")
                .headers(tokens.operatorOf("names"))
                .header("Idempotency-Key", "key-2")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body("V100-16GB", "one-name", 1))
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NAME_TAKEN");
    }

    @Test
    void anotherTenantsRequestDoesNotExist() {
        var id = submit("mine", "key-mine", body("B200", "mine", 1));
        for (var path :
                List.of("/v1/gpu-requests/" + id, "/v1/gpu-requests/" + id + "/timeline", "/v1/node-requests/" + id)) {
            client.get()
                    .uri(path)
                    .headers(tokens.operatorOf("yours"))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        client.delete()
                .uri("/v1/gpu-requests/" + id)
                .headers(tokens.operatorOf("yours"))
                .exchange()
                .expectStatus()
                .isNotFound();
        client.delete()
                .uri("/v1/gpu-requests/" + id)
                .headers(tokens.viewerOf("mine"))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void aRequestOnTheTopicIsTheSameAsOneOverHttp() {
        // Given
        sell(offering("a10g", "A10G", "0.70"));
        var id = UUID.randomUUID().toString();
        // When
        send(submitted(id, "topic-tenant", new WantedGpu("A10G", 1, null)));
        send(submitted(id, "topic-tenant", new WantedGpu("A10G", 1, null)));
        // Then
        awaitPhase("topic-tenant", id, "READY");
    }

    @Test
    void anInvalidRequestOnTheTopicGoesToTheDeadLettersWithTheReason() {
        var id = UUID.randomUUID().toString();
        send(submitted(id, "topic-tenant", new WantedGpu("A10G", -3, null)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(recordsOf(Topics.GPU_REQUESTS + ".dlt"))
                        .anySatisfy(record -> assertThat(record).contains("/gpu/count")));
    }

    @Test
    void listsArePagedAndForeignTokensRefused() {
        IntStream.range(0, 3).forEach(n -> submit("pages", "key-" + n, body("GH200", "page-" + n, 1)));
        var first = get("pages", "/v1/gpu-requests?pageSize=2");
        assertThat(first.get("items").size()).isEqualTo(2);
        var second = get(
                "pages",
                "/v1/gpu-requests?pageSize=2&pageToken="
                        + first.get("nextPageToken").asString());
        assertThat(second.get("items").size()).isEqualTo(1);
        assertThat(second.get("nextPageToken").isNull()).isTrue();
        client.get()
                .uri("/v1/gpu-requests?phase=READY&pageToken="
                        + first.get("nextPageToken").asString())
                .headers(tokens.operatorOf("pages"))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void theDescriptionOfTheApiNamesEveryPath() {
        var api = new String(Objects.requireNonNull(client.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody()));
        assertThat(api)
                .contains(
                        "/v1/gpu-requests/{id}/timeline",
                        "/v1/node-requests",
                        "/v1/instances/{id}",
                        "/v1/provider-events/{provider}");
    }

    // --- steps

    private String submit(String tenant, String key, String body) {
        var answer = client.post()
                .uri("/v1/gpu-requests")
                .headers(tokens.operatorOf(tenant))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return json.readTree(answer).get("id").asString();
    }

    private void delete(String tenant, String id) {
        client.delete()
                .uri("/v1/gpu-requests/" + id)
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    private void notice(String machine) {
        client.post()
                .uri("/v1/provider-events/honest")
                .header("x-api-key", HonestProvider.KEY)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("\"" + machine + "\"")
                .exchange()
                .expectStatus()
                .isAccepted();
    }

    private JsonNode awaitPhase(String tenant, String id, String phase) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get(tenant, "/v1/gpu-requests/" + id)
                                .at("/status/phase")
                                .asString())
                        .isEqualTo(phase));
        return get(tenant, "/v1/gpu-requests/" + id);
    }

    private JsonNode get(String tenant, String path) {
        return json.readTree(client.get()
                .uri(path)
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
    }

    private JsonNode list(String tenant) {
        return get(tenant, "/v1/gpu-requests");
    }

    private JsonNode instance(String tenant, String id) {
        return get(tenant, "/v1/instances/" + id);
    }

    private List<String> timeline(String tenant, String id) {
        return get(tenant, "/v1/gpu-requests/" + id + "/timeline")
                .get("items")
                .valueStream()
                .map(entry -> entry.get("kind").asString())
                .toList();
    }

    // --- kafka

    private void sell(Offering... offerings) {
        for (var offering : offerings) {
            send(event(
                    EventType.OFFERING_REPRICED, offering.id(), Event.PLATFORM, new OfferingRepriced(offering, null)));
        }
    }

    private void send(Event<?> event) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(codec.write(event));
        }
    }

    private static Event<CapacityRequestSubmitted> submitted(String id, String tenant, WantedGpu gpu) {
        var body = new CapacityRequestSubmitted(null, gpu, null, 1, null, null, null, null, null, null);
        return new Event<>(
                "order-" + id,
                EventType.GPU_REQUEST_SUBMITTED,
                "/outside",
                id,
                tenant,
                0,
                Instant.now(),
                null,
                null,
                body);
    }

    private static <T> Event<T> event(EventType type, String subject, String tenant, T data) {
        return new Event<>(
                UUID.randomUUID().toString(), type, "/test", subject, tenant, 1, Instant.now(), null, null, data);
    }

    private List<EventType> eventsOf(String topic, String subject) {
        var seen = new ArrayList<EventType>();
        await().atMost(SOON).until(() -> {
            seen.clear();
            try (var consumer = consumer()) {
                read(consumer, topic, record -> {
                    if (record.key().equals(subject)) {
                        codec.read(record).ifPresent(event -> seen.add(event.type()));
                    }
                });
            }
            return !seen.isEmpty();
        });
        return seen;
    }

    private List<String> recordsOf(String topic) {
        var seen = new ArrayList<String>();
        try (var consumer = consumer()) {
            read(consumer, topic, record -> {
                var text = new StringBuilder();
                record.headers()
                        .forEach(header ->
                                text.append(new String(header.value())).append('\n'));
                seen.add(text.toString());
            });
        }
        return seen;
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void read(
            KafkaConsumer<String, byte[]> consumer, String topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(200)).forEach(each);
        }
    }

    private static String body(String model, String name, int instances) {
        return """
                {"name":"%s","gpu":{"model":"%s","count":1},"instances":%d,"capacityType":"SPOT",
                 "maxPricePerHour":{"amount":"1.00","currency":"USD"}}""".formatted(name, model, instances);
    }

    private static Offering at(Instant received, Offering fresh) {
        return new Offering(
                fresh.id(),
                fresh.provider(),
                fresh.region(),
                fresh.zone(),
                fresh.instanceType(),
                fresh.vcpu(),
                fresh.memoryMiB(),
                fresh.gpu(),
                fresh.capacityType(),
                fresh.price(),
                fresh.billedPrice(),
                fresh.availability(),
                fresh.source(),
                received,
                received);
    }

    private static Offering offering(String id, String model, String price) {
        var cost = HourlyPrice.usd(price);
        return new Offering(
                id,
                HonestProvider.NAME,
                "eu",
                null,
                "box-" + model,
                8,
                32_768,
                new Gpu(model, 1, 24),
                CapacityType.SPOT,
                cost,
                cost,
                Availability.HIGH,
                "test",
                Instant.now(),
                Instant.now());
    }
}
