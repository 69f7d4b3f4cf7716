package io.spotplane.providers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.openstack.FarSide.Answer;
import io.spotplane.providers.openstack.FarSide.Asked;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.HostedServer;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** Against Nova's own sample answers ({@code doc/api_samples}, microversions 2.41, 2.53, 2.69, 2.88), shortened. */
class OpenStackInventoryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final FarSide farSide = new FarSide();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final AtomicInteger tokens = new AtomicInteger();
    private final HostInventory cloud = cloud(Settings.withPassword(farSide.uri()));

    @AfterEach
    void close() {
        farSide.close();
    }

    @Test
    void readsAggregates() {
        // Given
        nova(request -> Answer.ok("""
                {"aggregates":[{"id":7,"uuid":"6ba28ba7","name":"H100-n3-spot","availability_zone":null,
                 "hosts":["CA1-H100-017"],"metadata":{"gpu":"H100"},"created_at":"2026-01-05T10:00:00.000000","deleted":false}]}"""));
        // When
        var aggregates = cloud.aggregates().block();
        // Then
        assertThat(aggregates).singleElement().satisfies(aggregate -> {
            assertThat(aggregate.id()).isEqualTo("7");
            assertThat(aggregate.hosts()).containsExactly("CA1-H100-017");
            assertThat(aggregate.metadata()).containsEntry("gpu", "H100");
        });
        assertThat(farSide.asked("/nova/v2.1/os-aggregates"))
                .extracting(Asked::microversion, Asked::token)
                .containsExactly(tuple("compute 2.53", "token-1"));
    }

    @Test
    void readsEveryPageOfHypervisorsByMarker() {
        // Given
        nova(request -> request.query().contains("marker=h2")
                ? Answer.ok(hypervisors("", "h3"))
                : Answer.ok(hypervisors("next", "h1", "h2")));
        // When
        var hypervisors = cloud.hypervisors().block();
        // Then
        assertThat(hypervisors).extracting(Hypervisor::host).containsExactly("host-h1", "host-h2", "host-h3");
        assertThat(hypervisors.getFirst())
                .isEqualTo(new Hypervisor("h1", "host-h1", "up", "disabled", "maintenance", 2, 8192, 3));
        assertThat(farSide.asked("/nova/v2.1/os-hypervisors/detail")).hasSize(2);
    }

    @Test
    void aHypervisorWithoutCapacityNumbersIsStillOne() {
        // Given
        nova(request -> Answer.ok("""
                {"hypervisors":[{"id":"h1","hypervisor_hostname":"node-1","state":"up","status":"enabled","uptime":null,
                 "service":{"id":"s","host":"node-1","disabled_reason":null}}]}"""));
        // When
        var hypervisors = cloud.hypervisors().block();
        // Then
        assertThat(hypervisors).containsExactly(new Hypervisor("h1", "node-1", "up", "enabled", null, 0, 0, -1));
    }

    @Test
    void readsTheServersOfOneHostWithTheirGpus() {
        // Given
        nova(request -> Answer.ok("""
                {"servers":[{"id":"f5dc173b","name":"vm-1","status":"ACTIVE","tenant_id":"6f70","created":"2026-01-05T10:00:00Z",
                 "flavor":{"original_name":"n3-H100x8-spot","vcpus":192,"ram":1800000,"extra_specs":{}},
                 "OS-EXT-SRV-ATTR:host":"CA1-H100-017","OS-EXT-STS:task_state":null}]}"""));
        // When
        var servers = cloud.serversOn("CA1-H100-017").collectList().block();
        // Then
        assertThat(servers)
                .containsExactly(new HostedServer(
                        "f5dc173b",
                        "vm-1",
                        "CA1-H100-017",
                        "ACTIVE",
                        "6f70",
                        "n3-H100x8-spot",
                        "H100",
                        8,
                        Instant.parse("2026-01-05T10:00:00Z")));
        assertThat(farSide.asked("/nova/v2.1/servers/detail").getFirst().query())
                .contains("all_tenants=1", "host=CA1-H100-017", "limit=1000");
    }

    @Test
    void keepsWhatADownCellLeavesOfAServer() {
        // Given
        nova(request -> Answer.ok("""
                {"servers":[{"id":"2e136db7","status":"UNKNOWN","links":[{"rel":"self","href":"http://x/y"}]}]}"""));
        // When
        var servers = cloud.serversOn("host-1").collectList().block();
        // Then
        assertThat(servers)
                .containsExactly(new HostedServer(
                        "2e136db7", "2e136db7", "host-1", "UNKNOWN", "UNKNOWN", "UNKNOWN", null, 0, null));
    }

    @Test
    void aFailedPageIsAFaultAndNotAShorterList() {
        // Given
        nova(request -> request.query().contains("marker=")
                ? Answer.status(500, "{\"computeFault\":{\"code\":500,\"message\":\"cell is gone\"}}")
                : Answer.ok(hypervisors("next", "h1", "h2")));
        // Then
        assertFault(Refusal.TRANSIENT, "cell is gone");
    }

    @Test
    void pagingThatDoesNotMoveOnIsAFault() {
        // Given
        nova(request -> Answer.ok(hypervisors("next", "h1", "h2")));
        // Then
        assertFault(Refusal.INVALID, "circles");
    }

    @Test
    void manyCallersShareOneLogin() {
        // Given
        nova(request -> Answer.ok("{\"servers\":[]}"));
        // When
        Flux.fromStream(IntStream.range(0, 40).mapToObj(n -> "host-" + n))
                .flatMap(cloud::serversOn, 40)
                .blockLast();
        // Then
        assertThat(tokens).hasValue(1);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() {
        // Given
        nova(request -> Answer.ok("{\"aggregates\":[]}"));
        cloud.aggregates().block();
        // When
        clock.set(NOW.plus(Duration.ofMinutes(59)).plusSeconds(1));
        cloud.aggregates().block();
        // Then
        assertThat(farSide.asked("/nova/v2.1/os-aggregates"))
                .extracting(Asked::token)
                .containsExactly("token-1", "token-2");
    }

    @Test
    void aRefusedTokenIsRenewedOnceForAllWhoHeldIt() {
        // Given
        nova(request -> request.token().equals("token-1") ? unauthorised() : Answer.ok("{\"servers\":[]}"));
        // When
        Flux.range(0, 20).flatMap(n -> cloud.serversOn("host-" + n), 20).blockLast();
        // Then
        assertThat(tokens).hasValueBetween(2, 3);
    }

    @Test
    void aTokenThatStaysRefusedIsAFaultAfterOneRenewal() {
        // Given
        nova(request -> unauthorised());
        // When
        assertThatThrownBy(() -> cloud.aggregates().block())
                .isInstanceOfSatisfying(
                        ProviderFault.class,
                        fault -> assertThat(fault.refusal()).isEqualTo(Refusal.AUTH));
        // Then
        assertThat(farSide.asked("/nova/v2.1/os-aggregates")).hasSize(2);
    }

    @Test
    void aRefusedLoginNamesNoSecret() {
        // Given
        farSide.answersBy(request -> Answer.status(
                401,
                "{\"error\":{\"code\":401,\"message\":\"no user svc with s3cret-word\",\"title\":\"Unauthorized\"}}"));
        // Then
        assertThatThrownBy(() -> cloud.aggregates().block()).isInstanceOfSatisfying(ProviderFault.class, fault -> {
            assertThat(fault.refusal()).isEqualTo(Refusal.AUTH);
            assertThat(fault).hasMessageContaining("no user svc").hasMessageNotContaining("s3cret-word");
        });
    }

    @Test
    void aWebPageInPlaceOfJsonIsAFault() {
        // Given
        nova(request -> Answer.ok("<html>proxy</html>"));
        // Then
        assertFault(Refusal.TRANSIENT, "not the JSON");
    }

    @Test
    void logsInWithAnApplicationCredential() {
        // Given
        var other = cloud(Settings.withCredential(farSide.uri()));
        nova(request -> Answer.ok("{\"aggregates\":[]}"));
        // When
        other.aggregates().block();
        // Then
        assertThat(farSide.asked("/v3/auth/tokens").getFirst().body())
                .isEqualTo("{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],"
                        + "\"application_credential\":{\"id\":\"423f\",\"secret\":\"s3cret-word\"}}}}");
    }

    @Test
    void logsInWithAPasswordAndAProject() {
        // Given
        nova(request -> Answer.ok("{\"aggregates\":[]}"));
        // When
        cloud.aggregates().block();
        // Then
        assertThat(farSide.asked("/v3/auth/tokens").getFirst().body())
                .isEqualTo(
                        "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"svc\","
                                + "\"domain\":{\"name\":\"Default\"},\"password\":\"s3cret-word\"}}},"
                                + "\"scope\":{\"project\":{\"name\":\"admin\",\"domain\":{\"name\":\"Default\"}}}}}");
    }

    private void assertFault(Refusal refusal, String message) {
        assertThatThrownBy(() -> cloud.hypervisors().block()).isInstanceOfSatisfying(ProviderFault.class, fault -> {
            assertThat(fault.refusal()).isEqualTo(refusal);
            assertThat(fault).hasMessageContaining(message);
        });
    }

    private void nova(Function<Asked, Answer> answers) {
        farSide.answersBy(request -> request.path().equals("/v3/auth/tokens") ? login() : answers.apply(request));
    }

    private Answer login() {
        var expires = clock.get().plus(Duration.ofHours(1));
        return new Answer(201, """
                {"token":{"methods":["password"],"expires_at":"%s","catalog":[
                 {"type":"identity","name":"keystone","endpoints":[{"interface":"public","region_id":"CA1","url":"http://elsewhere"}]},
                 {"type":"compute","name":"nova","endpoints":[
                  {"interface":"admin","region_id":"CA1","url":"http://admin.invalid"},
                  {"interface":"public","region_id":"US1","url":"http://us1.invalid"},
                  {"interface":"public","region_id":"CA1","region":"CA1","url":"%s/nova/v2.1/"}]}]}}""".formatted(expires, farSide.uri()), "token-" + tokens.incrementAndGet());
    }

    private static Answer unauthorised() {
        return Answer.status(
                401, "{\"error\":{\"code\":401,\"message\":\"The request you have made requires authentication.\"}}");
    }

    private static String hypervisors(String rel, String... ids) {
        var items = List.of(ids).stream().map(id -> """
                        {"id":"%s","hypervisor_hostname":"hv-%s","state":"up","status":"disabled","vcpus":2,"memory_mb":8192,
                         "running_vms":3,"service":{"id":"s","host":"host-%s","disabled_reason":"maintenance"}}""".formatted(id, id, id)).toList();
        var links = rel.isEmpty()
                ? "[]"
                : "[{\"rel\":\"%s\",\"href\":\"http://unreachable.invalid/x?marker=y\"}]".formatted(rel);
        return "{\"hypervisors\":%s,\"hypervisors_links\":%s}".formatted(items, links);
    }

    private HostInventory cloud(OpenStackSettings settings) {
        return OpenStackInventory.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), clock::get);
    }
}
