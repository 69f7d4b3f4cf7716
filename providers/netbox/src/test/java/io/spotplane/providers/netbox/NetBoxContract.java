package io.spotplane.providers.netbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostCatalog.CatalogHost;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;

/** The laws of {@link HostCatalog}, against the simulated NetBox with 120 hosts. */
@TestInstance(Lifecycle.PER_CLASS)
class NetBoxContract {

    private static final String V1 = "0123456789abcdef0123456789abcdef01234567";

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
    void seesEveryDeviceWhateverThePageSize(int pageSize) {
        // When
        var seen = catalog(V1, pageSize).hosts().block();
        // Then
        assertThat(seen)
                .extracting(CatalogHost::name)
                .containsExactlyElementsOf(simulator.dataCentre().hosts().stream()
                        .map(DataCentre.Host::name)
                        .toList());
        assertThat(seen).allSatisfy(host -> {
            assertThat(host.gpuModel()).isNotNull();
            assertThat(host.site()).isIn("CA1", "NO1");
            assertThat(host.nvlink()).isNotNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, "nbt_abcdefgh.0123456789abcdef0123456789abcdef01234567"})
    void knowsBothStylesOfTokens(String token) {
        assertThat(catalog(token, 1000).hosts().block()).hasSize(120);
    }

    @ParameterizedTest
    @CsvSource({"HANG, TRANSIENT", "HTML, TRANSIENT", "ERROR, TRANSIENT", "THROTTLE, THROTTLED"})
    void whatIsNoWholeAnswerIsAFault(Behaviour behaviour, Refusal refusal) {
        // Given
        simulator.misbehave(Rule.of(Provider.NETBOX, "GET dcim/devices", behaviour));
        // Then
        assertThatThrownBy(() -> catalog(V1, 50).hosts().block(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(ProviderFault.class, fault -> {
                    assertThat(fault.refusal()).isEqualTo(refusal);
                    assertThat(fault.getMessage()).doesNotContain(V1);
                });
    }

    private HostCatalog catalog(String token, int pageSize) {
        var settings = new NetBoxSettings(
                URI.create(simulator.baseUri() + "/netbox/api"),
                Secret.of(token),
                "netbox",
                "gpu servers",
                Duration.ofSeconds(2),
                pageSize);
        return NetBoxCatalog.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), InstantSource.system());
    }
}
