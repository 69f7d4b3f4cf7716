package io.spotplane.stack.journey;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The main job from outside, in five chapters: what is there, what it costs, a request to READY with one refusal on the way, a
 * reclaim survived, everything given back. Each chapter fails with {@link JourneyFailed} when something that it promises did
 * not happen.
 */
public final class Journey {

    private static final String NOTICED = "io.spotplane.provisioning.interruption-noticed.v1";
    private static final String SETTLED = "io.spotplane.provisioning.request-settled.v1";
    private static final String SUBMITTED = "io.spotplane.provisioning.gpu-request-submitted.v1";
    private static final String TENANT = "demo";
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Models that more than one of the clouds rents singly; the journey takes one where the clouds compete. */
    private static final List<String> CANDIDATES = List.of("L40S", "L4", "A100-80GB", "T4", "A10G", "V100-16GB");

    private final JourneyAddresses addresses;
    private final Narrator narrator;
    private final SpotplaneApi api;
    private final Weather weather;
    private final KafkaWitness kafka;
    private final List<String> requests = new ArrayList<>();

    /** A journey through the stack at {@code addresses}, told to {@code narrator}. */
    public Journey(JourneyAddresses addresses, Narrator narrator) {
        this.addresses = addresses;
        this.narrator = narrator;
        this.api = SpotplaneApi.signIn(addresses, TENANT, "operator");
        this.weather = new Weather(addresses.simulator());
        this.kafka = new KafkaWitness(addresses.kafka());
    }

    /** Plays all chapters; returns how long it took. */
    public Duration play() {
        try (var webhook = WebhookReceiver.start()) {
            whatIsThere();
            var market = whatItCosts();
            subscribe(webhook);
            try (var stream = EventStream.listen(api, null)) {
                var request = fromWishToReady(market);
                surviveAReclaim(request, webhook, stream);
            }
            giveEverythingBack();
        } finally {
            weather.clear();
        }
        narrator.chapter(
                "Done in %.1f s. Everything that was promised happened.".formatted(seconds(narrator.elapsed())));
        return narrator.elapsed();
    }

    // ---------------------------------------------------------------- 1

    private void whatIsThere() {
        narrator.chapter("1  What is there: every host, from OpenStack and NetBox at the same time");
        var agents = Patience.until(
                "every agent's first sweep",
                SOON,
                () -> Optional.of(api.get("/v1/agents").expect(200).body())
                        .filter(answer -> items(answer).count() > 0
                                && items(answer)
                                        .allMatch(agent ->
                                                agent.path("lastSuccessAt").isString())));
        items(agents)
                .forEach(agent -> narrator.tell(
                        "agent",
                        "%-14s %-10s %5d items in %s"
                                .formatted(
                                        agent.path("name").asString(),
                                        agent.path("source").asString(),
                                        agent.path("items").asInt(),
                                        millis(agent.path("durationMs").asLong()))));
        var sweep = agents.path("sweep");
        narrator.good(
                "sweep",
                "%d hosts in %s instead of %s one call after another: %.1f times faster, %.0f hosts/s"
                        .formatted(
                                sweep.path("hosts").asInt(),
                                millis(sweep.path("durationMs").asLong()),
                                millis(sweep.path("serialMs").asLong()),
                                sweep.path("speedUp").asDouble(),
                                sweep.path("hostsPerSecond").asDouble()));
        items(api.get("/v1/gpu-types").expect(200).body()).forEach(this::tellPools);
        var hosts = Patience.until(
                "the hosts on Kafka",
                SOON,
                () -> Optional.of(kafka.keys("spotplane.hosts"))
                        .filter(keys -> keys.size() >= sweep.path("hosts").asInt()));
        narrator.good(
                "kafka",
                "%d hosts and %d aggregates announced on spotplane.hosts and spotplane.aggregates"
                        .formatted(
                                hosts.size(), kafka.keys("spotplane.aggregates").size()));
    }

