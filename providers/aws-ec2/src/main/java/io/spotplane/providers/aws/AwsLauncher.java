package io.spotplane.providers.aws;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.providers.support.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Buys one machine by {@code RunInstances}. The launch token is EC2's client token: the same order again answers with the same machine. A spot bid is only a
 * limit; what is paid is the market's price.
 */
final class AwsLauncher implements InstanceLauncher {

    private final AwsRegions regions;
    private final AwsSettings settings;

    AwsLauncher(AwsRegions regions, AwsSettings settings) {
        this.regions = regions;
        this.settings = settings;
    }

    @Override
    public String provider() {
        return Aws.PROVIDER;
    }

    @Override
    public Mono<LaunchOutcome> launch(LaunchOrder order) {
        return regions.named(order.offering().region())
                .map(region -> launch(region, order))
                .orElseGet(
                        () -> Mono.just(unknownRegion(order.offering().region()).ofLaunch(order.token())));
    }

    @Override
    public Mono<TerminateOutcome> terminate(ProviderInstanceId instance) {
        return regions.named(instance.region())
                .map(region -> region.terminate(
                        ec2 -> ec2.terminateInstances(request -> request.instanceIds(instance.value()))))
                .orElseGet(() -> Mono.just(unknownRegion(instance.region()).ofTerminate()));
    }

    @Override
    public Resolution resolution() {
        return Resolution.REPEAT_WITH_TOKEN;
    }

    @Override
    public Duration visibilityWindow() {
        return settings.visibilityWindow();
    }

    private Mono<LaunchOutcome> launch(AwsRegion region, LaunchOrder order) {
        var request = request(order);
        return region.launch(order.token(), ec2 -> ec2.runInstances(request), answer -> outcome(region, order, answer));
    }

    private static LaunchOutcome outcome(AwsRegion region, LaunchOrder order, RunInstancesResponse answer) {
        return answer.instances().stream()
                .findFirst()
                .<LaunchOutcome>map(machine ->
                        new LaunchOutcome.Accepted(new ProviderInstanceId(region.name(), machine.instanceId())))
                .orElseGet(() -> new LaunchOutcome.Unknown(order.token(), "the answer names no machine"));
    }

    private RunInstancesRequest request(LaunchOrder order) {
        var offering = order.offering();
        return RunInstancesRequest.builder()
                .clientToken(order.token().value())
                .minCount(1)
                .maxCount(1)
                .instanceType(offering.instanceType())
                .imageId(order.image() == null ? settings.image() : order.image())
                .placement(placement -> placement.availabilityZone(offering.zone()))
                .instanceMarketOptions(market(order))
                // A machine that shuts itself down must end, not stay stopped on a disk that costs money.
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .metadataOptions(metadata -> metadata.httpTokens(HttpTokensState.REQUIRED))
                .tagSpecifications(marks(order))
                .build();
    }

    private static @Nullable InstanceMarketOptionsRequest market(LaunchOrder order) {
        if (order.offering().capacityType() != CapacityType.SPOT) {
            return null;
        }
        return InstanceMarketOptionsRequest.builder()
                .marketType(MarketType.SPOT)
                .spotOptions(spot -> spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                        .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE)
                        .maxPrice(order.maxPrice().amount().toPlainString()))
                .build();
    }

    /** The spot request is marked too: notices are read from it. */
    private static List<TagSpecification> marks(LaunchOrder order) {
        var tags = tags(order);
        var marks = new ArrayList<TagSpecification>();
        marks.add(mark(ResourceType.INSTANCE, tags));
        if (order.offering().capacityType() == CapacityType.SPOT) {
            marks.add(mark(ResourceType.SPOT_INSTANCES_REQUEST, tags));
        }
        return marks;
    }

    private static TagSpecification mark(ResourceType what, List<Tag> tags) {
        return TagSpecification.builder().resourceType(what).tags(tags).build();
    }

    private static List<Tag> tags(LaunchOrder order) {
        Map<String, String> tags = new HashMap<>(order.tags());
        tags.put("Name", order.token().value());
        tags.put(Aws.OWNER_TAG, order.owner());
        tags.put(Aws.TOKEN_TAG, order.token().value());
        // Sorted, so that the same order is the same request to the byte.
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static Verdict unknownRegion(String region) {
        return Verdict.of(Refusal.INVALID, "UNKNOWN_REGION", "region " + region + " is not among the settings");
    }
}
