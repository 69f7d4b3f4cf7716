package io.spotplane.notification;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.event.RequestChanged;
import io.spotplane.contracts.event.Topics;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.kafka.EventCodec;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.web.testing.LocalIssuer;
import io.spotplane.web.testing.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real PostgreSQL and Kafka, with a receiver that behaves as told. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spotplane.notification.allow-internal-addresses=true"})
@Infrastructure({POSTGRES, KAFKA})
@LocalIssuer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NOTICED = EventType.INTERRUPTION_NOTICED.wireName();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private EventCodec codec;

    @Autowired
    private TestTokens tokens;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private WebTestClient client;
    private KafkaProducer<String, byte[]> producer;
    private Receiver receiver;
    private String tenant;

    @BeforeAll
    void connect(KafkaServer kafka) {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(PATIENCE)
                .build();
        kafka.create(
                new NewTopic(Topics.REQUESTS, 3, (short) 1),
                new NewTopic(Topics.INSTANCES, 3, (short) 1),
                new NewTopic(Topics.INTERRUPTIONS, 3, (short) 1));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @BeforeEach
    void aTenantOfItsOwn() throws IOException {
        tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);
        receiver = new Receiver();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void aNoticeArrivesSignedUnderTheEventsOwnId() {
        // Given
        var secret = subscribe("[\"io.spotplane.provisioning.interruption-*\"]", null)
                .path("secret")
                .asString();
        var notice = notice("request-1");
        // When
        publish(notice);
        // Then
        await().atMost(PATIENCE).until(() -> receiver.received.size() == 1);
        var call = receiver.received.getFirst();
        assertThat(receiver.verifies(call, secret)).isTrue();
        assertThat(call.id()).isEqualTo(notice.id());
        var envelope = JSON.readTree(call.body());
        assertThat(envelope.path("type").asString()).isEqualTo(NOTICED);
        assertThat(envelope.path("data").path("requestId").asString()).isEqualTo("request-1");
        assertThat(call.headers().firstValue("traceparent")).isPresent();
    }

    @Test
    void onlyTheWantedTypesRequestsAndTenantsAreTold() {
        // Given
        subscribe("[\"" + NOTICED + "\"]", "01960000-0000-7000-8000-000000000001");
        // When
        publish(accepted("01960000-0000-7000-8000-000000000001"));
        publish(notice("01960000-0000-7000-8000-000000000002"));
        publish(with(notice("01960000-0000-7000-8000-000000000001"), "somebody-else"));
        var wanted = notice("01960000-0000-7000-8000-000000000001");
        publish(wanted);
        // Then
        await().atMost(PATIENCE).until(() -> !receiver.received.isEmpty());
        assertThat(receiver.received).extracting(Receiver.Received::id).containsExactly(wanted.id());
    }

    @Test
    void aFailedNoticeIsRepeatedInTheFastLaneUnderTheSameId() {
        // Given
        var id = subscribe("[]", null).path("id").asString();
        receiver.answer(500, 503);
        var notice = notice("request-1");
        // When
        publish(notice);
        // Then
        await().atMost(PATIENCE).until(() -> receiver.received.size() == 3);
        assertThat(receiver.received).extracting(Receiver.Received::id).containsOnly(notice.id());
        await().atMost(PATIENCE)
                .until(() -> deliveries(id).path(0).path("state").asString().equals("DELIVERED"));
        assertThat(deliveries(id).path(0).path("history").findValuesAsString("outcome"))
                .containsExactly("refused", "refused", "accepted");
    }

    @Test
    void goneDisablesTheSubscription() {
        // Given
        var id = subscribe("[]", null).path("id").asString();
        receiver.answer(410);
        // When
        publish(accepted("request-1"));
        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        get("/v1/subscriptions/" + id).path("state").asString().equals("DISABLED"));
        publish(accepted("request-2"));
        assertThat(receiver.received).hasSize(1);
    }

    @Test
    void theSameEventTwiceIsDeliveredOnce() {
        // Given
        subscribe("[]", null);
        var event = accepted("request-1");
        // When
        publish(event);
        publish(event);
        var last = accepted("request-2");
        publish(last);
        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        receiver.received.stream().anyMatch(call -> call.id().equals(last.id())));
        assertThat(receiver.received)
                .filteredOn(call -> call.id().equals(event.id()))
                .hasSize(1);
    }

    @Test
    void whoDiedBetweenPostAndMarkIsFollowedByTheSameId() {
        // Given a delivery that somebody leased, sent and never marked
        subscribe("[]", null);
        receiver.answer(500);
        var event = accepted("request-1");
        publish(event);
        await().atMost(PATIENCE).until(() -> receiver.received.size() == 1);
        // When its lease has run out
        database.sql(
                        "update delivery set lock_owner = 'dead', lock_token = gen_random_uuid(), lock_expires_at = clock_timestamp() - interval '1 s', next_attempt_at = clock_timestamp() where tenant = :tenant")
                .bind("tenant", tenant)
                .fetch()
                .rowsUpdated()
                .block(PATIENCE);
        // Then
        await().atMost(PATIENCE).until(() -> receiver.received.size() == 2);
        assertThat(receiver.received).extracting(Receiver.Received::id).containsOnly(event.id());
    }

    @Test
    void aTestEventAndAReplayReachTheReceiver() {
        // Given
        var id = subscribe("[\"" + NOTICED + "\"]", null).path("id").asString();
        // When
        client.post()
                .uri("/v1/subscriptions/" + id + ":test")
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isAccepted();
        await().atMost(PATIENCE).until(() -> receiver.received.size() == 1);
        await().atMost(PATIENCE)
                .until(() -> deliveries(id).path(0).path("state").asString().equals("DELIVERED"));
        var delivery = deliveries(id).path(0).path("id").asString();
        client.post()
                .uri("/v1/deliveries/" + delivery + ":replay")
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isAccepted();
        // Then
        await().atMost(PATIENCE).until(() -> receiver.received.size() == 2);
        assertThat(receiver.received.get(1).id())
                .isEqualTo(receiver.received.getFirst().id());
    }

    @Test
    void theStreamResumesWhereItWasCut() {
        // Given
        publish(accepted("request-1"));
        publish(accepted("request-2"));
        var both = listen(new Cursor0().text()).take(2).collectList().block(PATIENCE);
        // When
        publish(accepted("request-3"));
        var resumed = listen(String.valueOf(both.getFirst().id()))
                .take(2)
                .collectList()
                .block(PATIENCE);
        // Then
        assertThat(resumed)
                .extracting(event -> JSON.readTree(String.valueOf(event.data()))
                        .path("subject")
                        .asString())
                .containsExactly("request-2", "request-3");
        assertThat(resumed.getFirst().id()).isEqualTo(both.get(1).id());
    }

    @Test
    void anotherTenantSeesNeitherSubscriptionsNorEvents() {
        // Given
        var id = subscribe("[]", null).path("id").asString();
        // Then
        for (var path : List.of("/v1/subscriptions/" + id, "/v1/subscriptions/" + id + "/deliveries")) {
            client.get()
                    .uri(path)
                    .headers(tokens.operatorOf("stranger"))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        client.delete()
                .uri("/v1/subscriptions/" + id)
                .headers(tokens.operatorOf("stranger"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void everythingThatIsWrongWithASubscriptionIsNamedAtOnce() {
        // When
        var problem = body(client.post()
                .uri("/v1/subscriptions")
                .headers(tokens.operatorOf(tenant))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"channel\":\"PIGEON\",\"eventTypes\":[\"io.nothing\"],\"requestId\":\"x\"}")
                .exchange()
                .expectStatus()
                .isBadRequest());
        // Then
        assertThat(problem.path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/channel", "/url", "/requestId", "/eventTypes/0");
    }

    /** The place before everything, as a client that never listened has it. */
    private record Cursor0() {
        String text() {
            return "AQAAAAAAAAAA";
        }
    }

    private Flux<ServerSentEvent<String>> listen(String lastEventId) {
        return client.get()
                .uri("/v1/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(tokens.operatorOf(tenant))
                .header("Last-Event-ID", lastEventId)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.data() != null);
    }

    private JsonNode subscribe(String types, @Nullable String requestId) {
        var request = requestId == null ? "null" : "\"" + requestId + "\"";
        return body(client.post()
                .uri("/v1/subscriptions")
                .headers(tokens.operatorOf(tenant))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"t\",\"channel\":\"WEBHOOK\",\"url\":\"%s\",\"eventTypes\":%s,\"requestId\":%s}"
                        .formatted(receiver.url(), types, request))
                .exchange()
                .expectStatus()
                .isCreated());
    }

    private JsonNode get(String path) {
        return body(client.get()
                .uri(path)
                .headers(tokens.operatorOf(tenant))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private JsonNode deliveries(String subscription) {
        return get("/v1/subscriptions/" + subscription + "/deliveries").path("items");
    }

    private static JsonNode body(WebTestClient.ResponseSpec response) {
        return JSON.readTree(response.expectBody(String.class).returnResult().getResponseBody());
    }

    private void publish(Event<?> event) {
        try {
            producer.send(codec.write(event)).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Event<?> notice(String requestId) {
        var now = Instant.now();
        var instance = UUID.randomUUID().toString();
        var data = new Interruption(
                instance,
                requestId,
                "aws",
                "i-1",
                Interruption.Certainty.ANNOUNCED,
                "event",
                now,
                now,
                now.plusSeconds(120),
                null,
                "none");
        return new Event<>(
                UUID.randomUUID().toString(),
                EventType.INTERRUPTION_NOTICED,
                "/test",
                instance,
                tenant,
                1,
                now,
                now.plusSeconds(120),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                data);
    }

    private Event<?> accepted(String requestId) {
        var now = Instant.now();
        var data = new RequestChanged(
                requestId, null, RequestKind.GPU, RequestPhase.PENDING, null, "accepted", 1, 0, Money.zero("USD"), now);
        return new Event<>(
                UUID.randomUUID().toString(),
                EventType.REQUEST_ACCEPTED,
                "/test",
                requestId,
                tenant,
                1,
                now,
                null,
                null,
                data);
    }

    private static Event<?> with(Event<?> event, String tenant) {
        return new Event<>(
                event.id(),
                event.type(),
                event.source(),
                event.subject(),
                tenant,
                event.sequence(),
                event.time(),
                event.expires(),
                event.traceparent(),
                event.data());
    }
}