    private void tellPools(JsonNode type) {
        var pools = new ArrayList<String>();
        type.path("pools")
                .propertyStream()
                .forEach(pool -> pools.add("%s %d/%d"
                        .formatted(
                                pool.getKey(),
                                pool.getValue().path("gpusUsed").asInt(),
                                pool.getValue().path("gpusTotal").asInt())));
        narrator.detail("%-10s %3d hosts, %4d of %4d GPUs in use   %s"
                .formatted(
                        type.path("gpuType").asString(),
                        type.path("hosts").asInt(),
                        type.path("gpusUsed").asInt(),
                        type.path("gpusTotal").asInt(),
                        String.join(" · ", pools)));
    }

    // ---------------------------------------------------------------- 2

    private Market whatItCosts() {
        narrator.chapter("2  What it costs: spot prices of every market, with age and source");
        var markets = Patience.until(
                "every market's first sweep",
                SOON,
                () -> Optional.of(api.get("/v1/markets").expect(200).body())
                        .filter(answer -> items(answer).count() > 1
                                && items(answer)
                                        .allMatch(market ->
                                                market.path("offerings").asInt() > 0)));
        items(markets)
                .forEach(market -> narrator.tell(
                        "market",
                        "%-8s %6d offerings"
                                .formatted(
                                        market.path("provider").asString(),
                                        market.path("offerings").asInt())));
        var market = CANDIDATES.stream()
                .map(this::market)
                .flatMap(Optional::stream)
                .min(Comparator.comparing(
                        found -> found.cheapest().path("provider").asString().equals("aws")))
                .orElseThrow(() ->
                        new JourneyFailed("no GPU model is for sale as spot on two clouds; looked for " + CANDIDATES));
        narrator.good(
                "wanted", "1 × " + market.model() + ", spot, for sale on " + String.join(" and ", market.providers()));
        market.offers().stream().limit(6).forEach(this::tellOffer);
        return market;
    }

    private Optional<Market> market(String model) {
        var offers = items(api.get("/v1/offerings?gpu=" + model + "&gpuCount=1&capacityType=SPOT&pageSize=50")
                        .expect(200)
                        .body())
                .filter(offer -> !offer.path("availability").asString().equals("NONE"))
                .toList();
        var found = new Market(model, offers);
        return found.providers().size() > 1 ? Optional.of(found) : Optional.empty();
    }

    private void tellOffer(JsonNode offer) {
        narrator.detail("%-8s %-10s %-12s %-26s %8s $/h   %3d s old, %s"
                .formatted(
                        offer.path("provider").asString(),
                        offer.path("region").asString(),
                        offer.path("zone").asString(""),
                        offer.path("instanceType").asString(),
                        offer.path("billedPrice").path("amount").asString(),
                        offer.path("ageSeconds").asLong(),
                        offer.path("source").asString()));
    }

    /** What is for sale of one GPU model, cheapest first. */
    private record Market(String model, List<JsonNode> offers) {

        List<String> providers() {
            return offers.stream()
                    .map(offer -> offer.path("provider").asString())
                    .distinct()
                    .toList();
        }

        JsonNode cheapest() {
            return offers.getFirst();
        }
    }

    // ---------------------------------------------------------------- 3

    private void subscribe(WebhookReceiver webhook) {
        narrator.chapter("3  A wish becomes a machine");
        var subscription = api.post("/v1/subscriptions", null, """
                        {"name":"journey-%s","channel":"WEBHOOK","url":"%s","eventTypes":["io.spotplane.provisioning.*"]}""".formatted(shortId(), webhook.uri()))
                .expect(201)
                .body();
        webhook.secret(subscription.path("secret").asString());
        narrator.tell("subscriber", "webhook " + webhook.uri() + " and an SSE stream listen");
    }

    private Wish fromWishToReady(Market market) {
        var soldOut = market.cheapest().path("provider").asString();
        weather.command("rules", """
                {"provider":"%s","operation":"*","match":{"gpu":"%s"},"behaviour":"SELL_OUT"}""".formatted(soldOut, market.model()));
        narrator.warn(
                "weather",
                soldOut + ", the cheapest, has just sold its last " + market.model()
                        + ", without telling its price list");
        var wish = submit(market);
        var placed = awaitReady(wish.id());
        tellTimeline(wish.id());
        var refusals = timeline(wish.id())
                .filter(entry -> entry.path("kind").asString().equals("REFUSED"))
                .toList();
        if (refusals.isEmpty()) {
            throw new JourneyFailed("the timeline shows no refusal although " + soldOut + " was sold out");
        }
        if (placed.path("provider").asString().equals(soldOut)) {
            throw new JourneyFailed("the instance runs on " + soldOut + ", which was sold out");
        }
        narrator.good(
                "ready",
                "%s on %s %s (%s) at %s $/h, %.1f s after the wish"
                        .formatted(
                                placed.path("providerInstanceId").asString(),
                                placed.path("provider").asString(),
                                placed.path("zone")
                                        .asString(placed.path("region").asString()),
                                placed.path("instanceType").asString(),
                                placed.path("price").path("amount").asString(),
                                seconds(Duration.between(wish.at(), Instant.now()))));
        sameWishThroughKafka(market);
        return wish;
    }

