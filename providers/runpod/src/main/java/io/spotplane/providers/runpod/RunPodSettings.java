package io.spotplane.providers.runpod;

import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One RunPod account. The adapter is switched on by its key.
 *
 * @param baseUrl where the API stands; GraphQL at {@code /graphql}, REST at {@code /v2} under it
 * @param apiKey key of the account
 * @param tiers whose machines to sell; community hosts belong to strangers, so that they must be asked for
 * @param gpuCounts GPUs of one pod that are offered
 * @param image container image of orders that name none
 * @param diskGb container disk of a pod, in GB
 * @param callTimeout limit of one call
 * @param visibilityWindow how long a new pod may be missing from lists
 */
@ConfigurationProperties("spotplane.providers.runpod")
public record RunPodSettings(
        @DefaultValue("https://api.runpod.io") URI baseUrl,
        Secret apiKey,
        @DefaultValue("SECURE") List<RunPodTier> tiers,
        @DefaultValue({"1", "2", "4", "8"}) List<Integer> gpuCounts,

        @DefaultValue("runpod/pytorch:1.0.2-cu1281-torch280-ubuntu2404")
        String image,

        @DefaultValue("40") int diskGb,
        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("60s") Duration visibilityWindow) {

    public RunPodSettings {
        tiers = List.copyOf(tiers);
        gpuCounts = List.copyOf(gpuCounts);
        require(!tiers.isEmpty(), "tiers", tiers, "at least one");
        require(gpuCounts.stream().allMatch(count -> count >= 1), "gpu-counts", gpuCounts, "each at least 1");
        require(!gpuCounts.isEmpty(), "gpu-counts", gpuCounts, "at least one");
        require(diskGb >= 1, "disk-gb", diskGb, "at least 1");
        require(callTimeout.isPositive(), "call-timeout", callTimeout, "more than 0");
        require(!visibilityWindow.isNegative(), "visibility-window", visibilityWindow, "0 or more");
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "spotplane.providers.runpod." + name + " is " + value + ", expected " + expected);
        }
    }
}
