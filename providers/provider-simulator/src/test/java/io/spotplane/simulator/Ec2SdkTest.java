package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotPrice;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/** EC2 as Amazon's own client sees it. */
class Ec2SdkTest {

    private static final Timing QUICK =
            new Timing(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(200));

    private final ProviderSimulator simulator =
            ProviderSimulator.start(SimulatorSettings.defaults().withTiming(QUICK));
    private final Ec2Client ec2 = client("us-east-1");

    @BeforeEach
    void noMachines() {
        simulator.reset();
    }

    @AfterEach
    void close() {
        ec2.close();
        simulator.close();
    }

    @Test
    void tellsSpotPricesNewestFirstPageByPage() {
        // When
        var prices = ec2
                .describeSpotPriceHistoryPaginator(
                        request -> request.maxResults(100).instanceTypes(InstanceType.G6_E_XLARGE))
                .spotPriceHistory()
                .stream()
                .toList();
        // Then
        assertThat(prices)
                .hasSizeGreaterThan(9)
                .allSatisfy(price -> assertThat(price.spotPrice()).matches("\\d+\\.\\d{6}"));
        assertThat(prices).extracting(SpotPrice::timestamp).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void describesEveryTypeWithItsGpus() {
        // When
        var types = ec2.describeInstanceTypesPaginator(request -> request.maxResults(50)).instanceTypes().stream()
                .toList();
        // Then
        assertThat(types).hasSizeGreaterThan(100);
        assertThat(types.stream()
                        .filter(type -> type.instanceType() == InstanceType.G6_E_XLARGE)
                        .findFirst()
                        .orElseThrow()
                        .gpuInfo()
                        .gpus())
                .singleElement()
                .satisfies(gpu -> assertThat(gpu.name()).isEqualTo("L40S"));
    }

    @Test
    void bootsASpotInstanceThatCanBeFoundByItsTagAndEnds() {
        // When
        var id = run(order("token-1")).instanceId();
        // Then
        await().until(() -> found(id).state().name() == InstanceStateName.RUNNING);
        await().until(() -> ec2.describeInstanceStatus(request -> request.instanceIds(id)).instanceStatuses().stream()
                .anyMatch(status -> status.instanceStatus().status() == SummaryStatus.OK
                        && status.systemStatus().status() == SummaryStatus.OK));
        ec2.terminateInstances(request -> request.instanceIds(id));
        await().until(() -> found(id).state().name() == InstanceStateName.TERMINATED);
        assertThat(simulator.living()).isEmpty();
    }

    @Test
    void theSameClientTokenIsTheSameInstance() {
        // When
        var first = run(order("token-1")).instanceId();
        var again = run(order("token-1")).instanceId();
        // Then
        assertThat(again).isEqualTo(first);
        assertThat(simulator.ledger()).hasSize(1);
        assertThat(code(order("token-1").andThen(request -> request.instanceType(InstanceType.G6_E_2_XLARGE))))
                .isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void aYoungInstanceIsNotListedYet() {
        // When
        run(order("token-1"));
        // Then
        assertThat(ec2.describeInstances().reservations()).isEmpty();
    }

    @Test
    void refusesForLackOfCapacityOnlyWhatTheRuleNames() {
        // Given
        simulator.misbehave(
                Rule.of(Provider.AWS, "RunInstances", Behaviour.SELL_OUT).when("gpu", "L40S"));
        // When
        var refusal = code(order("token-1"));
        // Then
        assertThat(refusal).isEqualTo("InsufficientInstanceCapacity");
        assertThat(run(order("token-2").andThen(request -> request.instanceType(InstanceType.G6_XLARGE)))
                        .instanceId())
                .startsWith("i-");
    }

    @Test
    void refusesABidBelowTheMarket() {
        assertThat(code(order("token-1")
                        .andThen(request -> request.instanceMarketOptions(market ->
                                market.marketType(MarketType.SPOT).spotOptions(spot -> spot.maxPrice("0.01"))))))
                .isEqualTo("SpotMaxPriceTooLow");
    }

    @Test
    void actsAndDropsTheAnswer() {
        // Given
        simulator.misbehave(
                Rule.of(Provider.AWS, "RunInstances", Behaviour.ACT_AND_DROP).times(1));
        // When
        assertThatThrownBy(() -> run(order("token-1"))).isInstanceOf(SdkClientException.class);
        // Then
        assertThat(simulator.living()).hasSize(1);
        assertThat(run(order("token-1")).instanceId())
                .isEqualTo(simulator.living().getFirst().id());
    }

    @Test
    void marksASpotInstanceForTerminationAndThenTakesItBack() {
        // Given
        var id = run(order("token-1")).instanceId();
        await().until(() -> found(id).state().name() == InstanceStateName.RUNNING);
        // When
        simulator.reclaim(Provider.AWS, id, true, Duration.ofSeconds(120), 1);
        // Then
        assertThat(ec2.describeSpotInstanceRequests().spotInstanceRequests())
                .singleElement()
                .satisfies(request -> assertThat(request.status().code()).isEqualTo("marked-for-termination"));
        simulator.advance(Duration.ofSeconds(121));
        assertThat(found(id).stateReason().code()).isEqualTo("Server.SpotInstanceTermination");
        assertThat(simulator.ledger().getFirst().endedBy()).isEqualTo("reclaim");
    }

    @Test
    void anotherRegionKnowsNothingOfIt() {
        // Given
        var id = run(order("token-1")).instanceId();
        // Then
        try (var west = client("us-west-2")) {
            assertThatThrownBy(() -> west.terminateInstances(request -> request.instanceIds(id)))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class,
                            fault -> assertThat(fault.awsErrorDetails().errorCode())
                                    .isEqualTo("InvalidInstanceID.NotFound"));
        }
    }

    private static Consumer<RunInstancesRequest.Builder> order(String token) {
        return request -> request.imageId("ami-1")
                .instanceType(InstanceType.G6_E_XLARGE)
                .minCount(1)
                .maxCount(1)
                .clientToken(token)
                .instanceMarketOptions(
                        market -> market.marketType(MarketType.SPOT).spotOptions(spot -> spot.maxPrice("2.00")))
                .tagSpecifications(tags -> tags.resourceType(ResourceType.INSTANCE)
                        .tags(tag -> tag.key("owner").value("me")));
    }

    private Instance run(Consumer<RunInstancesRequest.Builder> order) {
        return ec2.runInstances(order).instances().getFirst();
    }

    private String code(Consumer<RunInstancesRequest.Builder> order) {
        try {
            run(order);
            return "none";
        } catch (Ec2Exception refusal) {
            return refusal.awsErrorDetails().errorCode();
        }
    }

    private Instance found(String id) {
        return ec2
                .describeInstances(request -> request.filters(
                        Filter.builder().name("tag:owner").values("me").build()))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.instanceId().equals(id))
                .findFirst()
                .orElse(Instance.builder()
                        .state(state -> state.name(InstanceStateName.PENDING))
                        .build());
    }

    private Ec2Client client(String region) {
        return Ec2Client.builder()
                .region(Region.of(region))
                .endpointOverride(simulator.baseUri().resolve("/ec2"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(settings -> settings.retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
    }
}