    private Wish submit(Market market) {
        var key = "journey-" + shortId();
        var body = wishFor(market, "train-" + shortId());
        var at = Instant.now();
        var accepted = api.post("/v1/gpu-requests", key, body).expect(202);
        var id = accepted.body().path("id").asString();
        requests.add(id);
        narrator.tell(
                "request",
                "202 Accepted, "
                        + accepted.response().headers().firstValue("Location").orElse("no Location"));
        var repeated = api.post("/v1/gpu-requests", key, body).expect(202);
        if (!repeated.body().path("id").asString().equals(id)) {
            throw new JourneyFailed("the same Idempotency-Key made a second request "
                    + repeated.body().path("id"));
        }
        narrator.tell("request", "sent again with the same Idempotency-Key: the same request, nothing bought twice");
        return new Wish(id, at);
    }

    private void sameWishThroughKafka(Market market) {
        var id = UUID.randomUUID().toString();
        requests.add(id);
        kafka.submit(
                "spotplane.gpu-requests",
                SUBMITTED,
                UUID.randomUUID().toString(),
                id,
                TENANT,
                wishFor(market, "topic-" + shortId()));
        var ready = awaitReady(id);
        narrator.good(
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

    private JsonNode awaitReady(String id) {
        return Patience.until(
                "request " + id + " to be READY",
                SOON,
                () -> Optional.of(request(id))
                        .filter(request ->
                                request.path("status").path("phase").asString().equals("READY"))
                        .flatMap(Journey::readyInstance));
    }

    private static Optional<JsonNode> readyInstance(JsonNode request) {
        return StreamSupport.stream(request.path("status").path("instances").spliterator(), false)
                .filter(instance -> instance.path("phase").asString().equals("READY"))
                .findFirst();
    }

    /** A submitted request and when it was sent. */
    private record Wish(String id, Instant at) {}

    // ---------------------------------------------------------------- 4

    private void surviveAReclaim(Wish wish, WebhookReceiver webhook, EventStream stream) {
        narrator.chapter("4  The provider takes it back");
        var before = stream.all();
        var victim = readyInstance(request(wish.id()))
                .orElseThrow(() -> new JourneyFailed("no ready instance to take back"));
        var instanceId = victim.path("id").asString();
        weather.clear();
        var announcedAt = Instant.now();
        weather.command("reclaims", """
                {"provider":"%s","instanceId":"%s","notice":true,"leadSeconds":120}""".formatted(
                        victim.path("provider").asString(),
                        victim.path("providerInstanceId").asString()));
        narrator.warn(
                "weather",
                victim.path("provider").asString() + " announces: "
                        + victim.path("providerInstanceId").asString() + " goes in 120 s");

        var signed =
                Patience.until("the signed webhook with the notice", SOON, () -> webhook.first(NOTICED, instanceId));
        var streamed = Patience.until("the notice on the SSE stream", SOON, () -> stream.first(NOTICED, instanceId));
        var deadline =
                Instant.parse(signed.event().path("data").path("deadline").asString());
        narrator.good(
                "webhook",
                "notice with a valid signature after %s, deadline in %d s"
                        .formatted(
                                since(announcedAt, signed.at()),
                                Duration.between(signed.at(), deadline).toSeconds()));
        narrator.good("sse", "notice after %s, id %s".formatted(since(announcedAt, streamed.at()), streamed.id()));
        resume(before, streamed);

        var replacement = Patience.until(
                "the replacement to be READY",
                Duration.ofSeconds(110),
                () -> readyInstance(request(wish.id()))
                        .filter(instance ->
                                instance.path("replaces").asString("").equals(instanceId)));
        var left = Duration.between(Instant.now(), deadline);
        if (left.isNegative()) {
            throw new JourneyFailed(
                    "the replacement was ready only " + left.negated().toSeconds() + " s after the deadline");
        }
        narrator.good(
                "replaced",
                "%s on %s READY %.1f s after the notice, %d s before the deadline"
                        .formatted(
                                replacement.path("providerInstanceId").asString(),
                                replacement.path("provider").asString(),
                                seconds(Duration.between(announcedAt, Instant.now())),
                                left.toSeconds()));
        tellTimeline(wish.id());
    }

    /** Cuts the stream, as it were, before the notice, and resumes: the notice must come again under the same id. */
    private void resume(List<EventStream.Received> before, EventStream.Received notice) {
        var last = before.isEmpty() ? null : before.getLast().id();
        if (last == null) {
            throw new JourneyFailed("the SSE stream carried nothing before the notice, not even " + SETTLED);
        }
        try (var resumed = EventStream.listen(api, last)) {
            var again =
                    Patience.until("the notice after resuming", SOON, () -> resumed.first(NOTICED, notice.subject()));
            if (!again.id().equals(notice.id())) {
                throw new JourneyFailed(
                        "resumed stream gave the notice id " + again.id() + ", first was " + notice.id());
            }
            narrator.tell(
                    "sse",
                    "cut and resumed with Last-Event-ID " + last + ": the same notice under the same id, nothing lost");
        }
    }

    // ---------------------------------------------------------------- 5

    private void giveEverythingBack() {
        narrator.chapter("5  Everything is given back");
        var last = Patience.until(
                "every request to have its final cost",
                SOON,
                () -> Optional.of(requests.stream().map(this::request).toList()));
        requests.forEach(id -> api.delete("/v1/gpu-requests/" + id).expect(202));
        last.forEach(request -> narrator.tell(
                "delete",
                request.path("name").asString("") + " " + request.path("id").asString()));
        requests.forEach(id -> Patience.until(
                "request " + id + " to be TERMINATED with proof",
                SOON,
                () -> Optional.of(request(id))
                        .filter(request ->
                                request.path("status").path("phase").asString().equals("TERMINATED"))));
        var alive = weather.ledger().stream()
                .filter(machine -> machine.path("alive").asBoolean())
                .toList();
        if (!alive.isEmpty()) {
            throw new JourneyFailed(alive.size() + " machines are still alive at the providers: " + alive);
        }
        narrator.good(
                "proof",
                "the providers' own books: %d machines were made, 0 are left"
                        .formatted(weather.ledger().size()));
        var cost = requests.stream()
                .map(id -> new BigDecimal(request(id)
                        .path("status")
                        .path("costSoFar")
                        .path("amount")
                        .asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        narrator.good("cost", cost.setScale(6, RoundingMode.HALF_UP) + " $ in all");
    }

    // ---------------------------------------------------------------- looking

    private JsonNode request(String id) {
        return api.get("/v1/gpu-requests/" + id).expect(200).body();
    }

    private Stream<JsonNode> timeline(String id) {
        return items(api.get("/v1/gpu-requests/" + id + "/timeline").expect(200).body());
    }

    private void tellTimeline(String id) {
        var entries = timeline(id).toList();
        if (entries.isEmpty()) {
            throw new JourneyFailed("request " + id + " has an empty timeline");
        }
        var start = Instant.parse(entries.getFirst().path("at").asString());
        entries.forEach(entry -> narrator.detail("+%5.1f s  %s  %s"
                .formatted(
                        seconds(Duration.between(
                                start, Instant.parse(entry.path("at").asString()))),
                        entry.path("title").asString(),
                        entry.path("detail").asString(""))));
    }

    private static Stream<JsonNode> items(JsonNode answer) {
        return StreamSupport.stream(answer.path("items").spliterator(), false);
    }

    private static String shortId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String since(Instant start, Instant end) {
        return millis(Duration.between(start, end).toMillis());
    }

    private static String millis(long millis) {
        return millis < 1000 ? millis + " ms" : "%.2f s".formatted(millis / 1000.0);
    }
}
