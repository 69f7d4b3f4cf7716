package io.spotplane.providers.aws;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceListing;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Lists the owner's machines in every region ({@code DescribeInstances} by tag), and asks of those that run whether both status checks passed
 * ({@code DescribeInstanceStatus}). EC2 shows an ended machine for about an hour.
 */
final class AwsInspector implements InstanceInspector {

    /** DescribeInstanceStatus takes no more ids. */
    private static final int IDS_AT_ONCE = 100;

    private final AwsRegions regions;
    private final AwsSettings settings;
    private final InstantSource time;

    AwsInspector(AwsRegions regions, AwsSettings settings, InstantSource time) {
        this.regions = regions;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public String provider() {
        return Aws.PROVIDER;
    }

    @Override
    public Mono<InstanceListing> list(String owner) {
        return Mono.defer(() -> {
            var asOf = time.instant();
            return Flux.fromIterable(regions.all())
                    .flatMap(region -> machines(region, owner), settings.parallelRegions())
                    .collectList()
                    .map(machines -> new InstanceListing(machines, asOf))
                    .checkpoint("list of EC2 machines");
        });
    }

    private Flux<ObservedInstance> machines(AwsRegion region, String owner) {
        return region.pages("DescribeInstances", token -> page(owner, token), DescribeInstancesResponse::nextToken)
                .flatMapIterable(DescribeInstancesResponse::reservations)
                .flatMapIterable(reservation -> reservation.instances())
                .distinct(Instance::instanceId)
                .collectList()
                .flatMapMany(machines -> reachable(region, machines)
                        .flatMapIterable(reachable -> observed(region, machines, reachable)));
    }

    private AwsRegion.Call<DescribeInstancesResponse> page(String owner, @Nullable String token) {
        var request = DescribeInstancesRequest.builder()
                .filters(filter -> filter.name("tag:" + Aws.OWNER_TAG).values(owner))
                .maxResults(settings.pageSize())
                .nextToken(token)
                .build();
        return ec2 -> ec2.describeInstances(request);
    }

    private Mono<Set<String>> reachable(AwsRegion region, List<Instance> machines) {
        return Flux.fromIterable(machines)
                .filter(machine -> state(machine) == State.RUNNING)
                .map(Instance::instanceId)
                .buffer(IDS_AT_ONCE)
                .concatMap(ids -> statuses(region, ids))
                .filter(AwsInspector::passedBothChecks)
                .map(InstanceStatus::instanceId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Flux<InstanceStatus> statuses(AwsRegion region, List<String> ids) {
        return region.read(
                        "DescribeInstanceStatus",
                        ec2 -> ec2.describeInstanceStatus(request -> request.instanceIds(ids)))
                // One id that this side of EC2 does not know yet fails the whole question: then nothing is proved of
                // these machines, this time.
                .onErrorResume(AwsInspector::isGone, unknownId -> Mono.empty())
                .flatMapIterable(DescribeInstanceStatusResponse::instanceStatuses);
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProviderFault fault && fault.refusal() == Refusal.GONE;
    }

    private static List<ObservedInstance> observed(AwsRegion region, List<Instance> machines, Set<String> reachable) {
        return machines.stream()
                .map(machine -> observed(region, machine, reachable.contains(machine.instanceId())))
                .toList();
    }

    private static ObservedInstance observed(AwsRegion region, Instance machine, boolean reachable) {
        return new ObservedInstance(
                new ProviderInstanceId(region.name(), machine.instanceId()),
                token(machine),
                state(machine),
                reachable,
                machine.publicIpAddress() != null ? machine.publicIpAddress() : machine.privateIpAddress(),
                AwsFaults.isReclaim(reason(machine)),
                detail(machine),
                null,
                machine.launchTime());
    }

    private static @Nullable LaunchToken token(Instance machine) {
        return machine.tags().stream()
                .filter(tag -> tag.key().equals(Aws.TOKEN_TAG))
                .map(Tag::value)
                .filter(LaunchToken::isToken)
                .map(LaunchToken::new)
                .findFirst()
                .orElse(null);
    }

    private static State state(Instance machine) {
        return switch (word(machine)) {
            case "pending" -> State.PENDING;
            case "running" -> State.RUNNING;
            case "stopping", "stopped" -> State.STOPPED;
            case "shutting-down" -> State.ENDING;
            case "terminated" -> State.ENDED;
            default -> State.UNKNOWN;
        };
    }

    private static String word(Instance machine) {
        return machine.state() == null ? "" : String.valueOf(machine.state().nameAsString());
    }

    private static @Nullable String reason(Instance machine) {
        return machine.stateReason() == null ? null : machine.stateReason().code();
    }

    private static String detail(Instance machine) {
        return Stream.of(word(machine), reason(machine))
                .filter(word -> word != null && !word.isEmpty())
                .collect(Collectors.joining(": "));
    }

    private static boolean passedBothChecks(InstanceStatus status) {
        return passed(status.instanceStatus()) && passed(status.systemStatus());
    }

    private static boolean passed(@Nullable InstanceStatusSummary check) {
        return check != null && "ok".equals(check.statusAsString());
    }
}
