package io.spotplane.simulator.ec2;

import io.spotplane.simulator.wire.Fields;
import io.spotplane.simulator.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pushes events as an EventBridge API destination with an API-key connection does: at least once, best effort, a few tries. */
public final class EventBridge implements AutoCloseable {

    private static final int TRIES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private volatile @Nullable Target target;

    /** Where events go, and the key in header {@code x-api-key}. */
    public record Target(URI url, String key) {
        @Override
        public String toString() {
            return "Target[" + url + "]";
        }
    }

    /** Sends to {@code target} from now on; nowhere when null. */
    public void target(@Nullable Target target) {
        this.target = target;
    }

    /** The warning that a spot instance goes, sent {@code copies} times under one id. */
    void warn(Ec2Instance instance, Instant now, int copies) {
        var event = Json.write(Fields.with("version", "0")
                .and("id", UUID.randomUUID().toString())
                .and("detail-type", "EC2 Spot Instance Interruption Warning")
                .and("source", "aws.ec2")
                .and("account", "123456789012")
                .and("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .and("region", instance.order.region())
                .and("resources", List.of("arn:aws:ec2:" + instance.zone + ":instance/" + instance.id))
                .and("detail", Fields.with("instance-id", instance.id).and("instance-action", "terminate")));
        var to = target;
        for (int copy = 0; to != null && copy < copies; copy++) {
            Thread.ofVirtual().name("event-bridge").start(() -> push(to, event));
        }
    }

    private void push(Target to, String event) {
        var request = HttpRequest.newBuilder(to.url())
                .timeout(LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("x-api-key", to.key())
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        for (int attempt = 0; attempt < TRIES && !accepted(request); attempt++) {
            pause(Duration.ofSeconds(1L << attempt));
        }
    }

    private boolean accepted(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
