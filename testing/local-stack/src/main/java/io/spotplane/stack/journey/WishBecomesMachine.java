package io.spotplane.stack.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Chapter 3: a request is placed on the cheapest offer, refused there, launched elsewhere, seen, ready; and once more through Kafka. */
final class WishBecomesMachine {

    /** How placement says that it left an offer alone. */
    private static final String RESTING = "resting after a refusal";

    private static final String SUBMITTED = "io.spotplane.provisioning.gpu-request-submitted.v1";

    private final List<String> requests = new ArrayList<>();
    private final Scene scene;

    WishBecomesMachine(Scene scene) {
        this.scene = scene;
    }

    void subscribe(WebhookReceiver webhook) {
        scene.narrator().chapter("3  A wish becomes a machine");
        var subscription = scene.api()
                .post("/v1/subscriptions", null, """
                        {"name":"journey-%s","channel":"WEBHOOK","url":"%s","eventTypes":["io.spotplane.provisioning.*"]}""".formatted(Scene.shortId(), webhook.uri()))
                .expect(201)
                .body();
        webhook.secret(subscription.path("secret").asString());
        scene.narrator().tell("subscriber", "webhook " + webhook.uri() + " and an SSE stream listen");
    }

    Wish fromWishToReady(Market market) {
        var soldOut = market.cheapest().path("provider").asString();
        scene.weather().command("rules", """
                {"provider":"%s","operation":"*","match":{"gpu":"%s"},"behaviour":"SELL_OUT"}""".formatted(soldOut, market.model()));
        scene.narrator()
                .warn(
                        "weather",
                        soldOut + ", the cheapest, has just sold its last " + market.model()
                                + ", without telling its price list");
        var wish = submit(market);
        var placed = scene.awaitReady(wish.id());
        scene.tellTimeline(wish.id());
        if (scene.timeline(wish.id())
                .noneMatch(entry -> entry.path("kind").asString().equals("REFUSED"))) {
            explainWhyNobodyRefused(wish, soldOut);
        }
        if (placed.path("provider").asString().equals(soldOut)) {
            throw new JourneyFailed("the instance runs on " + soldOut + ", which was sold out");
        }
        scene.narrator()
                .good(
                        "ready",
                        "%s on %s %s (%s) at %s $/h, %.1f s after the wish"
                                .formatted(
                                        placed.path("providerInstanceId").asString(),
                                        placed.path("provider").asString(),
                                        placed.path("zone")
                                                .asString(placed.path("region").asString()),
                                        placed.path("instanceType").asString(),
                                        placed.path("price").path("amount").asString(),
                                        Scene.seconds(Duration.between(wish.at(), Instant.now()))));
        sameWishThroughKafka(market);
        return wish;
    }

    /** After a journey that was played a moment ago the offer still rests from that refusal and is not asked again. */
    private void explainWhyNobodyRefused(Wish wish, String soldOut) {
        if (scene.timeline(wish.id())
                .noneMatch(entry -> entry.path("detail").asString("").contains(RESTING))) {
            throw new JourneyFailed("the timeline shows no refusal although " + soldOut + " was sold out");
        }
        scene.narrator()
                .tell("no refusal", soldOut + " was not asked: its offer refused a journey ago and still rests");
    }

    private Wish submit(Market market) {
        var key = "journey-" + Scene.shortId();
        var body = wishFor(market, "train-" + Scene.shortId());
        var at = Instant.now();
        var accepted = scene.api().post("/v1/gpu-requests", key, body).expect(202);
        var id = accepted.body().path("id").asString();
        requests.add(id);
        scene.narrator()
                .tell(
                        "request",
                        "202 Accepted, "
                                + accepted.response()
                                        .headers()
                                        .firstValue("Location")
                                        .orElse("no Location"));
        var repeated = scene.api().post("/v1/gpu-requests", key, body).expect(202);
        if (!repeated.body().path("id").asString().equals(id)) {
            throw new JourneyFailed("the same Idempotency-Key made a second request "
                    + repeated.body().path("id"));
        }
        scene.narrator()
                .tell("request", "sent again with the same Idempotency-Key: the same request, nothing bought twice");
        return new Wish(id, at);
    }

    private void sameWishThroughKafka(Market market) {
        var id = UUID.randomUUID().toString();
        requests.add(id);
        scene.kafka()
                .submit(
                        "spotplane.gpu-requests",
                        SUBMITTED,
                        UUID.randomUUID().toString(),
                        id,
                        Scene.TENANT,
                        wishFor(market, "topic-" + Scene.shortId()));
        var ready = scene.awaitReady(id);
        scene.narrator()
                .good(
                        "kafka",
                        "the same wish through spotplane.gpu-requests is READY too: %s on %s"
                                .formatted(
                                        ready.path("providerInstanceId").asString(),
                                        ready.path("provider").asString()));
    }

    private static String wishFor(Market market, String name) {
        return """
                {"name":"%s","gpu":{"model":"%s","count":1},"instances":1,"capacityType":"SPOT",
                 "maxPricePerHour":{"amount":"9.00","currency":"USD"},"budget":{"amount":"25.00","currency":"USD"}}""".formatted(name, market.model());
    }

    /** The ids of everything that was asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }
}
