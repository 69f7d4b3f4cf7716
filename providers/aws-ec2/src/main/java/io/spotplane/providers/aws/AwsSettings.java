package io.spotplane.providers.aws;

import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One AWS account. The adapter is switched on by naming its regions.
 *
 * @param regions where to look and buy, such as {@code us-east-1}; at least one, each once
 * @param endpoint used instead of the public endpoint, for every region; null for the public ones
 * @param accessKeyId key pair's id; null to use the SDK's own chain (environment, profile, instance role)
 * @param secretAccessKey key pair's secret; given if and only if the id is
 * @param eventIntakeKey key that EventBridge sends as {@code x-api-key}; null switches the intake off
 * @param image machine image of orders that name none: an id, or {@code resolve:ssm:…} which is right in every region; for x86_64
 * @param callTimeout limit of one call
 * @param pageSize rows asked for in one page, 5 to 1000
 * @param parallelRegions regions looked at at the same time
 * @param typesFor how long a region's list of machine types is believed
 * @param visibilityWindow how long a new machine may be missing from lists: EC2 is eventually consistent
 */
@ConfigurationProperties("spotplane.providers.aws")
public record AwsSettings(
        @DefaultValue List<String> regions,
        @Nullable URI endpoint,
        @Nullable String accessKeyId,
        @Nullable Secret secretAccessKey,
        @Nullable Secret eventIntakeKey,

        @DefaultValue("resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")
        String image,

        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("1000") int pageSize,
        @DefaultValue("4") int parallelRegions,
        @DefaultValue("6h") Duration typesFor,
        @DefaultValue("60s") Duration visibilityWindow) {

    public AwsSettings {
        regions = List.copyOf(regions);
        require(!regions.isEmpty(), "regions", regions, "at least one");
        require(regions.stream().distinct().count() == regions.size(), "regions", regions, "each once");
        require(
                (accessKeyId == null) == (secretAccessKey == null),
                "access-key-id",
                "half a pair",
                "both keys or none");
        require(callTimeout.isPositive(), "call-timeout", callTimeout, "more than 0");
        require(pageSize >= 5 && pageSize <= 1000, "page-size", pageSize, "5 to 1000");
        require(parallelRegions >= 1, "parallel-regions", parallelRegions, "at least 1");
        require(!visibilityWindow.isNegative(), "visibility-window", visibilityWindow, "0 or more");
    }

    /** Takes this account's secrets out of messages. */
    Redaction redaction() {
        return Redaction.of(Stream.of(secretAccessKey, eventIntakeKey)
                .filter(secret -> secret != null)
                .toArray(Secret[]::new));
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "spotplane.providers.aws." + name + " is " + value + ", expected " + expected);
        }
    }
}
