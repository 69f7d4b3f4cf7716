package io.spotplane.providers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.HostAggregate;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.datacentre.DataCentre;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** The laws of {@link HostInventory}, against the simulated Keystone and Nova with 120 hosts. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenStackContract {

    private static final String HYPERVISORS = "GET os-hypervisors/detail";

    private ProviderSimulator simulator;

    @BeforeAll
    void start() {
        simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    }

    @AfterEach
    void behaveAgain() {
        simulator.reset();
    }

    @AfterAll
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 50, 7})
    void seesEveryHostWhateverThePageSize(int pageSize) {
        // When
        var seen = cloud(pageSize).hypervisors().block();
        // Then
        assertThat(seen)
                .extracting(Hypervisor::host)
                .containsExactlyElementsOf(
                        hosts().stream().map(DataCentre.Host::name).toList());
        assertThat(seen).allSatisfy(host -> assertThat(host.vcpus()).isEqualTo(192));
    }

    @Test
    void seesEveryAggregateWithItsHosts() {
        // When
        var seen = cloud(1000).aggregates().block();
        // Then
        assertThat(seen)
                .extracting(HostAggregate::name, HostAggregate::hosts)
                .containsExactlyElementsOf(simulator.dataCentre().pools().stream()
                        .map(pool -> tuple(pool.name(), pool.hosts()))
                        .toList());
    }

    @Test
    void seesTheServersOfEveryHostAndNoOthers() {
        // Given
        var cloud = cloud(2);
        // When
        var seen = Flux.fromIterable(hosts())
                .concatMap(host -> cloud.serversOn(host.name()))
                .collectList()
                .block();
        // Then
        var there = hosts().stream().flatMap(host -> host.servers().stream()).toList();
        assertThat(seen)
                .extracting(HostedServer::name)
                .containsExactlyElementsOf(
                        there.stream().map(DataCentre.Server::name).toList());
        assertThat(seen)
                .extracting(HostedServer::gpuCount)
                .containsExactlyElementsOf(
                        there.stream().map(DataCentre.Server::gpus).toList());
        assertThat(seen).extracting(HostedServer::gpuModel).doesNotContainNull();
    }

    @Test
    void goesOnWhenAllTokensAreVoid() {
        // Given
        var cloud = cloud(1000);
        cloud.hypervisors().block();
        // When
        simulator.expireTokens();
        // Then
        assertThat(cloud.hypervisors().block()).hasSize(120);
    }

    @Test
    void oneBadPageIsAFaultAndNotAShorterList() {
        // Given
        var cloud = cloud(50);
        cloud.aggregates().block();
        simulator.misbehave(
                Rule.of(Provider.OPENSTACK, HYPERVISORS, Behaviour.DELAY).times(2));
        simulator.misbehave(Rule.of(Provider.OPENSTACK, HYPERVISORS, Behaviour.ERROR));
        // Then
        assertThatThrownBy(() -> cloud.hypervisors().block())
                .isInstanceOfSatisfying(
                        ProviderFault.class,
                        fault -> assertThat(fault.refusal()).isEqualTo(Refusal.TRANSIENT));
    }

    @Test
    void aHangIsAFaultWithinTheTimeout() {
        assertRefused(Behaviour.HANG, Refusal.TRANSIENT);
    }

    @Test
    void aWebPageIsAFault() {
        assertRefused(Behaviour.HTML, Refusal.TRANSIENT);
    }

    @Test
    void throttlingIsAFaultThatSaysWhenToComeBack() {
        assertThat(assertRefused(Behaviour.THROTTLE, Refusal.THROTTLED).retryAfter())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aWrongPasswordIsAFaultThatDoesNotNameIt() {
        // Given
        var cloud = cloud("wrong", 1000);
        // Then
        assertThatThrownBy(() -> cloud.hypervisors().block()).isInstanceOfSatisfying(ProviderFault.class, fault -> {
            assertThat(fault.refusal()).isEqualTo(Refusal.AUTH);
            assertThat(fault.getMessage()).doesNotContain("wrong");
        });
    }

    private ProviderFault assertRefused(Behaviour behaviour, Refusal refusal) {
        simulator.misbehave(Rule.of(Provider.OPENSTACK, HYPERVISORS, behaviour));
        var fault = new ProviderFault[1];
        assertThatThrownBy(() -> cloud(1000).hypervisors().block(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(ProviderFault.class, thrown -> fault[0] = thrown);
        assertThat(fault[0].refusal()).isEqualTo(refusal);
        return fault[0];
    }

    private List<DataCentre.Host> hosts() {
        return simulator.dataCentre().hosts();
    }

    private HostInventory cloud(int pageSize) {
        return cloud("s3cret-word", pageSize);
    }

    private HostInventory cloud(String password, int pageSize) {
        var settings = new OpenStackSettings(
                URI.create(simulator.baseUri() + "/keystone/v3"),
                "ca1",
                "svc",
                Secret.of(password),
                "Default",
                "admin",
                "Default",
                null,
                null,
                "CA1",
                "public",
                Duration.ofSeconds(2),
                64,
                pageSize);
        return OpenStackInventory.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), InstantSource.system());
    }
}
