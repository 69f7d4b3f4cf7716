package io.spotplane.stack.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Chapter 4: the provider announces a reclaim; everybody is told, and the replacement is there before the deadline. */
final class TakenBack {

    private static final String NOTICED = "io.spotplane.provisioning.interruption-noticed.v1";

    private final Scene scene;

    TakenBack(Scene scene) {
        this.scene = scene;
    }

    void surviveAReclaim(Wish wish, WebhookReceiver webhook, EventStream stream) {
        scene.narrator().chapter("4  The provider takes it back");
        var before = stream.all();
        var victim = Scene.readyInstance(scene.request(wish.id()))
                .orElseThrow(() -> new JourneyFailed("no ready instance to take back"));
        var instanceId = victim.path("id").asString();
        scene.weather().clear();
        var announcedAt = Instant.now();
        scene.weather().command("reclaims", """
                {"provider":"%s","instanceId":"%s","notice":true,"leadSeconds":120}""".formatted(
                        victim.path("provider").asString(),
                        victim.path("providerInstanceId").asString()));
        scene.narrator()
                .warn(
                        "weather",
                        victim.path("provider").asString() + " announces: "
                                + victim.path("providerInstanceId").asString() + " goes in 120 s");

        var signed = Patience.until(
                "the signed webhook with the notice", Scene.SOON, () -> webhook.first(NOTICED, instanceId));
        var streamed =
                Patience.until("the notice on the SSE stream", Scene.SOON, () -> stream.first(NOTICED, instanceId));
        var deadline =
                Instant.parse(signed.event().path("data").path("deadline").asString());
        scene.narrator()
                .good(
                        "webhook",
                        "notice with a valid signature after %s, deadline in %d s"
                                .formatted(
                                        Scene.since(announcedAt, signed.at()),
                                        Duration.between(signed.at(), deadline).toSeconds()));
        scene.narrator()
                .good(
                        "sse",
                        "notice after %s, id %s".formatted(Scene.since(announcedAt, streamed.at()), streamed.id()));
        resume(before, streamed);

        var replacement = Patience.until(
                "the replacement to be READY",
                Duration.ofSeconds(110),
                () -> Scene.readyInstance(scene.request(wish.id()))
                        .filter(instance ->
                                instance.path("replaces").asString("").equals(instanceId)));
        var left = Duration.between(Instant.now(), deadline);
        if (left.isNegative()) {
            throw new JourneyFailed(
                    "the replacement was ready only " + left.negated().toSeconds() + " s after the deadline");
        }
        scene.narrator()
                .good(
                        "replaced",
                        "%s on %s READY %.1f s after the notice, %d s before the deadline"
                                .formatted(
                                        replacement.path("providerInstanceId").asString(),
                                        replacement.path("provider").asString(),
                                        Scene.seconds(Duration.between(announcedAt, Instant.now())),
                                        left.toSeconds()));
        scene.tellTimeline(wish.id());
    }

    /** Cuts the stream, as it were, before the notice, and resumes: the notice must come again under the same id. */
    private void resume(List<EventStream.Received> before, EventStream.Received notice) {
        var last = before.isEmpty() ? null : before.getLast().id();
        if (last == null) {
            throw new JourneyFailed("the SSE stream carried nothing before the notice, not even "
                    + "io.spotplane.provisioning.request-settled.v1");
        }
        try (var resumed = EventStream.listen(scene.api(), last)) {
            var again = Patience.until(
                    "the notice after resuming", Scene.SOON, () -> resumed.first(NOTICED, notice.subject()));
            if (!again.id().equals(notice.id())) {
                throw new JourneyFailed(
                        "resumed stream gave the notice id " + again.id() + ", first was " + notice.id());
            }
            scene.narrator()
                    .tell(
                            "sse",
                            "cut and resumed with Last-Event-ID " + last
                                    + ": the same notice under the same id, nothing lost");
        }
    }
}
