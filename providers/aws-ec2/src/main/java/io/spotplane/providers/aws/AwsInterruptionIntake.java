package io.spotplane.providers.aws;

import io.spotplane.providers.spi.InterruptionIntake;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.support.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the events that an EventBridge rule sends to an API destination with an API-key connection. Delivery is at least once and unordered; the event's id
 * names repeats. Other events of EC2 (rebalance, state changes) are read and say nothing here.
 */
final class AwsInterruptionIntake implements InterruptionIntake {

    private static final String WARNING = "EC2 Spot Instance Interruption Warning";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Secret key;

    AwsInterruptionIntake(Secret key) {
        this.key = key;
    }

    @Override
    public String provider() {
        return Aws.PROVIDER;
    }

    @Override
    public String keyHeader() {
        return "x-api-key";
    }

    @Override
    public boolean accepts(String presented) {
        return key.matches(presented);
    }

    @Override
    public List<InterruptionSignal> read(byte[] body) {
        var event = parse(body);
        require(event.detailType(), "detail-type");
        return WARNING.equals(event.detailType()) ? List.of(signal(event)) : List.of();
    }

    private static Event parse(byte[] body) {
        try {
            var event = JSON.readValue(body, Event.class);
            if (event == null) {
                throw new IllegalArgumentException("expected an EventBridge event, found null");
            }
            return event;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected an EventBridge event: a JSON object with detail-type", e);
        }
    }

    private static InterruptionSignal signal(Event event) {
        var detail = require(event.detail(), "detail");
        var noticedAt = require(event.time(), "time");
        return new InterruptionSignal(
                require(event.id(), "id"),
                Aws.PROVIDER,
                new ProviderInstanceId(
                        require(event.region(), "region"), require(detail.instanceId(), "detail.instance-id")),
                noticedAt,
                noticedAt.plus(lead(detail)),
                "event");
    }

    /** Hibernation begins with the notice. */
    private static Duration lead(Detail detail) {
        return "hibernate".equals(detail.instanceAction()) ? Duration.ZERO : Aws.NOTICE;
    }

    private static <T> T require(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("expected an EventBridge event with " + field);
        }
        return value;
    }

    /** The envelope (EventBridge user guide, "Event structure"). */
    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    private record Event(
            @Nullable String id,
            @Nullable String detailType,
            @Nullable Instant time,
            @Nullable String region,
            @Nullable Detail detail) {}

    /** What a warning carries. */
    @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
    private record Detail(
            @Nullable String instanceId, @Nullable String instanceAction) {}
}
