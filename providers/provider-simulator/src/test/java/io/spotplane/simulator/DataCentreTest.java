package io.spotplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DataCentreTest {

    private static final String LOGIN =
            "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"svc\",\"password\":\"%s\"}}}}}";
    private static final String NETBOX_TOKEN = "Token " + "0123456789".repeat(4);

    private final ProviderSimulator simulator =
            ProviderSimulator.start(SimulatorSettings.defaults().withHosts(1_200));
    private final Wire wire = new Wire(simulator.baseUri());

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void keystoneKnowsThePasswordAndWhereNovaIs() throws Exception {
        // When
        var token = wire.send("POST", "/keystone/v3/auth/tokens", LOGIN.formatted("right"), Map.of());
        // Then
        assertThat(token.statusCode()).isEqualTo(201);
        assertThat(Wire.json(token)
                        .path("token")
                        .path("catalog")
                        .path(0)
                        .path("endpoints")
                        .path(0)
                        .path("url")
                        .asString())
                .isEqualTo(simulator.baseUri() + "/nova/v2.1");
        assertThat(wire.send("POST", "/keystone/v3/auth/tokens", LOGIN.formatted("wrong"), Map.of())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void novaPagesAtAThousandHypervisors() throws Exception {
        // Given
        var token = signIn();
        var names = new ArrayList<String>();
        String path = "/nova/v2.1/os-hypervisors/detail";
        // When
        while (path != null) {
            var page = nova(path, token);
            names.addAll(page.path("hypervisors").findValuesAsString("hypervisor_hostname"));
            var next = page.path("hypervisors_links").path(0).path("href").asString("");
            path = next.isEmpty()
                    ? null
                    : next.substring(simulator.baseUri().toString().length());
        }
        // Then
        assertThat(names).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void everyHostIsInOnePoolAndNetBoxKnowsIt() throws Exception {
        // When
        var members = nova("/nova/v2.1/os-aggregates", signIn()).path("aggregates");
        var devices = netBox();
        // Then
        assertThat(members.findValues("hosts").stream().mapToInt(JsonNode::size).sum())
                .isEqualTo(1_200);
        assertThat(devices).hasSize(1_200);
    }

    @Test
    void anOldTokenIsRefusedAndAVersionFromTheFutureNotAcceptable() throws Exception {
        // Given
        var token = signIn();
        // When
        var future = wire.send("GET", "/nova/v2.1/os-aggregates", "", headers(token, "compute 2.999"));
        simulator.expireTokens();
        var old = wire.send("GET", "/nova/v2.1/os-aggregates", "", headers(token, "compute 2.53"));
        // Then
        assertThat(future.statusCode()).isEqualTo(406);
        assertThat(old.statusCode()).isEqualTo(401);
    }

    @Test
    void netBoxWantsATokenAndATrailingSlash() throws Exception {
        assertThat(wire.send("GET", "/netbox/api/dcim/devices/", "", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(wire.send("GET", "/netbox/api/dcim/devices", "", Map.of("Authorization", NETBOX_TOKEN))
                        .statusCode())
                .isEqualTo(301);
    }

    private List<String> netBox() throws Exception {
        var names = new ArrayList<String>();
        String path = "/netbox/api/dcim/devices/?limit=1000";
        while (path != null) {
            var page = Wire.json(wire.send("GET", path, "", Map.of("Authorization", NETBOX_TOKEN)));
            page.path("results").forEach(device -> names.add(device.path("name").asString()));
            path = page.path("next").isNull()
                    ? null
                    : page.path("next")
                            .asString()
                            .substring(simulator.baseUri().toString().length());
        }
        return names;
    }

    private String signIn() throws Exception {
        return wire.send("POST", "/keystone/v3/auth/tokens", LOGIN.formatted("right"), Map.of())
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    private JsonNode nova(String path, String token) throws Exception {
        var answer = wire.send("GET", path, "", headers(token, "compute 2.53"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Wire.json(answer);
    }

    private static Map<String, String> headers(String token, String version) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Auth-Token", token);
        headers.put("OpenStack-API-Version", version);
        return headers;
    }
}
