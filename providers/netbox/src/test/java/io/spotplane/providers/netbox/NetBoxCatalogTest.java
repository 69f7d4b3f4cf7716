package io.spotplane.providers.netbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.netbox.FarSide.Answer;
import io.spotplane.providers.netbox.FarSide.Asked;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.spi.HostCatalog.CatalogHost;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;

class NetBoxCatalogTest {

    private static final String DEVICE = """
            {"id":812,"name":"CA1-H100-017","status":{"value":"active","label":"Active"},"role":{"id":4,"name":"GPU servers"},
             "tenant":{"id":3,"name":"Investor A"},"site":{"name":"CA1"},"rack":{"name":"R12"},
             "tags":[{"name":"production"},{"name":"nvidia h100 pcie"}],
             "custom_fields":{"NVLinks":true,"Aggregates":"H100-n3-NVLink, H100-n3","Other":{"x":1}},
             "display_url":"https://nb.test/dcim/devices/812/"}""";

    private final FarSide farSide = new FarSide();
    private final FarSide attacker = new FarSide();
    private final HostCatalog catalog = catalog(farSide.uri(), "0123456789012345678901234567890123456789");

    @AfterEach
    void close() {
        farSide.close();
        attacker.close();
    }

    @Test
    void readsWhatADeviceIs() {
        // Given
        farSide.answersBy(request -> page(null, DEVICE));
        // When
        var hosts = catalog.hosts().block();
        // Then
        assertThat(hosts)
                .containsExactly(new CatalogHost(
                        "812",
                        "CA1-H100-017",
                        "active",
                        "CA1",
                        "R12",
                        "Investor A",
                        "H100-PCIe",
                        true,
                        List.of("H100-n3-NVLink", "H100-n3"),
                        "https://nb.test/dcim/devices/812/"));
        assertThat(farSide.asked().getFirst())
                .isEqualTo(new Asked(
                        "/api/dcim/devices/",
                        "limit=1000&exclude=config_context",
                        "Token 0123456789012345678901234567890123456789"));
    }

    @Test
    void readsADeviceWithLittleInIt() {
        // Given
        farSide.answersBy(
                request -> page(
                        null,
                        "{\"id\":1,\"name\":\"a\",\"device_role\":{\"name\":\"gpu servers\"},\"tenant\":null,\"custom_fields\":{\"NVLinks\":null}}"));
        // When
        var hosts = catalog.hosts().block();
        // Then
        assertThat(hosts)
                .containsExactly(new CatalogHost("1", "a", "unknown", null, null, null, null, null, List.of(), null));
    }

    @Test
    void leavesOutWhatIsNoHost() {
        // Given
        farSide.answersBy(
                request -> page(
                        null,
                        "{\"id\":1,\"name\":\"switch\",\"role\":{\"name\":\"leaf switch\"}}",
                        "{\"id\":2,\"name\":null,\"role\":{\"name\":\"gpu servers\"}}",
                        "{\"id\":3,\"name\":\"bare\",\"role\":{\"name\":\"gpu servers\"},\"tags\":[{\"name\":\"UNPOPULATED CHASSIS\"}]}",
                        "{\"id\":4,\"name\":\"planned\",\"role\":{\"name\":\"gpu servers\"},\"status\":{\"value\":\"planned\"}}"));
        // When
        var hosts = catalog.hosts().block();
        // Then
        assertThat(hosts).extracting(CatalogHost::name).containsExactly("planned");
    }

    @Test
    void followsTheNextPageOnTheConfiguredAddress() {
        // Given
        farSide.answersBy(request -> request.query().contains("offset=1")
                ? page(null, named("b"))
                : page(farSide.uri() + "/api/dcim/devices/?limit=1000&offset=1", named("a")));
        // When
        var hosts = catalog.hosts().block();
        // Then
        assertThat(hosts).extracting(CatalogHost::name).containsExactly("a", "b");
    }

    @Test
    void doesNotCarryItsTokenToAnotherHost() {
        // Given
        farSide.answersBy(request -> page(attacker.uri() + "/api/dcim/devices/?offset=1", named("a")));
        // When
        assertThatThrownBy(() -> catalog.hosts().block())
                .isInstanceOfSatisfying(
                        ProviderFault.class,
                        fault -> assertThat(fault.refusal()).isEqualTo(Refusal.INVALID));
        // Then
        assertThat(attacker.asked()).isEmpty();
    }

    @Test
    void doesNotFollowANextPageOfAnotherPath() {
        // Given
        farSide.answersBy(request -> page(farSide.uri() + "/internal/admin?x=1", named("a")));
        // When
        assertThatThrownBy(() -> catalog.hosts().block()).isInstanceOf(ProviderFault.class);
        // Then
        assertThat(farSide.asked()).hasSize(1);
    }

    @Test
    void aNextPageThatIsTheSameOneIsAFault() {
        // Given
        farSide.answersBy(
                request -> page(farSide.uri() + "/api/dcim/devices/?limit=1000&exclude=config_context", named("a")));
        // Then
        assertThatThrownBy(() -> catalog.hosts().block()).hasMessageContaining("circles");
    }

    @Test
    void aFailedPageIsAFaultAndNotAShorterList() {
        // Given
        farSide.answersBy(request -> request.query().contains("offset=1")
                ? new Answer(500, "<html>oops</html>")
                : page(farSide.uri() + "/api/dcim/devices/?offset=1", named("a")));
        // Then
        assertThatThrownBy(() -> catalog.hosts().block())
                .isInstanceOfSatisfying(
                        ProviderFault.class,
                        fault -> assertThat(fault.refusal()).isEqualTo(Refusal.TRANSIENT));
    }

    @Test
    void aTokenOfTheSecondVersionIsABearerToken() {
        // Given
        farSide.answersBy(request -> page(null));
        // When
        catalog(URI.create(farSide.uri() + "/api/"), "nbt_key.secretpart")
                .hosts()
                .block();
        // Then
        assertThat(farSide.asked().getFirst().authorization()).isEqualTo("Bearer nbt_key.secretpart");
        assertThat(farSide.asked().getFirst().path()).isEqualTo("/api/dcim/devices/");
    }

    @Test
    void aRefusedTokenIsAFaultThatDoesNotNameIt() {
        // Given
        farSide.answersBy(
                request -> new Answer(403, "{\"detail\":\"Invalid token 0123456789012345678901234567890123456789\"}"));
        // Then
        assertThatThrownBy(() -> catalog.hosts().block()).isInstanceOfSatisfying(ProviderFault.class, fault -> {
            assertThat(fault.refusal()).isEqualTo(Refusal.AUTH);
            assertThat(fault).hasMessageContaining("Invalid token ***");
        });
    }

    private static Answer page(String next, String... devices) {
        return new Answer(
                200,
                "{\"count\":2,\"next\":%s,\"previous\":null,\"results\":%s}"
                        .formatted(next == null ? "null" : "\"" + next + "\"", List.of(devices)));
    }

    private static String named(String name) {
        return "{\"id\":1,\"name\":\"%s\",\"role\":{\"name\":\"gpu servers\"}}".formatted(name);
    }

    private static HostCatalog catalog(URI baseUrl, String token) {
        return NetBoxCatalog.of(
                new NetBoxSettings(baseUrl, Secret.of(token), "netbox", "gpu servers", Duration.ofSeconds(5), 1000),
                new ProviderHttp(WebClient.builder()),
                CallGuards.unmeasured(),
                InstantSource.system());
    }
}
