package io.spotplane.providers.aws;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;

/** What the types of a region are made of. Types change a few times a year, so that a region's list is kept for hours. */
final class AwsInstanceTypes {

    /** DescribeInstanceTypes takes no more. */
    private static final int LARGEST_PAGE = 100;

    private final Map<String, Mono<Map<String, AwsMachine>>> byRegion = new ConcurrentHashMap<>();
    private final int pageSize;
    private final Duration keepFor;

    AwsInstanceTypes(AwsSettings settings) {
        this.pageSize = Math.min(settings.pageSize(), LARGEST_PAGE);
        this.keepFor = settings.typesFor();
    }

    /** The region's types by name. A failed look is not kept. */
    Mono<Map<String, AwsMachine>> in(AwsRegion region) {
        return byRegion.computeIfAbsent(
                region.name(),
                name -> look(region).cache(types -> keepFor, failure -> Duration.ZERO, () -> Duration.ZERO));
    }

    private Mono<Map<String, AwsMachine>> look(AwsRegion region) {
        return region.pages("DescribeInstanceTypes", this::page, DescribeInstanceTypesResponse::nextToken)
                .flatMapIterable(DescribeInstanceTypesResponse::instanceTypes)
                .map(AwsMachine::from)
                .collect(Collectors.toUnmodifiableMap(AwsMachine::type, machine -> machine, (a, b) -> b));
    }

    private AwsRegion.Call<DescribeInstanceTypesResponse> page(@org.jspecify.annotations.Nullable String token) {
        var request = DescribeInstanceTypesRequest.builder()
                .maxResults(pageSize)
                .nextToken(token)
                .build();
        return ec2 -> ec2.describeInstanceTypes(request);
    }
}
