package io.spotplane.providers.aws;

import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsResponse;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;

/** Spot requests whose machine has been given notice: the same two minutes that EventBridge announces, for those whom the event did not reach. */
final class AwsInterruptionFeed implements InterruptionFeed {

    private static final String OPERATION = "DescribeSpotInstanceRequests";

    private final AwsRegions regions;
    private final AwsSettings settings;

    AwsInterruptionFeed(AwsRegions regions, AwsSettings settings) {
        this.regions = regions;
        this.settings = settings;
    }

    @Override
    public String provider() {
        return Aws.PROVIDER;
    }

    @Override
    public Mono<List<InterruptionSignal>> poll(String owner) {
        return Flux.fromIterable(regions.all())
                .flatMap(region -> notices(region, owner), settings.parallelRegions())
                .collectList();
    }

    private Flux<InterruptionSignal> notices(AwsRegion region, String owner) {
        return region.pages(OPERATION, token -> page(owner, token), DescribeSpotInstanceRequestsResponse::nextToken)
                .flatMapIterable(DescribeSpotInstanceRequestsResponse::spotInstanceRequests)
                .filter(AwsInterruptionFeed::isNotice)
                .map(request -> signal(region, request));
    }

    private AwsRegion.Call<DescribeSpotInstanceRequestsResponse> page(String owner, @Nullable String token) {
        var request = DescribeSpotInstanceRequestsRequest.builder()
                .filters(
                        filter -> filter.name("tag:" + Aws.OWNER_TAG).values(owner),
                        filter -> filter.name("status-code").values(AwsFaults.NOTICES))
                .maxResults(settings.pageSize())
                .nextToken(token)
                .build();
        return ec2 -> ec2.describeSpotInstanceRequests(request);
    }

    private static boolean isNotice(SpotInstanceRequest request) {
        return request.instanceId() != null
                && request.status() != null
                && request.status().updateTime() != null
                && AwsFaults.NOTICES.contains(request.status().code());
    }

    private static InterruptionSignal signal(AwsRegion region, SpotInstanceRequest request) {
        var noticedAt = request.status().updateTime();
        return new InterruptionSignal(
                request.instanceId() + "@" + noticedAt,
                Aws.PROVIDER,
                new ProviderInstanceId(region.name(), request.instanceId()),
                noticedAt,
                noticedAt.plus(Aws.NOTICE),
                "poll");
    }
}
