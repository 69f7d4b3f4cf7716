package io.spotplane.notification;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.spotplane.contracts.event.DeliveryAbandoned;
import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.InstanceTransitioned;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.event.PriceAlertRaised;
import io.spotplane.contracts.event.Topics;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = NotificationService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spotplane.notification.allow-internal-addresses=true")
@Infrastructure({POSTGRES, KAFKA})
@LocalIssuer
@Import(NotificationServiceIT.Abandoned.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    TestTokens tokens;

    @Autowired
    EventCodec codec;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    DatabaseClient database;

    @Autowired
    Abandoned abandoned;

    @LocalServerPort
    int port;

    private final Receiver receiver = new Receiver();
    private WebTestClient client;

    @BeforeAll
    void topicsAreThere(KafkaServer server) {
        server.create(
                new NewTopic(Topics.REQUESTS, 3, (short) 1),
                new NewTopic(Topics.INSTANCES, 3, (short) 1),
                new NewTopic(Topics.INTERRUPTIONS, 3, (short) 1),
                new NewTopic(Topics.PRICE_ALERTS, 3, (short) 1));
    }

    @BeforeEach
    void connect() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .build();
    }

    @AfterAll
    void disconnect() {
        receiver.close();
    }

    @Test
    void anEventArrivesSignedAndIsRepeatedUnderTheSameIdUntilItIsAccepted() {
        // Given
        var tenant = newTenant();
        var made = subscribe(tenant, "/fails-once", call -> call == 1 ? 500 : 204, "io.spotplane.provisioning.*");
        var event = ready(tenant, UUID.randomUUID());
        // When
        publish(event);
        // Then
        await().atMost(PATIENCE).until(() -> receiver.callsOf("/fails-once").size() == 2);
        assertThat(receiver.callsOf("/fails-once")).allSatisfy(call -> {
            assertThatCode(() -> new Webhook(made.get("secret").asString()).verify(call.body(), call.headers()))
                    .doesNotThrowAnyException();
            assertThat(call.header("webhook-id")).isEqualTo(event.id());
            assertThat(call.header("traceparent")).contains(TRACE);
            assertThat(call.header("content-type")).startsWith("application/cloudevents+json");
            assertThat(JSON.readTree(call.body()).at("/data/phase").asString()).isEqualTo("READY");
            assertThat(JSON.readTree(call.body()).get("type").asString())
                    .isEqualTo(EventType.INSTANCE_TRANSITIONED.wireName());
        });
        await().untilAsserted(() -> client.get()
                .uri("/v1/subscriptions/{id}/deliveries", id(made))
                .headers(tokens.viewerOf(tenant))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].state")
                .isEqualTo("DELIVERED")
                .jsonPath("$.items[0].history[0].status")
                .isEqualTo(500)
                .jsonPath("$.items[0].history[1].outcome")
                .isEqualTo("accepted"));
    }

    @Test
    void aPriceAlertArrivesSignedAndOnTheStreamOfItsTenantAlone() {
        // Given
        var tenant = newTenant();
        var made = subscribe(tenant, "/alert", call -> 204, "io.spotplane.pricing.*");
        subscribe(newTenant(), "/alert-of-others", call -> 204, "io.spotplane.pricing.*");
        var seen = new CopyOnWriteArrayList<ServerSentEvent<String>>();
        var reading = events(tenant, null).subscribe(seen::add);
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        var event = raised(tenant);
        // When
        publish(event);
        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        !receiver.callsOf("/alert").isEmpty() && !withData(seen).isEmpty());
        reading.dispose();
        var call = receiver.callsOf("/alert").getFirst();
        assertThatCode(() -> new Webhook(made.get("secret").asString()).verify(call.body(), call.headers()))
                .doesNotThrowAnyException();
        assertThat(call.header("webhook-id")).isEqualTo(event.id());
        assertThat(JSON.readTree(call.body()).get("type").asString())
                .isEqualTo(EventType.PRICE_ALERT_RAISED.wireName());
        assertThat(JSON.readTree(call.body()).at("/data/price/amount").asString())
                .isEqualTo("0.2410");
        assertThat(withData(seen).getFirst().event()).isEqualTo(EventType.PRICE_ALERT_RAISED.wireName());
        assertThat(receiver.callsOf("/alert-of-others")).isEmpty();
    }

    private static Event<PriceAlertRaised> raised(String tenant) {
        var alert = UUID.randomUUID().toString();
        return new Event<>(
                UUID.randomUUID().toString(),
                EventType.PRICE_ALERT_RAISED,
                "/spotplane/pricing-service",
                alert,
                tenant,
                1,
                Instant.now(),
                null,
                null,
                new PriceAlertRaised(
                        alert,
                        "cheap L4",
                        PriceAlertRaised.Kind.THRESHOLD,
                        1,
                        PriceAlertRaised.Reason.BELOW,
                        "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot",
                        HourlyPrice.usd("0.2410"),
                        HourlyPrice.usd("0.2410"),
                        HourlyPrice.usd("0.25"),
                        PriceAlertRaised.Basis.GPU,
                        null,
                        null,
                        Instant.now()));
    }

    @Test
    void aNoticeArrivesAtOnceAndIsRepeatedFast() {
        // Given
        var tenant = newTenant();
        subscribe(tenant, "/notice", call -> call == 1 ? 503 : 204, EventType.INTERRUPTION_NOTICED.wireName());
        // When
        var published = Instant.now();
        publish(notice(tenant, Instant.now().plusSeconds(120)));
        // Then
        await().atMost(PATIENCE).until(() -> receiver.callsOf("/notice").size() == 2);
        var calls = receiver.callsOf("/notice");
        var delay = Duration.between(published, calls.getFirst().at());
        var pause = Duration.between(calls.getFirst().at(), calls.getLast().at());
        System.out.printf("notice to webhook: %d ms, first retry after %d ms%n", delay.toMillis(), pause.toMillis());
        assertThat(pause).isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(calls).noneMatch(call -> call.header("spotplane-late").equals("true"));
    }

    @Test
    void aNoticeWhoseDeadlineHasPassedSaysThatItIsLate() {
        // Given
        var tenant = newTenant();
        subscribe(tenant, "/late", call -> 204, "io.spotplane.provisioning.*");
        // When
        publish(notice(tenant, Instant.now().minusSeconds(1)));
        // Then
        await().atMost(PATIENCE).until(() -> !receiver.callsOf("/late").isEmpty());
        assertThat(receiver.callsOf("/late").getFirst().header("spotplane-late"))
                .isEqualTo("true");
    }

    @Test
    void onlyWhatWasAskedForArrives() {
        // Given
        var tenant = newTenant();
        var request = UUID.randomUUID();
        subscribe(tenant, "/only-notices", call -> 204, EventType.INTERRUPTION_NOTICED.wireName());
        subscribe(tenant, "/only-request", call -> 204, "io.spotplane.provisioning.*", request);
        subscribe(newTenant(), "/other-tenant", call -> 204, "io.spotplane.provisioning.*");
        // When
        publish(ready(tenant, request));
        publish(ready(tenant, UUID.randomUUID()));
        publish(notice(tenant, Instant.now().plusSeconds(60)));
        // Then
        await().atMost(PATIENCE)
                .until(() -> receiver.callsOf("/only-notices").size() == 1
                        && receiver.callsOf("/only-request").size() == 1);
        await().during(Duration.ofSeconds(2))
                .until(() -> receiver.callsOf("/other-tenant").isEmpty());
        assertThat(receiver.callsOf("/only-request")).hasSize(1);
        assertThat(receiver.callsOf("/only-notices")).hasSize(1);
    }

    @Test
    void anEventThatIsHeardTwiceIsDeliveredOnce() {
        // Given
        var tenant = newTenant();
        subscribe(tenant, "/repeated", call -> 204, "io.spotplane.provisioning.*");
        var event = ready(tenant, UUID.randomUUID());
        // When
        publish(event);
        publish(event);
        // Then
        await().atMost(PATIENCE).until(() -> receiver.callsOf("/repeated").size() == 1);
        await().during(Duration.ofSeconds(2))
                .until(() -> receiver.callsOf("/repeated").size() == 1);
    }

    @Test
    void anAttemptWhoseProcessDiedBeforeItWasWrittenDownIsRepeatedUnderTheSameId() {
        // Given: while the first call is being answered its lease passes to somebody else, as after a kill
        var tenant = newTenant();
        var subscription = new String[1];
        var url = receiver.answering("/killed", call -> {
            if (call == 1) {
                loseLease(UUID.fromString(subscription[0]));
            }
            return 204;
        });
        subscription[0] = id(subscribe(tenant, url, "io.spotplane.provisioning.*", null));
        // When
        publish(ready(tenant, UUID.randomUUID()));
        // Then
        await().atMost(PATIENCE).until(() -> receiver.callsOf("/killed").size() == 2);
        assertThat(receiver.callsOf("/killed"))
                .extracting(call -> call.header("webhook-id"))
                .hasSize(2)
                .satisfies(ids -> assertThat(ids.getFirst()).isEqualTo(ids.getLast()));
    }

    @Test
    void aReceiverThatNeverAnswersDelaysNobodyElse() {
        // Given
        var tenant = newTenant();
        subscribe(tenant, "/silent", call -> Receiver.SILENCE, "io.spotplane.provisioning.*");
        subscribe(tenant, "/quick", call -> 204, "io.spotplane.provisioning.*");
        var start = Instant.now();
        // When
        IntStream.range(0, 20).forEach(n -> publish(ready(tenant, UUID.randomUUID())));
        // Then
        await().atMost(PATIENCE).until(() -> receiver.callsOf("/quick").size() == 20);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(14));
        assertThat(receiver.callsOf("/silent")).as("at a time").hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void aReceiverThatIsGoneIsNotAskedAgainAndWhatItMissedIsSaid() {
        // Given
        var tenant = newTenant();
        var made = subscribe(tenant, "/gone", call -> 410, "io.spotplane.provisioning.*");
        var event = ready(tenant, UUID.randomUUID());
        // When
        publish(event);
        // Then
        await().atMost(PATIENCE).until(() -> abandoned.eventIds.contains(event.id()));
        client.get()
                .uri("/v1/subscriptions/{id}", id(made))
                .headers(tokens.viewerOf(tenant))
                .exchange()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("DISABLED")
                .jsonPath("$.secret")
                .doesNotExist();
        assertThat(receiver.callsOf("/gone")).hasSize(1);
    }

    @Test
    void aTestEventArrivesAndADeliveryCanBeReplayed() {
        // Given
        var tenant = newTenant();
        var made = subscribe(tenant, "/tested", call -> 204, "io.spotplane.provisioning.*");
        // When
        var delivery = body(client.post()
                .uri("/v1/subscriptions/{id}:test", id(made))
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isAccepted());
        await().atMost(PATIENCE).until(() -> state(tenant, id(made)).equals("DELIVERED"));
        client.post()
                .uri("/v1/deliveries/{id}:replay", delivery.get("deliveryId").asString())
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isAccepted();
        // Then
        await().atMost(PATIENCE).until(() -> receiver.callsOf("/tested").size() == 2);
        var calls = receiver.callsOf("/tested");
        assertThat(calls.getFirst().header("webhook-id"))
                .isEqualTo(calls.getLast().header("webhook-id"));
        assertThat(calls.getFirst().body()).contains("subscription-tested.v1");
    }

    @Test
    void anotherTenantSeesNothingOfASubscription() {
        // Given
        var tenant = newTenant();
        var stranger = newTenant();
        var made = subscribe(tenant, "/private", call -> 204, "io.spotplane.provisioning.*");
        // Then
        for (var path : List.of("/v1/subscriptions/{id}", "/v1/subscriptions/{id}/deliveries")) {
            client.get()
                    .uri(path, id(made))
                    .headers(tokens.operatorOf(stranger))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        client.delete()
                .uri("/v1/subscriptions/{id}", id(made))
                .headers(tokens.operatorOf(stranger))
                .exchange()
                .expectStatus()
                .isNotFound();
        client.get()
                .uri("/v1/subscriptions")
                .headers(tokens.operatorOf(stranger))
                .exchange()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
    }

    @Test
    void subscribingTwiceWithOneKeyMakesOneSubscription() {
        // Given
        var tenant = newTenant();
        var url = receiver.answering("/once", call -> 204);
        var request = request(url, "io.spotplane.provisioning.*", null);
        // When
        var first = body(post(tenant, request, "key-1"));
        var second = body(post(tenant, request, "key-1"));
        // Then
        assertThat(id(second)).isEqualTo(id(first));
        client.delete()
                .uri("/v1/subscriptions/{id}", id(first))
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isNoContent();
        client.get()
                .uri("/v1/subscriptions")
                .headers(tokens.viewerOf(tenant))
                .exchange()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
    }

    @Test
    void saysEverythingThatIsWrongWithASubscription() {
        client.post()
                .uri("/v1/subscriptions")
                .headers(tokens.operatorOf(newTenant()))
                .bodyValue(Map.of("channel", "PIGEON", "eventTypes", List.of("io.spotplane.provisioning.tpyo")))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.errors[?(@.pointer=='/channel')]")
                .exists()
                .jsonPath("$.errors[?(@.pointer=='/url')]")
                .exists()
                .jsonPath("$.errors[?(@.pointer=='/eventTypes/0')]")
                .exists();
    }

    @Test
    void aViewerMayNotSubscribe() {
        client.post()
                .uri("/v1/subscriptions")
                .headers(tokens.viewerOf(newTenant()))
                .bodyValue(request("http://127.0.0.1:1/", "io.spotplane.provisioning.*", null))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void theStreamShowsEventsAsTheyHappenAndResumesWhereItStopped() {
        // Given
        var tenant = newTenant();
        var request = UUID.randomUUID();
        var seen = new CopyOnWriteArrayList<ServerSentEvent<String>>();
        var other = new CopyOnWriteArrayList<ServerSentEvent<String>>();
        var reading = events(tenant, null).subscribe(seen::add);
        var stranger = events(newTenant(), null).subscribe(other::add);
        await().atMost(PATIENCE).until(() -> !seen.isEmpty() && !other.isEmpty());
        // When
        IntStream.range(0, 5).forEach(n -> publish(ready(tenant, request)));
        // Then
        await().atMost(PATIENCE).until(() -> withData(seen).size() == 5);
        reading.dispose();
        var second = withData(seen).get(1).id();
        var resumed = events(tenant, second)
                .filter(event -> event.data() != null)
                .take(3)
                .collectList()
                .block(PATIENCE);
        assertThat(resumed)
                .extracting(ServerSentEvent::data)
                .containsExactlyElementsOf(withData(seen).stream()
                        .skip(2)
                        .map(ServerSentEvent::data)
                        .toList());
        assertThat(resumed)
                .allSatisfy(event -> assertThat(event.event()).isEqualTo(EventType.INSTANCE_TRANSITIONED.wireName()));
        assertThat(withData(other)).isEmpty();
        stranger.dispose();
    }

    @Test
    void theStreamSaysWhenAReaderHasMissedSomething() {
        // Given
        var tenant = newTenant();
        var seen = new CopyOnWriteArrayList<ServerSentEvent<String>>();
        var reading = events(tenant, null).subscribe(seen::add);
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        IntStream.range(0, 3).forEach(n -> publish(ready(tenant, UUID.randomUUID())));
        await().atMost(PATIENCE).until(() -> withData(seen).size() == 3);
        reading.dispose();
        // When: the first two are forgotten, and the reader has seen only the first
        database.sql("delete from event_log where tenant = :tenant and position <= 2")
                .bind("tenant", tenant)
                .then()
                .block(PATIENCE);
        database.sql("update stream_head set forgotten = 2 where tenant = :tenant")
                .bind("tenant", tenant)
                .then()
                .block(PATIENCE);
        var resumed = events(tenant, withData(seen).getFirst().id())
                .filter(event -> event.data() != null)
                .take(2)
                .collectList()
                .block(PATIENCE);
        // Then
        assertThat(resumed)
                .extracting(ServerSentEvent::event)
                .containsExactly("gap", EventType.INSTANCE_TRANSITIONED.wireName());
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        client.get()
                .uri("/v1/events")
                .headers(tokens.viewerOf(newTenant()))
                .header("Last-Event-ID", "yesterday")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    private Flux<ServerSentEvent<String>> events(String tenant, @Nullable String lastEventId) {
        var stream = WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/v1/events")
                .headers(tokens.viewerOf(tenant));
        if (lastEventId != null) {
            stream.header("Last-Event-ID", lastEventId);
        }
        return stream.retrieve().bodyToFlux(new ParameterizedTypeReference<>() {});
    }

    private static List<ServerSentEvent<String>> withData(List<ServerSentEvent<String>> events) {
        return events.stream().filter(event -> event.data() != null).toList();
    }

    private JsonNode subscribe(String tenant, String path, IntUnaryOperator answer, String type) {
        return subscribe(tenant, path, answer, type, null);
    }

    private JsonNode subscribe(
            String tenant, String path, IntUnaryOperator answer, String type, @Nullable UUID request) {
        return subscribe(tenant, receiver.answering(path, answer), type, request);
    }

    private JsonNode subscribe(String tenant, String url, String type, @Nullable UUID request) {
        return body(post(tenant, request(url, type, request), null));
    }

    private WebTestClient.ResponseSpec post(String tenant, Map<String, Object> body, @Nullable String key) {
        return client.post()
                .uri("/v1/subscriptions")
                .headers(tokens.operatorOf(tenant))
                .headers(headers -> addKey(headers, key))
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private static void addKey(HttpHeaders headers, @Nullable String key) {
        if (key != null) {
            headers.set("Idempotency-Key", key);
        }
    }

    private static Map<String, Object> request(String url, String type, @Nullable UUID request) {
        var body = new HashMap<String, Object>(
                Map.of("name", "test", "channel", "WEBHOOK", "url", url, "eventTypes", List.of(type)));
        if (request != null) {
            body.put("requestId", request.toString());
        }
        return body;
    }

    private static JsonNode body(WebTestClient.ResponseSpec response) {
        return JSON.readTree(response.expectBody().returnResult().getResponseBody());
    }

    private static String id(JsonNode resource) {
        return resource.get("id").asString();
    }

    private String state(String tenant, String subscription) {
        return body(client.get()
                        .uri("/v1/subscriptions/{id}/deliveries", subscription)
                        .headers(tokens.viewerOf(tenant))
                        .exchange())
                .at("/items/0/state")
                .asString();
    }

    private void loseLease(UUID subscription) {
        database.sql("""
                        update delivery set lock_token = null, lock_expires_at = '-infinity'
                        where subscription_id = :subscription""").bind("subscription", subscription).then().block(PATIENCE);
    }

    private void publish(Event<?> event) {
        kafka.send(codec.write(event)).join();
    }

    private static String newTenant() {
        return "t-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static Event<InstanceTransitioned> ready(String tenant, UUID request) {
        var instance = UUID.randomUUID().toString();
        var data = new InstanceTransitioned(
                instance,
                request.toString(),
                InstancePhase.BOOTING,
                InstancePhase.READY,
                null,
                "proved ready",
                "aws",
                "i-0abc",
                "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot",
                "us-east-1",
                "us-east-1a",
                "g6.xlarge",
                CapacityType.SPOT,
                HourlyPrice.usd("0.24"),
                null,
                null,
                Instant.now());
        return event(EventType.INSTANCE_TRANSITIONED, instance, tenant, null, data);
    }

    private static Event<Interruption> notice(String tenant, Instant deadline) {
        var instance = UUID.randomUUID().toString();
        var data = new Interruption(
                instance,
                UUID.randomUUID().toString(),
                "aws",
                "i-0abc",
                Interruption.Certainty.ANNOUNCED,
                "event",
                Instant.now(),
                Instant.now(),
                deadline,
                null,
                "BUDGET");
        return event(EventType.INTERRUPTION_NOTICED, instance, tenant, deadline, data);
    }

    private static <T> Event<T> event(
            EventType type, String subject, String tenant, @Nullable Instant expires, T data) {
        return new Event<>(
                UUID.randomUUID().toString(),
                type,
                "/spotplane/provisioning-service",
                subject,
                tenant,
                1,
                Instant.now(),
                expires,
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                data);
    }

    /** Hears what was given up. */
    static class Abandoned {

        private final EventCodec codec;
        final List<String> eventIds = new CopyOnWriteArrayList<>();

        Abandoned(EventCodec codec) {
            this.codec = codec;
        }

        @KafkaListener(topics = Topics.DELIVERIES, groupId = "notification-service-it")
        void on(ConsumerRecord<String, byte[]> record) {
            codec.read(record, DeliveryAbandoned.class)
                    .ifPresent(event -> eventIds.add(event.data().eventId()));
        }
    }
}
